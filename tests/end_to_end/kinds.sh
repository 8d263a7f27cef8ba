#!/bin/sh
# One parcel for each kind of case that has a clock or facts of its own, among those of a simulated merchant: what leads its
# signals, which scan clears it, and that parcels whose journey ended badly are told once and stay until somebody settles them.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program

"$vigie" init --quiet
# Of a night's report: EXPRESSION DAY
told_of() { python3 -c 'import json, sys; night = json.load(open(sys.argv[2])); print(eval(sys.argv[1]))' "$1" "$VIGIE_OUTPUT/$2/night.json"; }
"$vigie" nightly --quiet --as-of 2026-01-31 2>"$work/said" || cat "$work/said"
expect "a night without a parcel says that of nothing nothing is known" "0 0 [] None None" "$(told_of \
    'night["judged"], night["learned"]["gaps"], night["cases"], night["lost_false_share"], night["trust"]["late"]["ece"]' 2026-01-31 |
    tr -d '(),')"
"$vigie" simulate --quiet --load --calm --dirty 0 --shipments 1500 --from 2026-02-02 --to 2026-04-10 --seed 11

night() { "$vigie" nightly --quiet --set promises.use=stated --as-of "$1" >"$work/said" 2>&1 || cat "$work/said"; }

# parcel ID: a parcel from Paris to Lyon whose label was printed on Wednesday 1 April at 8, accepted in the afternoon.
parcel() {
    sql "insert into vigie_source.shipments (shipment_id, tracking_number, carrier, created_at, origin_country,
             destination_country) values ('$1', '$1', 'velo', '2026-04-01 08:00+02', 'FR', 'FR')"
    scan "$1" '2026-04-01 16:00' accepted PAR
}
# scan ID TIME MILESTONE PLACE [CARRIER [COUNTRY]]
scan() {
    sql "insert into vigie_source.scans (shipment_id, occurred_at, milestone, place, carrier, country, recorded_at)
         values ('$1', '$2+02', '$3', '$4', '${5:-}', '${6:-}', '$2+02'::timestamptz + interval '1 minute')"
}
# Of a parcel's case: COLUMN ID
of() { sql "select $1 from vigie.cases where shipment_id = '$2'"; }
# The events of its nights, oldest first.
events() { sql "select string_agg(event, ' ' order by as_of) from vigie.case_event where shipment_id = '$1'"; }
told() { sql "select count(*) from vigie.finding where shipment_id = '$1' and as_of = (select max(as_of) from vigie.night)"; }

for id in customs out attempt address pickup circle handoff abroad broken back burnt moved; do parcel "$id"; done
scan customs '2026-04-01 20:00' customs_held CDG
scan out '2026-04-02 08:00' out_for_delivery LYS
scan attempt '2026-04-02 08:00' out_for_delivery LYS
scan attempt '2026-04-02 11:00' attempt_failed LYS
scan address '2026-04-07 08:00' address_problem LYS
scan pickup '2026-04-02 11:00' available_for_pickup SHOP
scan circle '2026-04-07 10:00' in_transit LYS
scan circle '2026-04-07 14:00' in_transit DIJ
scan circle '2026-04-07 18:00' in_transit LYS
scan circle '2026-04-07 22:00' in_transit DIJ
scan circle '2026-04-08 02:00' in_transit LYS
scan handoff '2026-04-01 22:00' in_transit PAR 'Velo Lyon'
scan abroad '2026-04-08 02:00' in_transit MIL '' IT
scan broken '2026-04-07 08:00' damaged LYS
scan back '2026-04-02 08:00' in_transit LYS
scan back '2026-04-03 08:00' returning LYS
scan back '2026-04-07 08:00' returned PAR
scan burnt '2026-04-06 08:00' damaged LYS
scan burnt '2026-04-07 08:00' destroyed LYS
scan moved '2026-04-02 11:00' delivered LYS
scan moved '2026-04-07 08:00' in_transit MRS
sql "insert into vigie_source.shipments (shipment_id, tracking_number, carrier, created_at)
     values ('dead number', 'dead number', 'karrio', '2026-04-01 08:00+02')"
sql "insert into vigie_source.scans (shipment_id, occurred_at, code, recorded_at)
     values ('dead number', '2026-04-03 08:00+02', 'unknown', '2026-04-03 08:00+02')"

# PostgreSQL's infinities: a promise and a scan that never come, a label that is never made. The parcel is watched all the same.
parcel endless
scan endless '2026-04-02 08:00' damaged LYS
parcel 'never made'
parcel "nobody''s"
sql <<'END'
update vigie_source.shipments set promised_at = 'infinity', cancelled_at = '-infinity' where shipment_id = 'endless';
update vigie_source.shipments set created_at = 'infinity' where shipment_id = 'never made';
update vigie_source.shipments set carrier = '' where shipment_id = 'nobody''s';
insert into vigie_source.scans (shipment_id, occurred_at, milestone, recorded_at) values
    ('endless', 'infinity', 'delivered', '2026-04-02'), ('endless', '-infinity', 'delivered', '2026-04-02'),
    ('endless', '2026-04-03', 'delivered', 'infinity');
