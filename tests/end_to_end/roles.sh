#!/bin/sh
# sql/roles.sql on the private cluster: what each role may do, and above all what it may not. The owner migrates, and
# every query of sql/queries is planned as the role that must run it (planning with EXPLAIN checks its privileges).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
roles="vigie_owner vigie_job vigie_reader vigie_reviewer roles_owner roles_job roles_reviewer"

# Roles belong to the whole cluster: left behind by a broken run they may hold rights in its database.
forget_roles() {
    for role in $roles; do
        for database in $(sql "select quote_ident(datname) from pg_database where datallowconn and datname <> 'template1'"); do
            [ -z "$(sql "select 1 from pg_roles where rolname = '$role'")" ] ||
                psql -X -q -d "$database" -c "drop owned by $role cascade" 2>/dev/null || true
        done
        sql "set client_min_messages = error; drop role if exists $role"
    done
}
forget_roles

# as ROLE SQL: exit code and words of the server.
as() { sql "set role $1; set search_path = vigie, pg_temp; $2"; }
may() { as "$1" "$2" >"$work/said" 2>&1 || expect "$1 may: $2" "yes" "$(head -n 1 "$work/said")"; }
may_not() {
    if as "$1" "$2" >"$work/said" 2>&1; then
        expect "$1 may not: $2" "permission denied" "it may"
    else
        expect "$1 may not: $2" 1 "$(grep -cE 'permission denied|must be owner' "$work/said")"
    fi
}

