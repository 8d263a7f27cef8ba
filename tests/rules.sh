#!/bin/sh
# The rules of structure that a compiler does not know: who may include whom, one door per library, banned calls,
# who may speak, where SQL lives, how long a file may be. tests/rules_selftest.sh proves that each of them bites.
#   rules.sh [FOLDER]    check the tree in FOLDER (default: the one this script is in)
set -eu
cd "${1:-$(dirname "$0")/..}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Read offending lines (path:line:text) from a pipe; when there are any, print them with the rule they break.
forbid() {
    if offenders=$(grep .); then
        printf '%s\n^ %s\n\n' "$offenders" "$1"
        : >"$work/broken"  # a file, because a pipe's last part is a process of its own
    fi
}

# Lines of $work/$1 whose text (after path:line:) matches the extended expression $2, except in paths matching $3.
lines() { grep -E "^[^:]*:[0-9]+:.*($2)" "$work/$1" | grep -vE "^(${3:-nowhere}):" || true; }
files() { find "$@" -type f ! -path './build/*' | sed 's|^\./||' | LC_ALL=C sort; }

below="core config sql detectors claims alerts reports"  # below jobs: these neither speak nor order
code=$(files $below jobs tests -name '*.[ch]')

# All C as path:line:text without comments (the preprocessor knows best what is one), then without strings too.
for file in $code; do
    printf '# 1 "%s"\n' "$file"
    cat "$file"
done | gcc -w -fpreprocessed -dD -E -x c - |
    awk '/^# [0-9]+ "/ { line = $2; split($0, part, "\""); path = part[2]; next }
         { print path ":" line++ ":" $0 }' >"$work/code"
sed -E "s/'\\\\?\"'/' '/g; s/\"([^\"\\\\]|\\\\.)*\"/\"\"/g" "$work/code" >"$work/bare"

# --- Includes: the arrows of the architecture ---------------------------------------------------------------------
layer() {
    folder=$1
    shift
    allowed=$(echo "$@" | tr ' ' '|')
    grep -E "^$folder/[^:]*:[0-9]+:#include \"" "$work/code" | grep -vE "#include \"($allowed)/[^\"]*\"" |
        forbid "$folder/ may include only: $* (written from the root)"
}
layer core core
layer config config core
layer sql sql core
# Numbers that know no parcel; what happened to one; what is normal; what is said of one; what is said of many; the kinds.
layer detectors/stats detectors/stats core
rooms=detectors/stats
for room in journey baseline judgement incidents; do  # each may use those before it
    rooms="detectors/$room $rooms"
    layer "detectors/$room" $rooms core config
done
layer detectors detectors core config
layer claims claims core config
layer alerts alerts core config
layer reports reports core config
layer jobs jobs core config sql detectors claims alerts reports
# The rooms of jobs: the frame of the command line; a run and its record; what is sent; the steps of a night, room by room,
# and the night as a whole; what people and the finance clerk ask; what the catalogue knows, what proves the statements, what
# fills and proves the source, the care of what Vigie wrote.
layer jobs/frame jobs/frame core config
layer jobs/simulator jobs/simulator core config
base='core config sql detectors claims alerts reports'
rooms=jobs/frame
for room in run outbox detect claim report night; do  # a night, from its record up: each may use those before it
    rooms="jobs/$room $rooms"
    layer "jobs/$room" $rooms $base
done
layer jobs/people jobs/people $rooms $base
layer jobs/finance jobs/finance jobs/people $rooms $base
layer jobs/carriers jobs/carriers $rooms $base
layer jobs/proof jobs/proof $rooms $base
layer jobs/care jobs/care $rooms $base
layer jobs/source jobs/source jobs/simulator $rooms $base
layer tests tests core config sql detectors claims alerts reports jobs

