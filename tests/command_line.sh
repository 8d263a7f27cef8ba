#!/bin/sh
# The command line as people and schedulers meet it: exit codes, suggestions, help, manual, completion, settings.
# $VIGIE_PROGRAM is the program.
set -eu
vigie=$VIGIE_PROGRAM
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unset VIGIE_CONFIG || true
failed=0

# run ARGUMENT...: what the program prints is in out and err, its exit code in $status
run() {
    line="vigie $*"
    status=0
    "$vigie" "$@" >out 2>err </dev/null || status=$?
}
complain() {
    echo "$line: $1" >&2
    sed 's/^/  out: /' out >&2
    sed 's/^/  err: /' err >&2
    failed=1
}
exits() { [ "$status" = "$1" ] || complain "exits with $status, not $1"; }
tells() { grep -qF -e "$2" "$1" || complain "$1 does not tell: $2"; }
silent() { [ ! -s "$1" ] || complain "$1 is not empty"; }

# refused WORDS ARGUMENT...: usage errors go to standard error, with exit code 2
refused() {
    words=$1
    shift
    run "$@"
    exits 2
    silent out
    tells err "vigie: $words"
}
granted() {
    run "$@"
    exits 0
    silent err
}

# --- Usage ----------------------------------------------------------------------------------------------------------
refused 'expected a command'
refused 'unrecognized command "hellp" (did you mean "help"?)' hellp
refused 'unrecognized option "--fromat"' --fromat json version
refused 'version: unrecognized option "--fromat" (did you mean "--format"?)' version --fromat json
refused 'version: unrecognized format "jsn" (did you mean "json"?)' version --format jsn
refused 'version: option "--dry-run" means nothing here' version --dry-run
refused 'config: unrecognized action "smple" (did you mean "sample"?)' config smple
refused 'config: expected ' config
refused 'help: unrecognized command "confg" (did you mean "config"?)' help confg
refused 'help: unrecognized shell "fish"' help --completion fish

granted --version
version=$(cat out)
granted version
[ "$(cat out)" = "$version" ] || complain "differs from --version"
granted version --format json
tells out "{\"program\":\"vigie\",\"version\":\"${version#vigie }\"}"
granted version --format csv
tells out "vigie,${version#vigie }"

# --- Help -----------------------------------------------------------------------------------------------------------
granted --help
cp out help
granted help
cmp -s out help || complain "differs from --help"
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' help)
[ "$(echo "$commands" | wc -l)" -ge 3 ] || complain "lists no commands"
dated=
for command in $commands; do
    granted help "$command"
    cp out help
    tells out "Usage: vigie $command"
    ! grep -q -e '--as-of' out || dated=$command
    granted "$command" --help
    cmp -s out help || complain "differs from vigie help $command"
    granted --help "$command"
    cmp -s out help || complain "differs from vigie help $command"
done
if [ -n "$dated" ]; then
    refused "$dated: option \"--as-of\": expected a date" "$dated" --as-of yesterday
    refused "$dated: option \"--as-of\": timestamp \"2026-11-20T06:00\" needs its zone" "$dated" --as-of 2026-11-20T06:00
fi

# --- Output that does not arrive ------------------------------------------------------------------------------------
line='vigie help --man | true'
mkfifo unread
true <unread &
exec 3>unread
wait $!  # nobody reads it any more
code=0
"$vigie" help --man >&3 2>err || code=$?
exec 3>&-
: >out
[ "$code" = 0 ] || complain "a reader who has seen enough is no failure, yet it exits with $code"
silent err
if [ -w /dev/full ]; then
    line='vigie help >/dev/full'
    status=0
    "$vigie" help >/dev/full 2>err || status=$?
    exits 1
    tells err 'could not write to standard output: No space left on device'
fi

# --- Manual and completion ------------------------------------------------------------------------------------------
granted help --man
cp out vigie.1
if command -v groff >/dev/null; then
    line='groff -man -ww vigie.1'
    groff -man -ww -Tutf8 vigie.1 >out 2>err || complain "fails"
    silent err
    for section in NAME SYNOPSIS COMMANDS SETTINGS ENVIRONMENT FILES 'EXIT STATUS'; do
        grep -q "^\.SH $section" vigie.1 || complain "has no section $section"
    done
else
    echo "groff is not installed: the manual was not formatted"
