#!/bin/sh
# A check that cannot fail is none: plant each kind of violation in a copy of the tree and expect tests/rules.sh to
# name the file and the rule.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree

# Headers, queries and scripts are copy enough: what is planted comes on top, and small is quick.
mkdir "$tree"
find . \( -path ./build -o -path ./out -o -path ./.git \) -prune -o -type d -print | (cd "$tree" && xargs mkdir -p)
find core config sql detectors claims alerts reports jobs tests scripts \( -name '*.h' -o -name '*.sql' -o -name '*.sh' \) |
    tar -cf - -T - | tar -xf - -C "$tree"

# Whether the check's words in $work/said name FILE among the offenders of RULE: named FILE RULE.
named() {
    awk -v file="$1:" -v rule="$2" '
        /^\^ / { if (seen && index($0, rule)) found = 1; seen = 0 }
        index($0, file) == 1 { seen = 1; if (index($0, rule)) found = 1 }
        END { exit !found }' "$work/said"
}

# plant FILE RULE: standard input becomes a file of the copy, under a name of its own, of which the check shall say RULE.
# All are planted before it runs, once: what it says of one file does not depend on another.
: >"$work/planted"
plant() {
    file=$(echo "$1" | sed "s/planted\|second/&$(wc -l <"$work/planted")/")
    cat >"$tree/$file"
    echo "$file $2" >>"$work/planted"
}
line() { printf '%s\n' "$3" | plant "$1" "$2"; }
lines_of() { yes -- "$3" | head -n "$2" | plant "$1" "$4"; }

# Arrows.
line core/planted.c 'core/ may include only' '#include "config/settings.h"'
line config/planted.h 'config/ may include only' '#include "sql/db.h"'
line sql/planted.c 'sql/ may include only' '#include "config/settings.h"'
line detectors/planted.c 'detectors/ may include only' '#include "claims/claims.h"'
line detectors/baseline/planted.c 'detectors/baseline/ may include only' '#include "detectors/judgement/judge.h"'
line detectors/incidents/planted.c 'detectors/incidents/ may include only' '#include "detectors/detector.h"'
line detectors/stats/planted.c 'detectors/stats/ may include only' '#include "config/settings.h"'
line claims/planted.c 'claims/ may include only' '#include "reports/reports.h"'
line alerts/planted.c 'alerts/ may include only' '#include "jobs/frame/log.h"'
line reports/planted.c 'reports/ may include only' '#include "alerts/alerts.h"'
line jobs/planted.c 'jobs/ may include only' '#include "tests/harness/database.h"'
line jobs/frame/planted.c 'jobs/frame/ may include only' '#include "jobs/run/run.h"'
line jobs/run/planted.c 'jobs/run/ may include only' '#include "jobs/detect/judge.h"'
line jobs/detect/planted.c 'jobs/detect/ may include only' '#include "jobs/report/digest.h"'
line jobs/night/planted.c 'jobs/night/ may include only' '#include "jobs/people/cases.h"'
line jobs/proof/planted.c 'jobs/proof/ may include only' '#include "jobs/people/cases.h"'
line core/planted.c 'written from the root' '#include "arena.h"'

# Doors.
line jobs/planted.c 'sql/' '#include <libpq-fe.h>'
line config/planted.c 'config/yaml.c' '#include <yaml.h>'
line jobs/planted.c 'core/csv.c' '#include <csv.h>'
line sql/planted.c 'core/hash.c' '#include <openssl/evp.h>'
line reports/planted.c 'has one door: alerts/' '#include <curl/curl.h>'
line detectors/planted.c 'detectors/stats/' '#include <gsl/gsl_cdf.h>'
line alerts/planted.c 'claims/ and reports/' '#include <libxml/tree.h>'
line claims/planted.c 'alerts/, reports/ and jobs/' '#include <jansson.h>'
line sql/planted.c 'has one door: jobs/' '#include <pthread.h>'
line jobs/planted.c 'core/clock.c' '#include <time.h>'
line core/planted.h 'no door yet' '#include <sqlite3.h>'
for header in alerts:curl/curl.h claims:libxml/parser.h reports:libxml/HTMLtree.h; do
    folder=${header%%:*}
    echo "#include <${header#*:}>" >"$tree/$folder/first_door.c"
    line "$folder/second_door.c" "has one file in $folder/" "#include <${header#*:}>"