# --- One door per library -----------------------------------------------------------------------------------------
door() { lines code "#include <$1" "$2" | forbid "<$1...> has one door: $3"; }
door 'libpq' '(sql|tests/sql|tests/bench|tests/faults)/[^:]*|tests/harness/database\.c' "sql/"
door 'yaml\.h' 'config/yaml\.c' "config/yaml.c"
door 'csv\.h' 'core/csv\.c' "core/csv.c"
door 'iconv\.h' 'core/encoding\.c' "core/encoding.c"
door 'openssl/' 'core/hash\.c' "core/hash.c"
door 'curl/' 'alerts/[^:]*' "alerts/"
door 'gsl/' 'detectors/stats/[^:]*|tests/detectors/[^:]*' "detectors/stats/"
door 'libxml/' '(claims|reports|tests/claims|tests/reports)/[^:]*' "claims/ and reports/"
door 'jansson\.h' 'core/json\.h|(alerts|reports|jobs|tests)/[^:]*' "core/json.h, alerts/, reports/ and jobs/"
door '(cairo|pango|fontconfig)' 'claims/papers/(press|folio[a-z_]*)\.[^:]*' "claims/papers/press.c and folio*.c"
door 'qpdf/' 'claims/papers/finish\.c' "claims/papers/finish.c"
door 'xlsxwriter' 'core/book\.c' "core/book.c"
door 'glib\.h' 'claims/papers/ascii\.c|jobs/night/steps_tell\.c' "claims/papers/ascii.c and jobs/night/steps_tell.c"
door '(pthread|threads|stdatomic)\.h' 'jobs/[^:]*|tests/jobs/[^:]*|tests/faults/[^:]*' "jobs/"
door 'malloc\.h' 'tests/bench/[^:]*' "tests/bench/"
door '(sys/)?time\.h' 'core/(clock|zone)\.c|tests/[^:]*' "core/clock.c, and core/zone.c for loading zones"
for once in 'alerts:curl/' 'claims:libxml/' 'reports:libxml/'; do
    lines code "#include <${once#*:}" | grep "^${once%%:*}/" | cut -d: -f1 | sort -u | sed 's/$/:1/' >"$work/doors" || true
    [ "$(wc -l <"$work/doors")" -le 1 ] || forbid "<${once#*:}...> has one file in ${once%%:*}/" <"$work/doors"
done
libc='assert|complex|ctype|errno|fcntl|float|getopt|dirent|glob|inttypes|limits|locale|math|poll|pwd|setjmp|signal|stdarg'
libc="$libc|stdbool|stddef|stdint|stdio|stdlib|string|strings|sysexits|termios|unistd|cmocka|sys/[a-z]+|arpa/inet|netinet/in"
lines code '#include <' |
    grep -vE "<($libc|libpq-fe|yaml|csv|jansson|pthread|threads|stdatomic|time|malloc|cairo-pdf|xlsxwriter|glib|iconv)\.h>|<(openssl|curl|gsl|libxml|libpq|pango|fontconfig|qpdf)/" |
    forbid "a header of a library that has no door yet: name its door in tests/rules.sh"

# --- Banned calls -------------------------------------------------------------------------------------------------
calls() { lines bare "(^|[^A-Za-z0-9_.>])($1)[ ]*\\(" "$2" | forbid "$3"; }
calls 'strcpy|strcat|strncpy|strncat|stpcpy|sprintf|vsprintf|gets|alloca' '' "unbounded or truncating: use core/text.h, arena_printf or snprintf"
calls 'strtok|strtok_r|atoi|atol|atoll|atof|scanf|sscanf|fscanf' 'tests/[^:]*' "cannot report what is wrong: use text_parse_int, text_parse_real"
calls 'setlocale|system|popen|putenv|setenv|unsetenv|tzset' 'core/zone\.c|tests/[^:]*' "changes or depends on the process's surroundings"
calls 'time|localtime|localtime_r|gmtime|gmtime_r|mktime|timegm|ctime|asctime|strftime|strptime|difftime|clock|clock_gettime|gettimeofday|sleep|usleep|nanosleep' \
    'core/(clock|zone)\.c|tests/bench/[^:]*' "time is an argument; core/clock.c alone reads the clock, core/zone.c alone loads zones"

# --- Who may speak, stop, order -----------------------------------------------------------------------------------
here="^($(echo $below | tr ' ' '|'))/"
lines bare '(^|[^A-Za-z0-9_])((printf|vprintf|puts|putchar|perror|syslog)[ ]*\(|stderr|stdout)' 'core/arena\.c' |
    grep -E "$here" | forbid "nobody below jobs/ prints (core/arena.c's out-of-memory message excepted)"
lines bare '(^|[^A-Za-z0-9_])(exit|_exit|_Exit|quick_exit)[ ]*\(' 'core/arena\.c' | grep -E "$here" |
    forbid "nobody below jobs/ ends the process (core/arena.c without memory excepted)"

