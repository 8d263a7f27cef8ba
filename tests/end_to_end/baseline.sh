#!/bin/sh
# What is normal, asked for with the program itself: a busy service, a thin lane, things that do not exist; and how much an
# explanation takes from a parcel's parents.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
cd "$work"
unset VIGIE_CONFIG COLUMNS || true

vigie() { "$VIGIE_PROGRAM" "$@" --set "database.url=dbname=$PGDATABASE" --set "output=$work/out"; }
# said WHAT EXIT WORDS ARGUMENT...: the command ends with EXIT and says WORDS, on either stream
said() {
    what=$1 wanted=$2 words=$3
    shift 3
    status=0
    vigie "$@" >said 2>&1 || status=$?
    expect "$what: exit code" "$wanted" "$status"
    grep -qF -e "$words" said || expect "$what" "$words" "$(cat said)"
}
# ask EXPRESSION: of the JSON in the file told, as t; b is the first baseline
ask() { python3 -c "import json; t = json.load(open('told')); b = (t.get('baselines') or [{}])[0]; print($1)"; }

vigie init >said 2>&1
vigie simulate --quiet --load --seed 7 --shipments 6000 --from 2026-03-01 --to 2026-05-31 --as-of 2026-06-06 >said 2>&1
said "nothing learned yet" 1 'nothing was learned' baseline colissimo --as-of 2026-06-05
vigie learn --quiet --as-of 2026-06-05 >said 2>&1
at="--as-of 2026-06-05"

# --- A busy service ---------------------------------------------------------------------------------------------------
# shellcheck disable=SC2086 # $at is words
{
    said "all milestones of a carrier" 0 'colissimo: hours of operation' baseline colissimo $at
    expect "each has its line" 1 "$(grep -c '^  out for delivery ' said)"
    said "the carrier by another spelling" 0 'colissimo / home: hours' baseline 'La Poste Colissimo' HOME $at
    vigie baseline colissimo home in_transit $at --svg curve.svg --html curve.html --format json >told
}
expect "the schema" vigie.baseline/1 "$(ask "t['schema']")"
expect "the shares of all levels add up" True "$(ask "abs(sum(g['share'] for g in b['rests_on']) - 1) < 1e-9")"
expect "from all carriers down" "everybody carrier service" "$(ask "' '.join(g['level'] for g in b['rests_on'])")"
expect "a busy service stands on its own counts" True "$(ask "b['rests_on'][2]['share'] > .8 and b['rests_on'][2]['events'] > 500")"
expect "more events further up" True "$(ask "b['rests_on'][0]['events'] > b['rests_on'][1]['events'] > b['rests_on'][2]['events']")"
expect "what was chosen, and what it earned" True "$(ask "b['choices']['start']['by'] == 'phase' and b['choices']['start']['gain'] > .02")"
expect "quantiles rise" True "$(ask "[q['operating_hours'] for q in b['moved_on']] == sorted(q['operating_hours'] for q in b['moved_on'])")"
# The median wait of those that moved on, by the wall clock.
median=$(sql "with gap as (select code, date_part('epoch', lead(occurred_at) over (partition by shipment_id order by occurred_at) - occurred_at) / 3600 as hours
                             from vigie_source.scans join vigie_source.shipments p using (shipment_id)
                            where p.carrier ilike 'colissimo' and p.service = 'home')
               select percentile_cont(.5) within group (order by hours) from gap where code = 'MD2'")
vigie baseline colissimo home out_for_delivery --as-of 2026-06-05 --format json >busy.json
expect "and are near what the parcels did" True "$(python3 -c "
import json, sys
print(abs(json.load(open('busy.json'))['baselines'][0]['moved_on'][1]['operating_hours'] - float(sys.argv[1])) < 2)" "$median")"
expect "the curve rises within its band" True "$(ask "all(p['low'] <= p['moved'] <= p['high'] for p in b['curve']) and all(p['moved'] <= q['moved'] for p, q in zip(b['curve'], b['curve'][1:]))")"
expect "the knowledge has an age" True "$(ask "t['learned_as_of'].startswith('2026-06-05') and 0 < t['age_days'] < 90 and t['first_day'] < t['last_day'] <= '2026-06-05'")"
expect "the drawing is XML" svg "$(python3 -c "import xml.etree.ElementTree as e; print(e.parse('curve.svg').getroot().tag.split('}')[1])")"
expect "the page says it all" 1 "$(grep -c 'What is normal: colissimo / home' curve.html | sed 's/[1-9].*/1/')"

# shellcheck disable=SC2086
{
    vigie baseline colissimo home in_transit $at --svg again.svg --html again.html >said
    expect "the same bytes again" "" "$(cmp curve.svg again.svg; cmp curve.html again.html)"
    vigie baseline colissimo home in_transit --measure arrive $at --format json >told
}
expect "to first presentation takes longer" True "$(ask "b['measure'] == 'arrive' and b['moved_on'][1]['operating_hours'] > 8")"

