#!/bin/sh
# Nights on Olist's real orders, when they are here: what must be found at 2018-02-15, that a night run twice, or by one
# worker instead of two, is the same to the last byte, and that an older night does not disturb a newer one.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
[ -e "$root/../shared/data/olist/orders.csv.gz" ] || skip "Olist's orders are not here"
use_database
"$root/scripts/load-olist" >"$work/said"
VIGIE_CONFIG=$root/packaging/examples/olist.yaml
export VIGIE_CONFIG

# night DATE FOLDER [OPTION...]
night() {
    day=$1
    VIGIE_OUTPUT=$work/$2
    export VIGIE_OUTPUT
    shift 2
    "$VIGIE_PROGRAM" nightly --quiet --as-of "$day" "$@" >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }
}
# All that a night leaves in the database, without wall clocks and the numbers of runs.
state() {
    sql "select md5(string_agg(t::text, chr(10) order by t::text collate \"C\")) from (
        select to_jsonb(f) as t from vigie.finding f
        union all select to_jsonb(c) from vigie.cases c
        union all select to_jsonb(e) - 'recorded_at' from vigie.case_event e
        union all select to_jsonb(c) from vigie.claim c
        union all select to_jsonb(m) - 'recorded_at' from vigie.claim_move m
        union all select to_jsonb(d) from vigie.claim_document d
        union all select to_jsonb(n) from vigie.night n
        union all select to_jsonb(l) from vigie.learned_cohort l
        union all select to_jsonb(l) from vigie.learned_total l) all_of_it"
}

"$VIGIE_PROGRAM" migrate --quiet >"$work/said"
night 2018-02-14 first
night 2018-02-15 first
first=$(state)

# The truth that nobody knew that night: who was never delivered, who had been in time.
sql <<'END'
create view missing as select order_id from olist.orders
 where order_delivered_customer_date is null and order_delivered_carrier_date < '2017-12-31';
create view fine as select order_id from olist.orders
 where order_delivered_customer_date < order_estimated_delivery_date + interval '1 day'
   and order_delivered_customer_date < '2018-02-15' and order_delivered_carrier_date is not null;
create view live as select * from vigie.cases where state in ('open', 'acknowledged', 'snoozed');
END
expect "there is something to find" t "$(sql 'select count(*) > 100 from missing')"
expect "never delivered: at least 9 in 10 are lost" t \
    "$(sql "select count(*) filter (where kind = 'lost') >= 0.9 * count(*) from missing left join live on shipment_id = order_id")"
expect "never delivered: all are cases" 0 \
    "$(sql "select count(*) from missing where order_id not in (select shipment_id from live)")"
expect "delivered in time: none is a case" 0 "$(sql "select count(*) from fine join live on shipment_id = order_id")"
expect "every lost case has a claim or a reason" 0 "$(sql "select count(*) from live
    where kind = 'lost' and shipment_id not in (select shipment_id from vigie.claim)")"

# Again: the same, and nothing new in the histories.
night 2018-02-15 again
expect "a rerun leaves the same state" "$first" "$(state)"
expect "a rerun writes the same files" "" "$(diff -rq "$work/first/2018-02-15" "$work/again/2018-02-15" 2>&1)"

# An older night, after the newer one: cases as they were.
cases=$(sql "select md5(string_agg(c::text, ',' order by shipment_id)) from vigie.cases c")
night 2018-02-13 older
expect "an older night does not disturb a newer one" "$cases" \
    "$(sql "select md5(string_agg(c::text, ',' order by shipment_id)) from vigie.cases c")"

# The same nights by one worker with small pages, from nothing.
sql 'set client_min_messages = warning; drop view missing, fine, live; drop schema vigie cascade'
"$VIGIE_PROGRAM" migrate --quiet >"$work/said"
night 2018-02-14 alone --set source.workers=1 --set source.page_shipments=500
night 2018-02-15 alone --set source.workers=1 --set source.page_shipments=500
expect "one worker, the same state" "$first" "$(state)"
expect "one worker, the same files" "" "$(diff -rq "$work/first/2018-02-15" "$work/alone/2018-02-15" 2>&1)"

# Only one at a time: the second one says who holds the lock.
key=$(sql "select hashtextextended('vigie run vigie', 0)")
PGAPPNAME=somebody psql -X -q -c "select pg_advisory_lock($key), pg_sleep(20)" >"$work/lock" 2>&1 &
holder=$!
until [ "$(sql "select count(*) from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())")" = 1 ]; do sleep 0.1; done
code=0
"$VIGIE_PROGRAM" nightly --quiet --as-of 2018-02-16 >"$work/said" 2>&1 || code=$?
expect "a second run's exit code" 11 "$code"
expect "it says who holds the lock" 1 "$(grep -c somebody "$work/said")"
sql "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'somebody'" >"$work/said"
wait $holder || true

# Interrupted at any instant, then run again: the same end state as an undisturbed night.
sql 'set client_min_messages = warning; drop schema vigie cascade'
"$VIGIE_PROGRAM" migrate --quiet >"$work/said"
night 2018-02-14 killed
for pause in 0.1 0.3 0.5 0.8 1.2 1.8; do
    VIGIE_OUTPUT=$work/killed timeout --signal=KILL $pause "$VIGIE_PROGRAM" nightly --quiet --as-of 2018-02-15 >"$work/said" 2>&1 || true
done
# The server notices that a client is gone when it next speaks to it; only then is the lock free.
until [ "$(sql "select count(*) from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())")" = 0 ]; do sleep 0.1; done
expect "runs were really killed on the way" t "$(sql "select count(*) >= 2 from vigie.run where state <> 'done'")"
night 2018-02-15 killed
expect "killed and run again, the same state" "$first" "$(state)"
expect "killed and run again, the same files" "" "$(diff -rq "$work/first/2018-02-15" "$work/killed/2018-02-15" 2>&1)"
code=0
timeout --preserve-status --signal=TERM 0.3 "$VIGIE_PROGRAM" nightly --quiet --as-of 2018-02-17 >"$work/said" 2>&1 || code=$?
expect "ended by SIGTERM" 143 "$code"
conclude