done

# Calls.
for call in 'strcpy(a, b)' 'strcat(a, b)' 'strncpy(a, b, 3)' 'sprintf(a, "x")'; do
    line jobs/planted.c 'unbounded or truncating' "    $call;"
done
line core/planted.c 'cannot report what is wrong' '    return atoi(text);'
line core/planted.c 'cannot report what is wrong' '    double x = atof (text);'
line claims/planted.c 'cannot report what is wrong' '    strtok(text, ",");'
for call in 'setlocale(LC_ALL, "")' 'system("ls")' 'popen("ls", "r")'; do
    line jobs/planted.c 'surroundings' "    $call;"
done
for call in 'time(NULL)' 'localtime(&t)' 'gmtime_r(&t, &tm)' 'clock_gettime(CLOCK_REALTIME, &t)' 'sleep(1)'; do
    line jobs/planted.c 'time is an argument' "    $call;"
done

# Speaking and stopping.
line detectors/planted.c 'nobody below jobs/ prints' '    fprintf(stderr, "x");'
line sql/planted.c 'nobody below jobs/ prints' '    printf("x");'
line reports/planted.c 'nobody below jobs/ prints' '    fputs("x", stdout);'
line config/planted.c 'nobody below jobs/ ends' '    exit(1);'

# SQL.
for statement in 'select 1' 'INSERT INTO x values (1)' 'update x set y = 1' 'delete from x' 'create table x (y int)' \
    'copy x from stdin' 'drop table x' 'with x as (select 1) select 2'; do
    line jobs/planted.c 'SQL lives in sql/' "    run(db, \"$statement\");"
done
line sql/planted.c 'belongs into sql/queries/NAME.sql' '    run(db, "select number from cases");'
line jobs/planted.h 'a PGresult stays in sql/' '    PGresult *result;'
line sql/queries/planted.sql 'extract(epoch' '-- One.
select Extract ( epoch from now());'
line sql/queries/planted.sql 'begins without a comment' 'select 1;'
line sql/queries/planted.sql 'parameter $2 is used' '-- One.
-- $1 text  name
select $1, $2;'
line sql/queries/planted.sql 'parameter $2 is explained' '-- One.
-- $1 text  name
-- $2 text  nobody
select $1;'

# Files.
lines_of core/planted.c 401 'int x;' 'second idea'
lines_of sql/queries/planted.sql 401 '-- x' 'second idea'
line core/planted.c '7-bit ASCII' "// caf$(printf '\303\251')"
printf 'int x;\r\n' | plant core/planted.h '7-bit ASCII'
for mark in TO-DO FIX-ME X-X-X; do
    line jobs/planted.c 'no unfinished work' "// $(echo "$mark" | tr -d -): later"
done
line scripts/planted 'no unfinished work' "# $(echo TO-DO | tr -d -)"
line scripts/planted 'a path of this machine' "cd $tree/build"
line config/planted.c 'white space at the end' 'int x; '
line core/planted.h 'documents every function' '
int planted_count(const char *text);
'

# And what looks like a violation but is none must pass.
cat >"$tree/jobs/innocent.c" <<'END'
// strcpy(a, b) and time(NULL) in a comment, TODOS within a word
const char *const words = "created by time (zone)", *other = "updates are read from \"select\"";
END
! "$tree/tests/rules.sh" >"$work/said" 2>&1 || echo "all of them" >>"$work/missed"
while read -r file rule; do
    named "$file" "$rule" || echo "$file: $rule" >>"$work/missed"
done <"$work/planted"
! grep -F jobs/innocent.c "$work/said" || echo jobs/innocent.c >>"$work/missed"

echo "$(wc -l <"$work/planted") violations planted"
[ ! -e "$work/missed" ] || { sed 's/^/not noticed, or cried over without reason: /' "$work/missed"; exit 1; }
