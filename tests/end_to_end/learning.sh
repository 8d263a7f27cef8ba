#!/bin/sh
# Sums that grow night by night are those of reading everything again: over plain nights, scans that come late, a parcel
# that moves again after it was settled, one worker or three, a missed night, and rows changed behind our back.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
VIGIE_OUTPUT=$work/out
export VIGIE_OUTPUT
vigie() { "$VIGIE_PROGRAM" "$@" >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }; }
learn() {
    day=$1
    shift
    vigie learn --as-of "$day" "$@"
}
# All sums of a night, and which shipments the next one reads again.
sums() {
    sql "select md5(string_agg(t::text, chr(10) order by t::text collate \"C\")) from (
        select to_jsonb(l) as t from vigie.learned l where as_of = (select max(as_of) from vigie.learned)
        union all select to_jsonb(l) from vigie.learned_cohort l where as_of = (select max(as_of) from vigie.learned)
        union all select to_jsonb(l) from vigie.learned_day l where as_of = (select max(as_of) from vigie.learned)
        union all select to_jsonb(l) from vigie.learned_clock l where as_of = (select max(as_of) from vigie.learned)
        union all select to_jsonb(w) from vigie.watch w where as_of = (select max(as_of) from vigie.learned)
        union all select to_jsonb(u) from vigie.unsettled u where as_of = (select max(as_of) from vigie.learned)) all_of_it"
}
# The night's sums as they grew, and as they are when everything is read again.
same_as_relearned() {
    grown=$(sums)
    expect "$2: it was added to the night before" 1 "$(grep -c 'learned what is new' "$work/said" || true)"
    learn "$1" --relearn
    expect "$2: it was read again" 0 "$(grep -c 'learned what is new' "$work/said" || true)"
    expect "$2: the sums are the same" "$grown" "$(sums)"
}

vigie init
vigie migrate
vigie simulate --load --seed 11 --shipments 12000 --from 2025-12-15 --to 2026-04-02 --as-of 2026-04-02
learn 2026-03-12
learn 2026-03-13
same_as_relearned 2026-03-13 "the next night"
learn 2026-03-14 --set source.workers=3 --set source.page_shipments=100
same_as_relearned 2026-03-14 "by three workers"
learn 2026-03-17
same_as_relearned 2026-03-17 "after two missed nights"

# Late news: a parcel delivered long ago is scanned again, and one that nobody had heard of turns up with its history.
sql "insert into vigie_source.scans (shipment_id, occurred_at, recorded_at, milestone)
     select shipment_id, '2026-03-18 09:00Z', '2026-03-18 10:00Z', 'returning'
       from (select shipment_id from vigie_source.scans where milestone = 'delivered' and occurred_at < '2026-02-10'
              order by shipment_id limit 3) of_old;
     insert into vigie_source.scans (shipment_id, occurred_at, recorded_at, milestone)
     select shipment_id, occurred_at + interval '2 hours', '2026-03-18 11:00Z', 'in_transit'
       from (select distinct on (shipment_id) shipment_id, occurred_at from vigie_source.scans
              where occurred_at < '2026-02-01' order by shipment_id, occurred_at limit 50) corrected"
learn 2026-03-18
same_as_relearned 2026-03-18 "late news of settled parcels"
learn 2026-03-19
same_as_relearned 2026-03-19 "the night after late news"

# A rerun and an older night change nothing.
grown=$(sums)
learn 2026-03-19
expect "a rerun is the same" "$grown" "$(sums)"
learn 2026-03-16
expect "an older night leaves the newest alone" "$grown" "$(sums)"

# What is forgotten goes whole, with its rows: those of nights that were dropped, and those whose head somebody took away.
orphans() {
    sql "select count(*) from (select as_of, settled from vigie.learned_cohort union all select as_of, settled from vigie.learned_day) r
          where not exists (select from vigie.learned l where l.as_of = r.as_of and l.settled = r.settled)"
}
expect "settled sums of old nights were forgotten" t "$(sql "select count(*) filter (where settled) < count(*) filter (where not settled) from vigie.learned")"
expect "no row without its head" 0 "$(orphans)"
sql "delete from vigie.learned where as_of = (select max(as_of) from vigie.learned)"
expect "rows without their head" t "$(sql "select $(orphans) > 0")"
learn 2026-03-19 --relearn
expect "they are not there twice" "$grown" "$(sums)"
expect "and have a head again" 0 "$(orphans)"

# Rows deleted behind our back are noticed where sums no longer add up, and at the latest with --relearn.
sql "delete from vigie_source.scans where recorded_at < '2026-03-01' and shipment_id in
        (select shipment_id from vigie_source.scans where milestone = 'delivered' and occurred_at < '2026-02-10')"
learn 2026-03-20
learn 2026-03-20 --relearn
expect "relearned" 0 "$(grep -c 'learned what is new' "$work/said" || true)"

# A new month reads everything again.
learn 2026-04-01
expect "a new month" 0 "$(grep -c 'learned what is new' "$work/said" || true)"

# Other settings: their sums are not mixed.
learn 2026-04-02 --set learn.half_life_days=30
expect "other settings" 0 "$(grep -c 'learned what is new' "$work/said" || true)"

conclude
