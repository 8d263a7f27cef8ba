#!/bin/sh
# A backtest over half a simulated year: it says the same twice and with any number of workers, tells the past nothing of
# what was recorded later, writes no row, and refuses what it cannot do.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
VIGIE_DATABASE_URL="dbname=$PGDATABASE"
export VIGIE_DATABASE_URL
folder=backtest-2026-03-06-2026-08-21

"$VIGIE_PROGRAM" init --quiet >"$work/said"
"$VIGIE_PROGRAM" simulate --quiet --load --shipments 6000 --from 2025-10-01 --to 2026-08-31 --seed 7 --as-of 2026-10-31 >"$work/said"

# backtest FOLDER [OPTION...]: the summary goes to $work/FOLDER.txt
backtest() {
    VIGIE_OUTPUT=$work/$1
    export VIGIE_OUTPUT
    out=$work/$1.txt
    shift
    "$VIGIE_PROGRAM" backtest --quiet --from 2026-03-06 --to 2026-08-21 --every 42 --as-of 2026-10-31 "$@" >"$out" 2>&1 ||
        { cat "$out"; exit 1; }
}
same() { expect "$1" "" "$(diff -rq "$work/$2/$folder" "$work/$3/$folder" 2>&1)"; }
# What was said on the nights, without what became of the parcels.
said() { cut -d, -f1-11,14-18 "$work/$1/$folder/backtest.csv"; }
# ask FOLDER EXPRESSION: of the JSON document d
ask() { python3 -c "import json, sys; d = json.load(open(sys.argv[1])); print($2)" "$work/$1/$folder/backtest.json"; }
# Rows that a job of the night would have written.
written() { sql "select (select count(*) from vigie.run) + (select count(*) from vigie.learned) + (select count(*) from vigie.forecast)
    + (select count(*) from vigie.finding) + (select count(*) from vigie.set_aside)"; }

before=$(written)
backtest first
expect "no row is written" "$before" "$(written)"
expect "page, data and parcel-nights" "backtest.csv backtest.html backtest.json" "$(cd "$work/first/$folder" && echo *)"
backtest alone --set source.workers=1 --set source.page_shipments=300
same "the same again, by one worker, in small pages" first alone

expect "nights" 5 "$(ask first "len(d['nights'])")"
expect "a row for each parcel-night" "$(ask first "d['parcel_nights'] + 1")" "$(grep -c . "$work/first/$folder/backtest.csv")"
expect "its rows add up" True "$(ask first "sum(n['judged'] for n in d['nights']) == d['parcel_nights']")"
expect "all matured" 0 "$(ask first "d['late']['not_matured'] + d['lost']['not_matured']")"
expect "better than chance" True "$(ask first "d['late']['methods'][0]['scores']['auc']['value'] > .6 and d['lost']['methods'][0]['scores']['auc']['value'] > .9")"
expect "the rules stand beside it" "stated raw silence age delivered_only" "$(ask first "*[m['name'] for m in d['late']['methods']]")"
expect "it is recalibrated where that helps, and not by the first night" "0 True" \
    "$(ask first "d['nights'][0]['late']['recalibrated_by'], any(n['late']['recalibrated_by'] > 0 for n in d['nights'])")"
expect "the summary names both questions" 2 "$(grep -c '^P(la*[to][ets]*)' "$work/first.txt")"
expect "a spreadsheet's header" as_of "$(head -n 1 "$work/first/$folder/backtest.csv" | cut -d, -f1)"

# The outcomes come from the source as it is known later, the truth of the simulator included in it.
expect "late ones are those that the simulator made late" "0 t" "$(sql <<END
create temporary table said (shipment_id text, late text);
\copy said from program 'cut -d, -f2,12 "$work/first/$folder/backtest.csv" | tail -n +2 | sort -u' (format csv)
select count(*) filter (where said.late::boolean <> t.late) || ' ' || case when count(*) > 300 then 't' else 'f' end
  from said join vigie_source.simulated_truth t using (shipment_id)
 where coalesce(t.dirty, '') = '' and said.late is not null and t.late is not null;
END
)"

# Lost on a night is who moves no more: the simulator knows. AUC by ranks (Mann, Whitney, 1947).
sql <<END
create temporary table lost_said (as_of timestamptz, shipment_id text, p float8, lost text, scored boolean);
\copy lost_said from program 'cut -d, -f1,2,11,13,15 "$work/first/$folder/backtest.csv" | tail -n +2' (format csv)
create table told as
select p, s.lost::boolean as said, t.lost and not exists (select from vigie_source.scans c where c.shipment_id = s.shipment_id and c.occurred_at > s.as_of) as lost
  from lost_said s join vigie_source.simulated_truth t using (shipment_id)
 where scored and p is not null and s.lost is not null and coalesce(t.dirty, '') = '';
END
expect "lost ones are those that the simulator lost by then" "0 t" "$(sql "select count(*) filter (where said <> lost) || ' ' || case when count(*) filter (where lost) > 5 then 't' else 'f' end from told")"
expect "they come before others" t "$(sql "with ranked as (select lost, rank() over (order by p) + (count(*) over (partition by p) - 1) / 2.0 as place from told)
select sum(place) filter (where lost) - count(*) filter (where lost) * (count(*) filter (where lost) + 1) / 2.0
       > .98 * count(*) filter (where lost) * count(*) filter (where not lost) from ranked")"
