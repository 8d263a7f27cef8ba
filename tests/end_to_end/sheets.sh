#!/bin/sh
# The night's sheets on a simulated merchant whose truth is known: scorecards are those of counts by other ways, everybody tells
# the same numbers, files are the same bytes wherever they are made, and every query of the Grafana dashboard and its alerts
# runs.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program

"$vigie" init --quiet >"$work/said"
"$vigie" simulate --quiet --load --shipments 2000 --from 2026-01-01 --to 2026-04-01 --seed 7 --dirty 0 >"$work/said"
day=2026-04-01
"$vigie" nightly --quiet --as-of $day >"$work/said" 2>&1 || cat "$work/said"
night=$work/out/$day
json() { /usr/bin/python3 -c "import json, sys; n = json.load(open('$night/night.json')); c = n['carriers']; print($1)"; }
card="vigie.v_carrier_scorecard where as_of = (select max(as_of) from vigie.v_carrier_scorecard)"

# 1. Promises kept are those that detect counted by reading the shipments of each promised day; losses those of the truth among the
#    parcels old enough.
expect "carriers" 6 "$(sql "select count(*) from $card and level = 'carrier'")"
expect "promises kept" "" "$(sql "select s.carrier, stated_promises, promised, stated_kept, kept
    from (select * from $card and level = 'carrier') s
    left join lateral (select sum(promised) as promised, sum(kept) as kept from vigie.promise_day p
                        where p.carrier = s.carrier and promise_day between s.first_day and s.promised_by) p on true
   where (stated_promises, stated_kept) is distinct from (promised, kept)")"
lost=$(sql "select sum(lost) from $card and level = 'carrier'")
expect "there are losses" t "$([ "$lost" -gt 3 ] && echo t)"
expect "losses" "$(sql "select count(*) from vigie.forecast f join vigie_source.simulated_truth t using (shipment_id)
    where t.lost and f.as_of = (select max(as_of) from vigie.forecast)
      and f.accepted_at < ((select accepted_by from vigie.scorecard_night) + 1)::timestamp at time zone 'Europe/Paris'")" "$lost"

# 2. All tell the same: JSON, CSV, the command, the view.
expect "cards in JSON" "$(sql "select count(*) from $card")" "$(json 'len(c["cards"])')"
expect "and in CSV" "$(sql "select count(*) from $card")" "$(($(wc -l <"$night/carriers.csv") - 1))"
expect "the same shares" "$(sql "select string_agg(carrier || round(stated_on_time::numeric, 6), ' ' order by carrier) from $card and level = 'carrier'")" \
    "$(json "' '.join('%s%.6f' % (x['carrier'], x['on_time']['stated']['share']) for x in c['cards'] if x['level'] == 'carrier')")"
"$vigie" carriers scorecard --as-of $day --format json >"$work/cards.json"
expect "the command tells the same" "" "$(/usr/bin/python3 -c "
import json
def walk(a, b, path):
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        for key in a: walk(a[key], b[key], path + [key])
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b)): walk(x, y, path + [i])
    elif a != b and not (isinstance(a, float) and abs(a - b) < 1e-7): print(path, a, b)
walk(json.load(open('$night/night.json'))['carriers'], json.load(open('$work/cards.json')), [])")"
expect "of one carrier" colissimo "$("$vigie" carriers scorecard Colissimo --as-of $day --format json |
    /usr/bin/python3 -c 'import json, sys; print(*sorted({x["carrier"] for x in json.load(sys.stdin)["cards"]}))')"
expect "for people" t "$("$vigie" carriers scorecard colissimo --as-of $day | grep -q '^drift: ' && echo t)"
"$vigie" carriers scorecard nobody --as-of $day >"$work/said" 2>&1 && code=0 || code=$?
expect "of a carrier without parcels" "2 vigie: carriers: no parcel of \"nobody\" was accepted since $(json 'c["first_day"]')" "$code $(cat "$work/said")"
"$vigie" carriers scorecard --as-of 2026-03-01 >"$work/said" 2>&1 && code=0 || code=$?
expect "of no night" 1 "$code"

# 3. The same bytes in another locale and time zone, and over again.
(cd "$night" && sha256sum night.* cases.csv carriers.csv) >"$work/sums"
LC_ALL=fr_FR.UTF-8 TZ=Asia/Tokyo "$vigie" report --quiet --as-of $day
expect "the same bytes" "" "$(cd "$night" && sha256sum --quiet -c "$work/sums" 2>&1)"
expect "nothing half-written is left" "" "$(find "$work/out" -name '*.part')"

# 4. What machines read is as promised.
if /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
    expect "night.json fits its schema" "" "$(/usr/bin/python3 -c "
import json, jsonschema
schema = json.load(open('$root/docs/night.schema.json'))
for error in jsonschema.Draft202012Validator(schema).iter_errors(json.load(open('$night/night.json'))):
    print(list(error.path), error.message)" 2>&1)"
fi
expect "CSV of one width" 1 "$(/usr/bin/python3 -c "
import csv
print(len({len(row) for row in csv.reader(open('$night/carriers.csv', newline=''), strict=True)}))")"

# 5. Dashboards: every query of Grafana's, as vigie_reader may ask them.
psql -X -q -v source=vigie_source -f "$root/sql/roles.sql" >"$work/said" 2>&1 || cat "$work/said"
/usr/bin/python3 "$root/tests/harness/grafana.py" "$root/packaging/grafana" >"$work/queries"
expect "there are queries" t "$([ "$(wc -l <"$work/queries")" -ge 20 ] && echo t)"
while IFS= read -r query; do
    sql "set role vigie_reader; $query" >"$work/rows" 2>"$work/said" || expect "$query" "rows" "$(cat "$work/said")"
done <"$work/queries"
conclude
