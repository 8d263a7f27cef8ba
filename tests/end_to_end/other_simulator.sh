#!/bin/sh
# Data of another generator, when they are here: 600 parcels of five carriers, of which 50 came late and 4 never. What was
# said of them on nights of the past holds against what that generator knows.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
data=$root/../shared/oracles/data
[ -e "$data/sim_scans_800.csv" ] || skip "the other generator's data are not here"
use_program

# Its scans end with its own night; what came later stands in its truth.
{
    echo shipment_id,occurred_at,milestone,place
    sed 1d "$data/sim_scans_800.csv" | sed 's/,LABEL,/,announced,/; s/,PICKUP,/,accepted,/; s/,OUT_FOR_DELIVERY,/,out_for_delivery,/
        s/,DELIVERED,/,delivered,/; s/,\(ORIGIN_HUB\|DEPART\|DEST_HUB\),/,in_transit,/'
    awk -F, 'NR == FNR { if ($3 == "DELIVERED") seen[$1] = 1; next } $3 != "" && $3 != "delivered_at" && !seen[$1] { print $1 "," $3 ",delivered," }' \
        "$data/sim_scans_800.csv" "$data/sim_truth_800.csv"
} >"$work/scans.csv"
awk -F, 'NR == FNR { if ($3 == "LABEL") label[$1] = $2; next }
    FNR == 1 { print "shipment_id,tracking_number,created_at,carrier,service,origin_zone,destination_zone,promised_at"; next }
    { print $1 "," $1 "," label[$1] "," $2 "," $3 "," $4 "," $5 "," $6 }' "$data/sim_scans_800.csv" "$data/sim_shipments_800.csv" >"$work/shipments.csv"

"$vigie" init --quiet >"$work/said"
"$vigie" import --quiet "$work/shipments.csv" "$work/scans.csv" >"$work/said" 2>&1 || { cat "$work/said"; exit 1; }
expect "all is read" "600 3941" "$(sql "select (select count(*) from vigie_source.shipments) || ' ' || (select count(*) from vigie_source.scans)")"
"$vigie" backtest --quiet --set time_zone=UTC --from 2024-01-12 --to 2024-01-30 --every 2 --as-of 2024-04-30 >"$work/said" 2>&1 ||
    { cat "$work/said"; exit 1; }

# ask EXPRESSION: of the backtest; m(q, name) are a method's scores
ask() {
    python3 -c "import json, sys
d = json.load(open(sys.argv[1]))
def m(q, name): return next(m['scores'] for m in d[q]['methods'] if m['name'] == name)
print($1)" "$work/out/backtest-2024-01-12-2024-01-30/backtest.json"
}
# Ten nights, the first of them eleven days after the first label: little to learn from, and all the more to be modest about.
expect "late ones come before punctual ones" True "$(ask "m('late', 'stated')['auc']['value'] > .75")"
expect "as many are late as is said" True "$(ask "abs(m('late', 'stated')['stated'] - m('late', 'stated')['base_rate']) < .03")"
expect "delivered parcels alone say less" True "$(ask "m('late', 'stated')['log_loss']['value'] < m('late', 'delivered_only')['log_loss']['value']")"
expect "lost ones come before others" True "$(ask "m('lost', 'stated')['auc']['value'] > .8")"
expect "no more are lost than is said" True "$(ask "abs(m('lost', 'stated')['stated'] - m('lost', 'stated')['base_rate']) < .02")"
expect "which says more than the rate" True "$(ask "m('lost', 'stated')['brier_skill'] > 0")"
expect "nobody is called lost whom a month cannot tell" True "$(ask "sum(n['cases'].get('lost', 0) for n in d['nights']) <= 5")"
conclude
