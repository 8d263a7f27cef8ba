#!/bin/sh
# The night's report as people meet it, in a real browser (headless Chromium): from disk, without a network, with and without
# script, at three widths, and what axe-core says of it. Texts of the source that look like markup, formulas or direction
# overrides stay texts.
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
night=$work/out/2026-04-09

# What it holds.
cases=$(sql "select count(*) from vigie.finding f join vigie.cases c using (shipment_id)
              where f.as_of = (select max(as_of) from vigie.night) and c.state in ('open', 'acknowledged', 'snoozed')")
expect "every case has its row" "$cases" "$(grep -c '<tr id="case-' "$night/night.html")"
expect "the number is no more than a number in the link" 1 \
    "$(grep -c 'href="https://[^"<>]*%3D1%2B1%3Cimg%20src%3Dx[^"<>]*txt"' "$night/night.html")"
expect "the night before leads here" 1 "$(grep -c 'url=../2026-04-09/night.html' "$work/out/2026-04-08/next.html")"
expect "nothing comes after" 1 "$(grep -c 'no report of a later night yet' "$night/next.html")"
expect "the index has both" "2026-04-09 2026-04-08" \
    "$(grep -o '<tr id="night-[^"]*"' "$work/out/index.html" | cut -d '"' -f 2 | sed 's/night-//' | paste -s -d ' ')"

# The page of a case tells what explain tells, in the same words.
number=$(sql "select case_number from vigie.cases where shipment_id = '$worst'")
COLUMNS=1000 "$vigie" explain --case "$number" --as-of 2026-04-09 >"$work/told"
expect "every word of explain stands in the page of the case" "" "$(/usr/bin/python3 - "$work/told" "$night/cases/$number.html" <<'PY'
import html.parser, re, sys
class Words(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words = []
    def handle_data(self, data):
        self.words.append(data)
page = Words()
page.feed(open(sys.argv[2], encoding="utf-8").read())
seen = re.sub(r"\s+", " ", " ".join(page.words))
for line in open(sys.argv[1], encoding="utf-8"):
    for piece in re.split(r"\s{2,}", line.strip().lstrip("*? ")):
        if re.sub(r"\s+", " ", piece) not in seen and not piece.startswith("Timeline ("):
            print(piece)
PY
)"
expect "pages are named by number alone" "" "$(find "$night/cases" -type f | sed 's|.*/||' | grep -vE '^[0-9]+\.html$' || true)"
expect "each is linked" "$(find "$night/cases" -type f | wc -l)" "$(grep -c '<a href="cases/[0-9]*.html"' "$night/night.html")"
touch "$night/cases/999999.html"
"$vigie" report --quiet --as-of 2026-04-09 --set merchant.name="$merchant" --set report.case_pages=3
expect "fewer were asked for, and what was there is gone" t \
    "$([ -e "$night/cases/$number.html" ] && [ "$(find "$night/cases" -type f | wc -l)" -le 6 ] && [ ! -e "$night/cases/999999.html" ] && echo t)"

axe=${VIGIE_AXE:-$root/build/tools/axe.min.js}
[ -e "$axe" ] || { echo "without axe-core: scripts/install-packages --tests fetches it through npm" && axe=""; }
# With VIGIE_PICTURES=FOLDER it also keeps pictures of all pages, light, dark and on paper, to be looked at.
/usr/bin/python3 "$root/tests/harness/report_browser.py" "$night/night.html" --axe "$axe" --pictures "${VIGIE_PICTURES:-}" \
    --title "$merchant - Parcels on 9 April 2026" --others "$work/out/index.html" "$night/cases/$number.html" >"$work/seen" || true
grep -v '^ok' "$work/seen" || true
expect "the browser finds nothing wrong" 0 "$(grep -vc '^ok' "$work/seen" || true)"
expect "and looked" t "$([ "$(grep -c '^ok' "$work/seen")" -gt 25 ] && echo t)"
conclude