# --- SQL ----------------------------------------------------------------------------------------------------------
things='table|schema|view|index|temp|temporary|unlogged|unique|materialized|role|database|function|extension|or replace|type'
verbs="select|insert into|delete from|update [a-z_.%]+ set|(create|alter|drop) ($things)|copy [(a-z_.%]+|truncate|with [a-z_]+ as|(grant|revoke) [a-z, ]+ on"
statement="(^|[^\\])\"[[:space:]]*($verbs)([^A-Za-z0-9_]|\$)"
# jobs/source/check_tables.c prints the index that it recommends; nothing runs it.
grep -iE "^[^:]*:[0-9]+:.*$statement" "$work/code" |
    grep -vE '^(sql|tests)/|^jobs/source/check_tables\.c:[0-9]+:.*create index concurrently' |
    forbid "SQL lives in sql/, one question per file"
# Only the names of schemas and of the user's own relations are known no earlier than at run time: these two files put
# quoted identifiers into a frame.
grep -iE "^[^:]*:[0-9]+:.*$statement" "$work/code" | grep -E '^sql/' | grep -vE '^sql/(migrate|source)\.c:[0-9]+:.*%s' |
    forbid "a statement belongs into sql/queries/NAME.sql (only quoted identifiers are put together at run time)"
lines bare '(^|[^A-Za-z0-9_])(PGresult|PGconn)([^A-Za-z0-9_]|$)' '(sql|tests/sql|tests/bench|tests/faults)/[^:]*|tests/harness/database\.c' |
    forbid "a PGresult stays in sql/: callers ask named questions"
files sql tests -name '*.sql' | xargs -r grep -HniE 'extract[[:space:]]*\([[:space:]]*epoch' |
    forbid "extract(epoch ...) is numeric and ten times slower: date_part('epoch', ...)"
# Each parameter used is explained in a comment line, and none is explained that is not used.
files sql/queries -name '*.sql' | xargs -r awk '
    function judge(name) {
        for (name in used) if (!(name in told)) print file ":1: parameter " name " is used, but no line \"-- " name " type  meaning\" explains it"
        for (name in told) if (!(name in used)) print file ":1: parameter " name " is explained, but not used"
        split("", used); split("", told)
    }
    FNR == 1 { judge(); file = FILENAME; if (!/^-- ./) print file ":1: begins without a comment" }
    /^-- \$[0-9]+ +[a-z]/ { told[$2] = 1 }
    { sub(/--.*/, ""); while (match($0, /\$[0-9]+/)) { used[substr($0, RSTART, RLENGTH)] = 1; $0 = substr($0, RSTART + RLENGTH) } }
    END { judge() }' | forbid "a query's first comment says what it asks and what its parameters are"

# --- Files --------------------------------------------------------------------------------------------------------
# Longer than 400 lines after review, because they hold one idea: path of each. 600 is the end for all.
reviewed=''
{
    echo "$code"
    files sql -name '*.sql'
    files scripts tests .ci -type f ! -name '*.[ch]' ! -name '*.csv' ! -name '*.json' ! -path '*/golden/*'
} | xargs wc -l | awk -v reviewed=" $reviewed " '
    $2 != "total" && $1 > (index(reviewed, " " $2 " ") ? 600 : 400) { print $2 ":" $1 ": too many lines" }' |
    forbid "split a file by its second idea"
echo "$code" | LC_ALL=C xargs -r grep -HnP '[^\x00-\x7F]|\r' | forbid "C sources are 7-bit ASCII with plain line ends"
{
    echo "$code"
    files sql config claims alerts scripts tests docs packaging cmake .ci -type f ! -name '*.[ch]' ! -name '*.csv'
    files . -maxdepth 1 -type f
} | sort -u >"$work/all"
xargs -r grep -HnIwE 'T[O]DO|F[I]XME|X[X]X|H[A]CK' <"$work/all" | grep -v '"X[X]X"' |  # the currency of ISO 4217
    forbid "no unfinished work in the tree"
xargs -r grep -HnIF "$(pwd -P)/" <"$work/all" | forbid "a path of this machine"
xargs -r grep -HnI '[[:blank:]]$' <"$work/all" | grep -v '\.md:' | forbid "white space at the end of a line"

# Public headers: a declaration has a comment in its own block (lines without a blank one between them), above it or
# beside it, or above one in the same block.
files $below -name '*.h' | xargs -r awk '
    FNR == 1 || /^[[:space:]]*$/ { told = 0 }
    /\/\/|\*\// { told = 1 }
    /^[A-Za-z_][A-Za-z0-9_ *]*[ *][a-z_0-9]+\(/ && !/^(typedef|static|extern|return)/ && !told { print FILENAME ":" FNR ":" $0 }
' | forbid "the header documents every function (comment above it or above its group)"

[ ! -e "$work/broken" ]
