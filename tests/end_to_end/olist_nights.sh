#!/bin/sh
# Nights on Olist's real orders, when they are here: what must be found on 2018-02-15, and that a night run twice, or by
# one worker in small pages, is the same to the last byte. night.sh has locks, signals and broken runs.
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
        union all select to_jsonb(l) - 'fingerprint' from vigie.learned l
        union all select to_jsonb(l) from vigie.learned_cohort l
        union all select to_jsonb(l) from vigie.learned_day l
        union all select to_jsonb(l) from vigie.learned_clock l
        union all select to_jsonb(u) from vigie.unsettled u) all_of_it"
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

# The bordereaux of Correios: what their last line says is the sum of their rows, and what SQL reckons from the orders alone: the
# automatic indemnity of 18.50 BRL and the postage (config/terms/correios.yaml).
for day in 2018-02-14 2018-02-15; do
    bordereau=$work/first/$day/claims/bordereau-correios-$day.csv
    /usr/bin/python3 - "$bordereau" >"$work/sums" <<'END'
import csv, decimal, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
claims = [row for row in rows if row["row"] == "claim"]
totals = [row for row in rows if row["row"] == "total"]
print(len(claims), sum(decimal.Decimal(row["payable"]) for row in claims), {row["currency"] for row in claims})
print(*(f'{row["count"]} {row["payable"]}' for row in totals), {row["currency"] for row in totals})
print(",".join(repr(row["reference"]) for row in claims))
END
    expect "$day: rows and total" "$(sed -n 1p "$work/sums")" "$(sed -n 2p "$work/sums")"
    expect "$day: rows and orders" "$(sed -n 1p "$work/sums")" "$(sql "select count(*) || ' ' || sum(18.50 + s.freight_charge) || ' {''BRL''}'
        from olist.shipments s join vigie.claim c using (shipment_id) where c.reference in ($(sed -n 3p "$work/sums"))")"
    expect "$day: every claim that is ready" "" "$(sql "select reference from vigie.claim c where carrier_slug = 'correios'
        and (select state_to from vigie.claim_move m where m.shipment_id = c.shipment_id and m.ground = c.ground and m.as_of::date <= '$day'::date + 1
              order by position desc limit 1) = 'ready' and drafted_as_of::date = '$day'::date + 1
        and reference not in ($(sed -n 3p "$work/sums"))")"
done

# Again: the same, and nothing new in the histories.
night 2018-02-15 again
expect "a rerun leaves the same state" "$first" "$(state)"
expect "a rerun writes the same files" "" "$(diff -rq "$work/first/2018-02-15" "$work/again/2018-02-15" 2>&1)"

# The same nights by one worker with small pages, from nothing.
sql 'set client_min_messages = warning; drop view missing, fine, live; drop schema vigie cascade'
"$VIGIE_PROGRAM" migrate --quiet >"$work/said"
night 2018-02-14 alone --set source.workers=1 --set source.page_shipments=500
night 2018-02-15 alone --set source.workers=1 --set source.page_shipments=500
expect "one worker, the same state" "$first" "$(state)"
expect "one worker, the same files" "" "$(diff -rq "$work/first/2018-02-15" "$work/alone/2018-02-15" 2>&1)"

conclude
