# Shell functions of the end-to-end tests; sourced, never run:
#   root=$(cd "$(dirname "$0")/../.." && pwd) && . "$root/tests/harness/lib.sh"
# shellcheck shell=sh disable=SC2154,SC2034 # who sources it sets root and uses vigie
failures=0

# A test that cannot run here says why and is counted as skipped.
skip() {
    echo "skipped: $*"
    exit 77
}

# A fresh database on the private cluster that ctest names by PGHOST, PGPORT and PGUSER, dropped at the end with those that the
# test made under its name and a "_" with more, and a folder $work, removed at the end.
use_database() {
    [ -n "${PGHOST:-}" ] || skip "needs the private cluster; run it through ctest, or set PGHOST"
    PGDATABASE=e2e_$(basename "$0" .sh)_$$
    export PGDATABASE
    work=$(mktemp -d)
    trap 'cd /; rm -rf "$work"; drop_databases' EXIT
    trap 'exit 130' INT TERM
    drop_databases
    createdb -T template0 "$PGDATABASE"
}

# The test's own and those it made beside it; before it begins those that a killed one of the same number left.
drop_databases() {
    psql -X -q -At -d postgres -c "select datname from pg_database where datname = '$PGDATABASE' or starts_with(datname, '${PGDATABASE}_')" |
        while IFS= read -r made; do
            PGOPTIONS="-c client_min_messages=warning" dropdb --if-exists --force "$made"
        done
}

# Servers of this folder, which end with the test. Once use_sinks was called, "sink SCRIPT MODE FOLDER" starts one that keeps what it
# gets in $work/FOLDER; its URL is in $work/FOLDER.url then.
use_sinks() {
    mkfifo "$work/stop"
    exec 9<>"$work/stop"  # they end when nobody holds its other end any more
    trap 'exec 9>&-; wait; cd /; rm -rf "$work"; drop_databases' EXIT
}
sink() {
    mkdir -p "$work/$3"
    mkfifo "$work/$3.ready"
    /usr/bin/python3 "$root/tests/harness/$1" "$2" "$work/$3" <"$work/stop" >"$work/$3.ready" 2>"$work/$3.said" 9>&- &
    # It says its URL as soon as it listens, or ends.
    read -r url <"$work/$3.ready" || skip "$1 does not run here: $(tail -n 1 "$work/$3.said")"
    echo "$url" >"$work/$3.url"
}

# await WHAT SQL: wait until the query says "t". A busy machine needs a moment; after two minutes nothing is to be expected.
await() {
    for _ in $(seq 2400); do
        [ "$(sql "$2")" != t ] || return 0
        sleep 0.05
    done
    echo "waited in vain: $1"
    exit 1
}
# Advisory locks of this database, which alone are the test's; for SQL.
here="locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"

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

# What nights left: a line for each table and file. Wall clocks and what tells of runs are left out: night_state DATABASE FOLDER.
night_state() {
    psql -X -q -At -d "$1" -c "select format('select %L, count(*), md5(string_agg(t::text, E''\n'' order by t::text)) from (select %s from vigie.%I) t',
            table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position), table_name)
        from information_schema.columns
        join information_schema.tables using (table_schema, table_name)
       where table_schema = 'vigie' and table_type = 'BASE TABLE' and column_name <> 'recorded_at'
         and table_name not in ('run', 'run_step', 'set_aside', 'lease') and table_name not like 'migration%'
       group by table_name order by table_name" | paste -s -d '~' | sed 's/~/ union all /g' >"$work/sql"
    psql -X -q -At -d "$1" -f "$work/sql" | sort
    (cd "$2" && find . -type f ! -path './runs/*' -print0 | sort -z | xargs -0 sha256sum)
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