expect "which the backtest says itself" True "$(ask first "d['lost']['methods'][0]['scores']['auc']['value'] > .98")"

# What is recorded after the last night changes no statement, though it tells of the time before; it may change outcomes.
sql "insert into vigie_source.scans (shipment_id, occurred_at, milestone, place, recorded_at)
     select shipment_id, created_at + interval '30 h', 'delivered', 'PAR', '2026-09-15' from vigie_source.shipments
      where hashtext(shipment_id) % 10 = 0;
     insert into vigie_source.shipments (shipment_id, tracking_number, carrier, created_at, promised_at)
     select 'later' || i, 'L' || i, 'colissimo', timestamptz '2026-08-25' + i * interval '1 h', '2026-09-10'
       from generate_series(1, 200) i;
     insert into vigie_source.scans (shipment_id, occurred_at, milestone, place, recorded_at)
     select shipment_id, created_at + interval '3 h', 'accepted', 'LIL', created_at + interval '3 h'
       from vigie_source.shipments where shipment_id like 'later%'"
backtest later
said first >"$work/said.first"
said later >"$work/said.later"
expect "the future is hidden" "" "$(diff "$work/said.first" "$work/said.later" 2>&1 | head -n 4)"
expect "outcomes follow the source" different \
    "$(cmp -s "$work/first/$folder/backtest.csv" "$work/later/$folder/backtest.csv" && echo same || echo different)"

# With outcomes known by the last night only, some are open; what was said stays.
backtest early --as-of 2026-08-21
said early >"$work/said.early"
expect "what was said does not depend on when outcomes are known" "" "$(diff "$work/said.later" "$work/said.early" 2>&1 | head -n 4)"
expect "some have not matured" True "$(ask early "d['late']['not_matured'] > 0 and d['lost']['not_matured'] > 0")"

# Weights of 1 change nothing; others change what is learned, and scores count each row by it.
sql "alter table vigie_source.shipments add sample_weight float8; update vigie_source.shipments set sample_weight = 1"
backtest even
same "weights of 1" later even
sql "update vigie_source.shipments set sample_weight = 2.5 where hashtext(shipment_id) % 2 = 0"
backtest weighted
expect "weighted scores are there" True "$(ask weighted "d['is_weighted'] and d['late']['methods'][0]['scores']['weight'] > d['late']['methods'][0]['unweighted']['weight']")"
expect "plain ones count parcels" "$(ask later "d['late']['methods'][0]['scores']['count']")" "$(ask weighted "d['late']['methods'][0]['scores']['count']")"

# refused WHAT OPTION...
refused() {
    what=$1
    shift
    "$VIGIE_PROGRAM" backtest "$@" >"$work/said" 2>&1 && ended=0 || ended=$?
    expect "$what" 2 "$ended"
}
VIGIE_OUTPUT=$work/refused
refused "no --from" --to 2026-08-21
refused "no --to" --from 2026-08-21
refused "backwards" --from 2026-08-21 --to 2026-08-20 --as-of 2026-10-31
refused "a night to come" --from 2026-08-21 --to 2026-11-01 --as-of 2026-10-31
refused "every 0 days" --from 2026-08-01 --to 2026-08-21 --every 0 --as-of 2026-10-31
refused "too many nights" --from 1990-01-01 --to 2026-08-21 --as-of 2026-10-31
refused "csv on standard output" --from 2026-08-01 --to 2026-08-21 --format csv --as-of 2026-10-31
expect "refused: no folder" absent "$([ -e "$work/refused" ] && echo there || echo absent)"
"$VIGIE_PROGRAM" backtest --quiet --dry-run --from 2026-08-21 --to 2026-08-21 --as-of 2026-10-31 --format json >"$work/dry.json"
expect "dry run: no folder" absent "$([ -e "$work/refused" ] && echo there || echo absent)"
"$VIGIE_PROGRAM" backtest --quiet --dry-run --from 2026-08-21 --to 2026-08-21 --as-of 2026-10-31 --format json --age 2 >"$work/young.json"
expect "--age leaves older parcels out" True "$(python3 -c "import json, sys
all, young = (json.load(open(path))['lost']['methods'][0]['scores']['count'] for path in sys.argv[1:])
print(0 < young < all)" "$work/dry.json" "$work/young.json")"
expect "dry run: all is said" vigie.backtest/1 "$(python3 -c "import json, sys; print(json.load(open(sys.argv[1]))['schema'])" "$work/dry.json")"

# SIGTERM ends it between batches, and leaves nothing half done.
"$VIGIE_PROGRAM" backtest --quiet --from 2025-12-01 --to 2026-08-21 --as-of 2026-10-31 >"$work/said" 2>&1 &
running=$!
sleep 1
kill -TERM $running
wait $running && ended=0 || ended=$?
expect "SIGTERM" 143 "$ended"
expect "no folder of a broken run" absent "$([ -e "$work/refused" ] && echo there || echo absent)"
conclude
