#!/bin/sh
# The night's page as a reader meets it, in a real browser (headless Chromium): from disk, without a script, at the width of
# a desk and of a phone. Texts of the source that look like markup, formulas or direction overrides stay texts.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
command -v chromedriver >/dev/null && [ -x /usr/bin/chromium ] || skip "needs Debian's chromium and chromium-driver"
use_program
merchant='<script>document.title = "stolen"</script> & Fils'

"$vigie" init --quiet >/dev/null
"$vigie" simulate --quiet --load --shipments 4000 --from 2026-01-05 --to 2026-04-10 --seed 3 >/dev/null
# The costliest case tonight gets what an attacker, or a careless export, would put there.
"$vigie" nightly --quiet --as-of 2026-04-08 --set merchant.name="$merchant"
worst=$(sql "select shipment_id from vigie.finding order by expected_cost_minor desc limit 1")
sql "update vigie_source.shipments set tracking_number = '=1+1<img src=x onerror=\"document.title=1\">' || chr(8238) || 'txt' where shipment_id = '$worst'"
"$vigie" nightly --quiet --as-of 2026-04-09 --set merchant.name="$merchant"

# field NAME WIDTH: what the browser saw.
/usr/bin/python3 "$root/tests/harness/browser.py" "$work/out/2026-04-09/night.html" 1300 390 >"$work/seen"
field() {
    /usr/bin/python3 -c 'import json, sys
for line in open(sys.argv[1]):
    seen = json.loads(line)
    if seen["width"] == int(sys.argv[3]):
        print(seen[sys.argv[2]])' "$work/seen" "$1" "$2"
}
cases=$(sql "select count(*) from vigie.finding f join vigie.cases c using (shipment_id)
              where f.as_of = (select max(as_of) from vigie.night) and c.state in ('open', 'acknowledged', 'snoozed')")
for width in 1300 390; do
    expect "$width: nothing ran and nothing was fetched" "0 []" "$(field scripts $width) $(field complaints $width)"
    expect "$width: the title is a text" "$merchant - Parcels on 9 April 2026" "$(field title $width)"
    expect "$width: every case has its row" t "$([ "$(field rows $width)" -ge "$cases" ] && [ "$cases" -gt 10 ] && echo t)"
    expect "$width: the page fits" 0 "$(field too_wide $width)"
    expect "$width: links lead somewhere, headers have a scope" "0 0" "$(field links_to_nowhere $width) $(field unlabelled_headers $width)"
done
conclude