# A shop's own tables, with what Vigie need not see.
sql <<'END'
create schema shop;
create table shop.customer (id int primary key, email text, phone text);
create table shop.parcel (id text primary key, number text, carrier text, printed timestamptz, customer int);
create view shop.shipments as select id as shipment_id, number as tracking_number, carrier, printed as created_at from shop.parcel;
create table shop.scans (shipment_id text, occurred_at timestamptz, code text);
insert into shop.customer values (1, 'somebody@example.org', '+33 1');
END
make_roles() { psql -X -q -v relations="shop.shipments, shop.scans" "$@" -f "$root/sql/roles.sql"; }
make_roles
{
    echo 'set role vigie_owner; set search_path = vigie;'
    cat "$root"/sql/queries/migration_table.sql "$root"/sql/queries/migration_rows_table.sql "$root"/sql/migrations/*.sql
} | sql
make_roles
rights="select md5(string_agg(concat(relname, relacl), ',' order by relname)) from pg_class where relnamespace = 'vigie'::regnamespace"
before=$(sql "$rights")
make_roles
expect "running it again changes nothing" "$before" "$(sql "$rights")"
expect "all objects are the owner's" "vigie_owner" \
    "$(sql "select string_agg(distinct relowner::regrole::text, ' ') from pg_class where relnamespace = 'vigie'::regnamespace and relkind <> 'i'")"
expect "nobody of them logs in or rules" 0 "$(sql "select count(*) from pg_roles where rolname like 'vigie\_%' and
    rolname <> 'vigie_test' and (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication)")"

# A case, a claim and a message to look at, written by the job.
may vigie_job "insert into run (run_number, job, as_of, version, settings_sha256, state, started_at)
    values (1, 'nightly', now(), '1', '', 'running', now()); update run set state = 'done'"
may vigie_job "insert into cases (shipment_id, case_number, kind, state, opened_as_of, judged_as_of, last_event)
    values ('s1', 1, 'lost', 'open', now(), now(), 'opened')"
may vigie_job "insert into case_event (shipment_id, as_of, event, case_number, kind_after, state_after, actor, recorded_at)
    values ('s1', now(), 'opened', 1, 'lost', 'open', 'vigie', now())"
may vigie_job "insert into outbox (message_key, channel, recipient, subject, body_text, body_html, as_of, state, next_attempt_at, queued_at)
    values ('k', 'email', 'a@example.org', '', '', '', now(), 'pending', now(), now())"
may vigie_job "create temporary table stage (like cases); insert into stage select * from cases"
may vigie_job "select * from shop.shipments; select * from shop.scans; select * from v_case"
may vigie_job "delete from forecast; delete from outcome; delete from promise_day"
may vigie_job "delete from finding; delete from learned; delete from watch; delete from flow"
may vigie_job "insert into incident (incident_number, kind, carrier, name, since, opened_as_of, judged_as_of, observed, expected, pace, members, evidence)
    values (1, 'hub', 'dpd', 'LIL', now(), now(), now(), 1, 9, .1, 1, ''); update incident set members = 2"

may_not vigie_job "insert into shop.scans values ('s1', now(), 'X')"
may_not vigie_job "update shop.shipments set carrier = ''"
may_not vigie_job "delete from shop.scans"
may_not vigie_job "select * from shop.parcel"
may_not vigie_job "select email from shop.customer"
may_not vigie_job "create table more (x int)"
may_not vigie_job "create schema more"
may_not vigie_job "alter table cases add column more int"
may_not vigie_job "drop view v_case"
may_not vigie_job "update case_event set actor = 'nobody'"
may_not vigie_job "delete from case_event"
may_not vigie_job "update claim_move set note = ''"
may_not vigie_job "delete from claim_remark"
may_not vigie_job "update claim_version set dossier = ''"
may_not vigie_job "delete from set_aside"
may_not vigie_job "delete from cases"
may_not vigie_job "truncate cases"
may_not vigie_job "delete from incident"
may_not vigie_job "update incident_night set evidence = ''"
may_not vigie_job "delete from settlement_line"
may_not vigie_job "delete from claim_attempt"
may_not vigie_reviewer "select forget_filled_in()"
may vigie_job "select forget_filled_in()"
expect "what somebody may have been told of is not forgotten" "f 1" "$(as vigie_job "select forget_filled_in()") $(as vigie_job "select count(*) from cases")"
may_not vigie_job "insert into claim_state_move values ('waived', 'credited')"
may_not vigie_job "update migration set sha256 = ''"
may_not vigie_job "update migration_rows set rows_after = 0"

for view in v_case v_claim v_claim_history v_incident v_run v_settlement v_claim_attempt v_carrier_scorecard v_carrier_claims; do may vigie_reader "select * from $view"; done
for relation in $(sql "select relname from pg_class where relnamespace = 'vigie'::regnamespace and relkind in ('r', 'v') and relname not like 'v\_%'"); do
    may_not vigie_reader "select * from $relation"
done
may_not vigie_reader "select * from shop.shipments"
may_not vigie_reader "select * from shop.scans"
may_not vigie_reader "update v_run set error = ''"
expect "the reader's views show no contact data" "" "$(sql "select string_agg(relname || '.' || attname, ' ')
    from pg_attribute join pg_class on pg_class.oid = attrelid where relnamespace = 'vigie'::regnamespace
    and relname like 'v\_%' and attname ~ 'mail|phone|recipient|postcode|address|customer'")"

may vigie_reviewer "select * from v_case; select * from cases; select * from case_event; select * from finding"
may vigie_reviewer "select * from forecast; select * from outcome; select * from promise_day"
may vigie_reviewer "select * from learned; select * from learned_cohort; select * from learned_day; select * from learned_clock"
may vigie_reviewer "select * from v_incident; select * from incident; select * from incident_night"
may vigie_reviewer "select * from v_settlement; select * from settlement_line; update settlement_line set state = 'set_aside', why = 'x'"
may_not vigie_reviewer "update settlement_line set amount_minor = 1"
may_not vigie_reviewer "delete from settlement_line"
may vigie_reviewer "select * from v_carrier_scorecard; select * from scorecard; select * from scorecard_night"
may vigie_reviewer "select * from v_claim_attempt; select * from claim_attempt"
may_not vigie_reviewer "insert into claim_attempt select * from claim_attempt"
may_not vigie_reviewer "update claim_attempt set outcome = 'sent'"
may vigie_reviewer "update cases set state = 'acknowledged', last_event = 'acknowledged' where case_number = 1"
may vigie_reviewer "insert into case_event (shipment_id, as_of, event, case_number, kind_after, state_after, actor, recorded_at)
    values ('s1', now(), 'acknowledged', 1, 'lost', 'acknowledged', 'anna', now())"
may_not vigie_reviewer "update cases set kind = 'late'"
may_not vigie_reviewer "update case_event set note = ''"
may_not vigie_reviewer "delete from case_event"
may_not vigie_reviewer "delete from cases"
may_not vigie_reviewer "update incident set closed_as_of = now()"
may_not vigie_reviewer "update claim set value_minor = 1"
may vigie_reviewer "update claim set approved_by = 'anna', approved_as_of = now() where claim_number = 1"
may vigie_reviewer "select * from claim_remark; select * from claim_condition; select * from claim_version; select * from claim_refusal"
may_not vigie_reviewer "delete from claim_remark"
may_not vigie_reviewer "update claim_condition set met = true"
may_not vigie_reviewer "delete from finding"
may_not vigie_reviewer "delete from forecast"
may_not vigie_reviewer "update outcome set happened = true"
may_not vigie_reviewer "select * from outbox"
may_not vigie_reviewer "select * from shop.shipments"
may_not vigie_reviewer "insert into run (run_number, job, as_of, version, settings_sha256, state, started_at) values (2, '', now(), '', '', 'done', now())"
may_not vigie_reviewer "create table more (x int)"

# Every query as the role that runs it: explain_as ROLE FILE plans it with all parameters null.
explain_as() {
    last=$(sed 's/--.*//' "$2" | grep -oE '\$[0-9]+' | tr -d '$' | sort -n | tail -n 1)
    nulls=$([ -z "$last" ] || yes null | head -n "$last" | paste -s -d ,)
    {
        echo "set role $1; set search_path = vigie, pg_temp; prepare q as"
        cat "$2"
        echo "explain execute q${nulls:+($nulls)};"
    } | sql >"$work/said" 2>&1
}
planned=0
for query in "$root"/sql/queries/*.sql; do
    name=$(basename "$query" .sql)
    # Those of the plain tables, of migrations, of pruning and of moving the state are the owner's; those of the source need its WITH clause; COPY cannot
    # be planned, and needs no more than an insert.
    case $name in plain_* | simulated_* | prune_* | state_* | migration_record | migration_rows_record | migration_*table) continue ;; esac
    sed 's/--.*//' "$query" | grep -qE '^ *copy |source_(shipment|scan)' && continue
    planned=$((planned + 1))
    explain_as vigie_job "$query" || expect "vigie_job runs $name" "yes" "$(grep -m 1 ERROR "$work/said")"