# --- A thin lane ------------------------------------------------------------------------------------------------------
thin=$(sql "select origin || '>' || destination from vigie.learned_cohort
             where carrier = 'colissimo' and service = 'home' and kind = 2 and milestone = 'in_transit' and measure = 1
             group by 1 order by sum((select sum(x) from unnest(ended) x)), 1 limit 1")
# shellcheck disable=SC2086
{
    vigie baseline colissimo home "$thin" in_transit $at --format json >told
    said "in words" 0 'rests on' baseline colissimo home "$thin" in_transit $at
}
expect "is asked for by its name" "lane colissimo / home / $thin" "$(ask "b['level'] + ' ' + b['group']")"
expect "its service says most of it" True "$(ask "b['rests_on'][3]['share'] < .5 < b['rests_on'][2]['share'] + b['rests_on'][1]['share']")"
expect "shares add up" True "$(ask "abs(sum(g['share'] for g in b['rests_on']) - 1) < 1e-9")"
expect "it hardly bends its service" True "$(ask ".5 < b['lane']['factor'] / b['lane']['stretch'] < 2")"

# --- What does not exist ----------------------------------------------------------------------------------------------
# shellcheck disable=SC2086
{
    said "an unknown carrier" 2 'nothing was learned of carrier "colisimo" (did you mean "colissimo"?); there is: ' baseline colisimo $at
    said "an unknown service" 2 'nothing was learned of "colissimo" service "drone"; there is: ' baseline colissimo drone $at
    said "an unknown lane" 2 'nothing was learned of "colissimo / home" lane "MARS>VENUS"; there is: ' baseline colissimo home 'MARS>VENUS' $at
    expect "lists at most 20" 20 "$(sed 's/.*there is: //; s/ and [0-9]* more$//' said | tr ',' '\n' | grep -c '>')"
    expect "sorted" "" "$(sed 's/.*there is: //; s/ and [0-9]* more$//' said | sed 's/, /\n/g' | LC_ALL=C sort -c 2>&1)"
    said "a lane of no service" 2 'by any service of "colissimo"' baseline colissimo 'MARS>VENUS' $at
    said "a lane of several services" 2 'name one of ' baseline colissimo 'IDF>ARA' $at
    said "no milestone" 2 'expected a milestone such as "in_transit", not "transit"' baseline colissimo home transit $at
    said "the milestone is not last" 2 'the milestone comes last' baseline colissimo in_transit home $at
    said "an unknown measure" 2 'unrecognized measure "mvoe"' baseline colissimo --measure mvoe $at
    said "not as CSV" 2 'prints text or json' baseline colissimo --format csv $at
    said "nothing asked" 2 'CARRIER' baseline $at
    said "nowhere to write" 1 '"/dev/null/x.svg"' baseline colissimo --svg /dev/null/x.svg $at
    said "what nobody does abstains" 0 'too little history after "destroyed"' baseline colissimo destroyed $at
    said "controls stay out of the terminal" 2 'nothing was learned of carrier' baseline "$(printf 'x\033[31m')" $at
}
expect "no control" 0 "$(LC_ALL=C grep -c "$(printf '\033')" said || true)"

# --- Explain ----------------------------------------------------------------------------------------------------------
parcel=$(sql "select shipment_id from vigie_source.shipments join vigie_source.simulated_truth using (shipment_id)
               where carrier ilike 'colissimo' and origin_zone || '>' || destination_zone = '$thin' and service = 'home' and lost order by 1 limit 1")
[ -n "$parcel" ] || parcel=$(sql "select shipment_id from vigie_source.simulated_truth where lost order by 1 limit 1")
# shellcheck disable=SC2086
{
    vigie explain --shipment "$parcel" $at --format json >told
    said "how much comes from its parents" 0 'believed ' explain --shipment "$parcel" $at
}
expect "in words" t "$(grep -qE 'believed +(less than 1|[0-9]+)% from ' said && echo t)"
expect "and as data" True "$(ask "abs(sum(g['share'] for g in t['judgement']['rests_on']) - 1) < 1e-9")"

# --- The pages in a browser -------------------------------------------------------------------------------------------
if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    # shellcheck disable=SC2086
    vigie baseline colissimo $at --html all.html >said
    for page in all curve; do
        python3 "$root/tests/harness/browser.py" "$work/$page.html" 390 1200 >seen
        expect "$page fits, runs nothing, complains of nothing" "True True" \
            "$(python3 -c "
import json
print(*[s['too_wide'] == s['scripts'] == s['links_to_nowhere'] == s['unlabelled_headers'] == 0 and s['complaints'] == [] and s['text'] > 300
        for s in map(json.loads, open('seen'))])")"
    done
fi
conclude