fi
if command -v man >/dev/null && command -v groff >/dev/null; then
    line='man --warnings -l vigie.1'
    LC_ALL=C.UTF-8 MANWIDTH=80 MAN_KEEP_FORMATTING='' man --warnings -l vigie.1 >out 2>err || complain "fails"
    silent err
    tells out 'vigie - '
fi

granted help --completion bash
cp out completion.bash
cat >complete.bash <<'END'
. ./completion.bash
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_vigie 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
END
completes() {
    expected=$1
    shift
    line="completion of: $*"
    bash complete.bash "$@" >out 2>err || complain "fails"
    silent err
    [ "$(tr '\n' ' ' <out | sed 's/ $//')" = "$expected" ] || complain "is not: $expected"
}
if command -v bash >/dev/null; then
    completes 'config' vigie conf
    completes 'sample schema show' vigie config s
    completes '--format' vigie config --f
    completes 'json' vigie --quiet version --format j
    completes 'version' vigie help vers
    completes 'completion.bash' vigie config show --config completi
    completes 'database.schema=' vigie config show --set database.sc
fi

# --- Calendars ------------------------------------------------------------------------------------------------------
granted calendar FR 2026
tells out 'France (FR), 2026'
tells out '2026-05-14  Thursday   Ascension                 39 days after Easter Sunday'
tells out 'Code du travail, article L3133-1'
tells out '2026-05       17       22'
tells out 'year         252      303'
[ "$(grep -c '^  2026-..-..  ' out)" = 11 ] || complain "does not list eleven holidays"
granted calendar FR-57 2026
tells out '2026-04-03  Friday     Vendredi saint'
granted calendar US 2027
tells out '2027-07-05  Monday     Independence Day'
tells out 'day off in stead of 4 July'
granted calendar GB-SCT 2022 --format json
tells out '"date": "2022-01-04"'
granted calendar GB-SCT 2022 --format csv
tells out 'GB-SCT,2022-01-04,Tuesday,"2 January","2 January",1,'
granted calendar
tells out 'regions 57, 67, 68 (Alsace-Moselle)'
refused 'calendar: "26" is no year from 1970 to 2100' calendar FR 26
refused 'calendar: "FR-99" has no calendar; regions of FR are 57' calendar FR-99
refused 'calendar: "XX" has no calendar; there are AT' calendar XX

# --- Settings -------------------------------------------------------------------------------------------------------
granted config sample
cp out sample.yaml
granted config check --config sample.yaml
tells out 'sample.yaml: no problems'
granted config schema
tells out '"$schema"'
if command -v python3 >/dev/null; then
    python3 -m json.tool out >/dev/null 2>err || complain "is not JSON"
fi

# Precedence: option, environment, file, default; and which file.
origin() {
    granted config show "$@"
    tells out "database.schema = \"$expected\""
    tells out "$from"
}
expected=vigie from='# default' && origin
printf 'database:\n  schema: here\n' >vigie.yaml
expected=here from='vigie.yaml:2' && origin
printf 'database:\n  schema: named\n' >named.yaml
export VIGIE_CONFIG=named.yaml
expected=named from='named.yaml:2' && origin
printf 'database:\n  schema: given\n' >given.yaml
expected=given from='given.yaml:2' && origin --config given.yaml
export VIGIE_DATABASE_SCHEMA=surroundings
expected=surroundings from='# environment VIGIE_DATABASE_SCHEMA' && origin --config given.yaml
expected=typed from='# option' && origin --config given.yaml --set database.schema=typed
unset VIGIE_DATABASE_SCHEMA VIGIE_CONFIG
granted config show --format json
tells out '"path": "database.schema"'
tells out '"value": "here"'
granted config show --format csv
tells out 'database.schema,here,'
rm vigie.yaml
refused 'config: ' config show --config nowhere.yaml
tells err nowhere.yaml

# All problems at once, each with its place.
printf 'database:\n  shema: x\n  connect_timeout_seconds: 0\nlearn:\n  window_days: often\n' >bad.yaml
for action in show check; do
    run config "$action" --config bad.yaml
    exits 2
    silent out
    tells err 'bad.yaml:2:'
    tells err '"database.schema"'
    tells err 'bad.yaml:3:'
    tells err 'bad.yaml:5:'
    tells err 'vigie: config: '
    [ "$(grep -c . err)" = 4 ] || complain "does not say four things"
done
run config show --config bad.yaml --log-format json
exits 2
[ "$(grep -c '^{"time":".*}$' err)" = 4 ] && [ "$(grep -c . err)" = 4 ] || complain "does not log four objects"
tells err '"exit":2'

exit $failed