done
[ "$planned" -gt 20 ] || expect "queries planned" "more than 20" "$planned"
expect "what vigie check finds missing" "" "$(as vigie_job "$(sed "s/\$1/'vigie'/; /^--/d" \
    "$root/sql/queries/check_privileges.sql")")"
for name in case_list case_as_of incident_list incident_nights incident_of_night case_history case_find case_lock case_act case_current migration_list lease_holder run_list run_find run_asides run_aside_rows \
    settlement_claims settlement_done settlement_keep settlement_apply settlement_open settlement_kept settlement_underpaid; do
    explain_as vigie_reviewer "$root/sql/queries/$name.sql" || expect "vigie_reviewer runs $name" "yes" "$(grep -m 1 ERROR "$work/said")"
done
for query in "$root"/sql/queries/prune_*.sql "$root"/sql/queries/state_*.sql; do
    explain_as vigie_owner "$query" || expect "vigie_owner runs $query" "yes" "$(grep -m 1 ERROR "$work/said")"
done
for name in prune_case prune_claim prune_run; do
    if explain_as vigie_job "$root/sql/queries/$name.sql"; then expect "vigie_job runs $name" "no" "yes"; fi
done
if explain_as vigie_job "$root/sql/queries/migration_record.sql"; then expect "vigie_job records migrations" "no" "yes"; fi

# A source schema that is not there yet is the owner's to fill; another name of Vigie's own schema, with capitals.
make_roles -v source=plain -v schema="Vigie Two"
may vigie_owner "create table plain.scans (shipment_id text)"
may vigie_job "select * from plain.scans"
may_not vigie_job "insert into plain.scans values ('x')"
may_not vigie_job "create table \"Vigie Two\".x (y int)"
may vigie_owner "create table \"Vigie Two\".x (y int)"

# The program itself, each step by the login that is meant for it, with not a right more.
sql "create role roles_owner login in role vigie_owner; alter role roles_owner set role vigie_owner;
    create role roles_job login in role vigie_job; create role roles_reviewer login in role vigie_reviewer;
    insert into shop.parcel values ('p1', 'T1', 'dpd', '2026-03-02 10:00+00'), ('p2', 'T2', 'dpd', '2026-03-03 10:00+00')"
# vigie LOGIN EXIT-CODE ARGUMENT...
vigie() {
    login=$1 wanted=$2 code=0
    shift 2
    PGUSER=$login "$VIGIE_PROGRAM" "$@" --quiet --set source.shipments=shop.shipments --set source.scans=shop.scans \
        --set database.schema=program --set output="$work/out" >"$work/said" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || expect "vigie $1 as $login" "exit code $wanted" "exit code $code, $(cat "$work/said")"
}
make_roles -v schema=program
vigie roles_job 2 migrate
vigie roles_owner 0 migrate
make_roles -v schema=program
vigie roles_job 0 nightly --as-of 2026-03-10
expect "the night was run" t "$(sql "select count(*) = 1 from program.run where job = 'nightly' and state = 'done'")"
vigie roles_reviewer 2 nightly --as-of 2026-03-11
vigie roles_reviewer 2 check --as-of 2026-03-11 --format json
expect "check names each right once, and what gives it" "1 1" "$(grep -c 'no insert on cases, claim, ' "$work/said") $(grep -c 'execute on forget_filled_in' "$work/said")"
vigie roles_reviewer 0 cases list
vigie roles_reviewer 0 baseline dpd --as-of 2026-03-10

forget_roles
conclude
