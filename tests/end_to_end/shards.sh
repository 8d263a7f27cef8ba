#!/bin/sh
# Learning divided between hosts: three parts counted in any order, two of them at once, and added up by the night, end in the
# state of one process: all rows and all files. What is missing, or was counted by other rules, is not believed.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program
day=2026-04-02
"$vigie" init --quiet >/dev/null
"$vigie" simulate --quiet --load --shipments 1500 --from 2026-01-05 --to 2026-04-05 --until 2026-04-05 --seed 5 2>/dev/null
# Rows that cannot be used, in different parts; at the beginning a whole page of them.
sql "update vigie_source.shipments set carrier = '' where shipment_id in (select shipment_id from vigie_source.shipments order by shipment_id limit 120)
     or shipment_id in (select shipment_id from vigie_source.shipments order by shipment_id desc limit 2)"
other=${PGDATABASE}_other
createdb -T "$PGDATABASE" "$other"
there() { psql -X -q -At -v ON_ERROR_STOP=1 -d "$other" -c "$1"; }
in_other() { "$vigie" "$@" --set database.url="dbname=$other" --set output="$work/there"; }
code() { "$@" >"$work/out.txt" 2>"$work/said" && echo 0 || echo $?; }
shard() { code in_other learn --as-of $day --shard "$@"; }
asides="select step, source, key, reason from vigie.set_aside order by 1, 2, 3, 4"

"$vigie" nightly --quiet --as-of $day
night_state "$PGDATABASE" "$work/out" >"$work/one"
expect "rows were set aside" t "$(sql "select count(*) > 0 from vigie.set_aside")"

expect "a rehearsal" 0 "$(shard 2/3 --dry-run)"
expect "leaves nothing" 0 "$(there "select count(*) from vigie.learn_part")"
expect "the last part first" 0 "$(shard 3/3 --format json)"
expect "with a summary" "3 done" "$(tail -n 1 "$work/out.txt" | python3 -c 'import json, sys; line = json.load(sys.stdin); print(line["part"], line["state"])')"
expect "counted already" 99 "$(shard 3/3 --skip-if-done)"
in_other learn --quiet --as-of $day --shard 1/3 --set source.page_shipments=100 --set source.workers=1 &
first=$!
in_other learn --quiet --as-of $day --shard 2/3
wait $first
expect "three parts of one division" "3 3" "$(there "select count(sums) || ' ' || count(distinct coalesce(after_id, '')) from vigie.learn_part")"
expect "none of them holds everything" t "$(there "select max((sums::json -> 'shipments')::text::int) < 1000 and min((sums::json -> 'shipments')::text::int) > 0 from vigie.learn_part")"
expect "parts are no runs" 0 "$(there "select count(*) from vigie.run")"
# The night reads nothing to learn: the source is not even there for that step.
expect "added up" 0 "$(code in_other nightly --only learn --as-of $day --set source.page_shipments=100)"
expect "the parts are gone" 0 "$(there "select count(*) from vigie.learn_part")"
in_other nightly --quiet --as-of $day --if-exists resume
expect "its report tells them, as that of one run does" 1 "$(grep -c '"step": "learn"' "$work/out/$day/night.json")"
night_state "$other" "$work/there" >"$work/three"
expect "three parts end as one process" "" "$(diff "$work/one" "$work/three")"
expect "with the same rows set aside" "$(sql "$asides")" "$(there "$asides")"

# What is not complete, or was counted by other rules, is told, and everything is read.
expect "one of four" 0 "$(shard 2/4)"
expect "by other rules" 0 "$(code in_other learn --as-of $day --shard 1/2 --set learn.half_life_days=50)"
expect "by other rules, too" 0 "$(code in_other learn --as-of $day --shard 2/2 --set learn.half_life_days=50)"
expect "a night without its parts" 0 "$(code in_other nightly --only learn --as-of $day)"
expect "says so" 1 "$(grep -c 'not all parts of learning were counted: everything is read counted=1 parts=4' "$work/said")"
for step in detect claim submit alert report; do in_other nightly --quiet --only $step --as-of $day; done
expect "and ends alike" "" "$(night_state "$other" "$work/there" | diff "$work/one" -)"

# More parts than shipments.
there "delete from vigie_source.scans; delete from vigie_source.shipments where shipment_id > (select min(shipment_id) from vigie_source.shipments); analyze vigie_source.shipments"
for part in 1 2 3 4 5; do expect "part $part of few" 0 "$(shard $part/5)"; done
expect "added up" 0 "$(code in_other learn --as-of $day)"

for wrong in 0/3 4/3 1/1 3 a/b 1/3x 1/2000 /; do expect "part $wrong" 2 "$(shard "$wrong")"; done
expect "says what was expected" 1 "$(grep -c 'expected K/N, as 2/3' "$work/said")"
expect "other steps cannot be divided" 2 "$(code in_other detect --as-of $day --shard 1/3)"
conclude