END
set_aside() { sql "select string_agg(distinct key || ': ' || reason, '; ' order by key || ': ' || reason) from vigie.set_aside"; }
asides_of_night() { sql "select step, key, reason, count(*) from vigie.set_aside where run_number = (select max(run_number) from vigie.run)
    group by 1, 2, 3 order by 1, 2, 3"; }

night 2026-04-09
expect "what has no end is set aside in words" "endless: cancellation lies beyond all dates; \
endless: promise lies beyond all dates; endless: scan without a date; never made: shipment without carrier or creation date; \
nobody's: shipment without carrier or creation date" \
    "$(set_aside)"
expect "and counted, each once" 7 "$(sql "select count(*) from vigie.set_aside")"
asides_of_night >"$work/first"
"$vigie" check --as-of 2026-04-09 --format csv >"$work/checked" 2>/dev/null
for words in '1 shipments have no creation date' '3 scans have no date' '1 shipments name no carrier'; do
    expect "check says beforehand: $words" 1 "$(grep -c "^warning,.*$words" "$work/checked")"
done
unpromised=$(sql "select count(*) from vigie_source.shipments where isfinite(promised_at) is not true and created_at <= '2026-04-09 23:59:59+02'")
expect "and takes no endless promise for one" 1 "$(grep -c "($unpromised) have no promise" "$work/checked" || cat "$work/checked")"
expect "the parcel is watched, without a promise" "damaged true" \
    "$(sql "select kind || ' ' || (promised_at is null) from vigie.finding where shipment_id = 'endless'")"
for pair in customs:customs_held attempt:attempt_failed address:attempt_failed pickup:pickup_expiring \
    circle:misrouted broken:damaged back:return_stalled burnt:damaged moved:impossible_history; do
    expect "the case of ${pair%:*}" "${pair#*:} open" "$(of "kind || ' ' || state" "${pair%:*}")"
done
has() { sql "select '$2' = any(signal_kinds) from vigie.finding where shipment_id = '$1' and as_of = (select max(as_of) from vigie.night)"; }
expect "the other carrier has never seen it" t "$(has handoff handoff_gap)"
expect "the round has no end" t "$(has out out_not_closed)"
expect "it is abroad for nothing" t "$(has abroad impossible_history)"
expect "the number is dead" t "$(has 'dead number' tracking_dead)"
expect "what is damaged is worth its value" t "$(sql "select bool_and(at_risk_minor = coalesce(value_minor, 0))
    from vigie.finding where kind = 'damaged'")"

# What explains a case clears it, and is named; what has ended badly stays as it was.
scan customs '2026-04-10 10:00' customs_cleared CDG
scan out '2026-04-10 10:00' delivered LYS
scan attempt '2026-04-10 10:00' out_for_delivery LYS
scan pickup '2026-04-10 10:00' delivered SHOP
scan circle '2026-04-10 10:00' in_transit MRS
scan handoff '2026-04-10 10:00' delivery_depot LYS 'Velo Lyon'
scan moved '2026-04-10 10:00' delivered MRS
scan 'never made' '2026-04-10 10:00' delivered LYS
night 2026-04-10
expect "a night that adds sets aside what one that read everything did" "$(cat "$work/first")" "$(asides_of_night)"
for id in customs out attempt pickup circle handoff moved; do expect "$id is cleared" cleared "$(of state $id)"; done
expect "the scan that explains it" "delivered at MRS on 2026-04-10 10:00" \
    "$(sql "select note from vigie.case_event where shipment_id = 'moved' and event = 'cleared'")"
for id in broken back burnt; do
    expect "$id is told again" 1 "$(told $id)"
    expect "$id is opened once" opened "$(events $id)"
done

# Three weeks later nobody is told again, and nothing has vanished, though the source forgot one.
expect "a case to be forgotten" open "$(of state 'dead number')"
sql "delete from vigie_source.scans where shipment_id = 'dead number'; delete from vigie_source.shipments where shipment_id = 'dead number'"
night 2026-05-01
expect "what is not in the source waits" open "$(of state 'dead number')"
for id in back burnt; do
    expect "$id is not told any more" 0 "$(told $id)"
    expect "$id waits for somebody" open "$(of state $id)"
done

# A year without data: whoever is labelled then is watched, and nothing is said on the strength of what was normal once.
sql "insert into vigie_source.shipments (shipment_id, tracking_number, carrier, created_at) values ('after', 'after', 'colissimo', '2027-05-20 08:00+02')"
night 2027-06-01
expect "nothing is left to learn from, one is judged, and of none is anything claimed" "1 1 None" \
    "$(told_of 'night["judged"], night["abstained"], night["lost_false_share"]' 2027-06-01 | tr -d '(),')"
expect "no case outlives what is watched" "made more than 365 days ago: no longer watched" "$(sql "select distinct note from vigie.cases
    join vigie.case_event using (shipment_id) where event = 'cleared' and as_of > '2027-01-01' and shipment_id <> 'dead number'")"
expect "nor does one whose parcel is gone" "gone from the source, and last judged more than 365 days ago: no longer watched" \
    "$(sql "select note from vigie.case_event where shipment_id = 'dead number' and event = 'cleared'")"
expect "of the old ones none is left" 0 "$(sql "select count(*) from vigie.cases where state in ('open', 'acknowledged', 'snoozed')")"
expect "it says why" t "$("$vigie" explain after --as-of 2027-06-01 | grep -q 'abstains .*too little history after "announced"' && echo t)"
conclude
