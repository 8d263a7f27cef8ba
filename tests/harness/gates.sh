# Gates: places at which a program that writes to the database waits, so that it can be killed just there. Sourced after lib.sh.
# shellcheck shell=sh disable=SC2154
gates_met=0

# gates_make TABLE...: number the tables 1, 2, ...; gate N is before a statement writes to the table, gate 10 + N when the
# transaction that wrote to it commits.
gates_make() {
    sql "create function vigie.gate() returns trigger language plpgsql as
        \$\$ begin perform pg_advisory_xact_lock_shared(tg_argv[0]::int); return null; end \$\$"
    gate=0
    for table in "$@"; do
        gate=$((gate + 1))
        sql "create trigger gate_$gate before insert or update on vigie.$table for each statement execute function vigie.gate($gate);
             create constraint trigger late_$gate after insert or update on vigie.$table deferrable initially deferred
                 for each row execute function vigie.gate($((10 + gate)))"
    done
    mkfifo key
}
gates_drop() { sql 'set client_min_messages = error; drop function vigie.gate() cascade'; }

# killed_at GATE COMMAND...: run it, kill it where it waits, and let the server forget it. It may also end by itself.
killed_at() {
    gate=$1
    shift
    psql -X -q -At <key >/dev/null 2>&1 &
    holder=$!
    exec 8>key
    echo "select pg_advisory_lock($gate);" >&8
    until [ "$(waiting true "$gate")" != 0 ]; do sleep 0.02; done
    "$@" >said 2>&1 8>&- &
    killed=$!
    while kill -0 $killed 2>/dev/null && [ "$(waiting false "$gate")" = 0 ]; do sleep 0.05; done
    if kill -9 $killed 2>/dev/null; then gates_met=$((gates_met + 1)); fi
    wait $killed 2>/dev/null || true
    exec 8>&-
    wait $holder || true
    forget
}
waiting() { sql "select count(*) from pg_locks where $here and objid = $2 and granted = $1"; }

# killed_after SECONDS COMMAND...
killed_after() {
    pause=$1
    shift
    "$@" >said 2>&1 &
    killed=$!
    sleep "$pause"
    kill -9 $killed 2>/dev/null || true
    wait $killed 2>/dev/null || true
    forget
}
forget() {
    sql "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'vigie %' and datname = current_database()" >/dev/null
}

# moments SEED COUNT MOST: so many moments below MOST seconds, the same for the same seed
moments() { awk "BEGIN { srand($1); for (i = 0; i < $2; i++) printf \"%.3f \", $3 * rand() }"; }
