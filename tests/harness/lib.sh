# Shell functions of the end-to-end tests; sourced, never run:
#   root=$(cd "$(dirname "$0")/../.." && pwd) && . "$root/tests/harness/lib.sh"
# shellcheck shell=sh disable=SC2154,SC2034 # who sources it sets root and uses vigie
failures=0

# A test that cannot run here says why and is counted as skipped.
skip() {
    echo "skipped: $*"
    exit 77
}

# A fresh database on the private cluster that ctest names by PGHOST, PGPORT and PGUSER, dropped at the end, and a
# folder $work, removed at the end.
use_database() {
    [ -n "${PGHOST:-}" ] || skip "needs the private cluster; run it through ctest, or set PGHOST"
    PGDATABASE=e2e_$(basename "$0" .sh)_$$
    export PGDATABASE
    work=$(mktemp -d)
    trap 'cd /; rm -rf "$work"; PGOPTIONS="-c client_min_messages=warning" dropdb --if-exists --force "$PGDATABASE"' EXIT
    trap 'exit 130' INT TERM
    createdb -T template0 "$PGDATABASE"
}

# The same, and the program as $vigie: it works on that database, writes below $work/out and is called from outside the tree.
use_program() {
    use_database
    vigie=${VIGIE_PROGRAM:?}
    VIGIE_DATABASE_URL="dbname=$PGDATABASE"
    VIGIE_OUTPUT=$work/out
    export VIGIE_DATABASE_URL VIGIE_OUTPUT
    cd /
}

# Run SQL from standard input or arguments, quietly, stopping at the first error.
sql() {
    if [ $# -gt 0 ]; then
        psql -X -q -At -v ON_ERROR_STOP=1 -c "$*"
    else
        psql -X -q -At -v ON_ERROR_STOP=1 -f -
    fi
}

# expect WHAT EXPECTED ACTUAL
expect() {
    if [ "$2" != "$3" ]; then
        printf '%s:\n  expected: %s\n  but got:  %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    fi
}

# The test's last line: fails when any expectation did.
conclude() {
    [ "$failures" = 0 ] || echo "$failures expectations failed"
    [ "$failures" = 0 ]
}
