#!/bin/sh
# Every vigie command that README.md shows in a block of its own runs, in its order, on a simulated merchant. What a
# reader puts in is put in here: a tracking number, and a day that is still ahead.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
mkdir "$work/bin"
ln -s "${VIGIE_PROGRAM:?}" "$work/bin/vigie"
PATH=$work/bin:$PATH
VIGIE_DATABASE_URL="dbname=$PGDATABASE"
VIGIE_OUTPUT=$work/out
export PATH VIGIE_DATABASE_URL VIGIE_OUTPUT
cd "$work"

vigie init --quiet >/dev/null
vigie simulate --quiet --load --shipments 6000 --from 2026-08-01 --to 2026-11-20 --seed 5 >/dev/null
tracking=$(sql "select tracking_number from vigie_source.shipments order by shipment_id limit 1")

# Two claims that wait for an approval, whatever their numbers.
ready() { sql "select string_agg(claim_number::text, ' ') from (select claim_number from vigie.claim where state = 'ready' order by 1 limit 2) t"; }
grep -E '^    vigie ' "$root/README.md" | sed 's/^    //; s/  *#.*//' >commands
expect "README.md shows commands" t "$([ "$(wc -l <commands)" -ge 8 ] && echo t)"
while IFS= read -r command; do
    command=$(printf '%s' "$command" | sed "s/TRACKING-NUMBER/$tracking/; s/approve 12 15/approve $(ready)/; s/withdraw 15/withdraw $(ready | cut -d " " -f 2)/; s/--until [0-9-]*/--until $(date -u -d '+5 days' +%F)/")
    sh -c "$command" >said 2>&1 </dev/null && ended=0 || ended=$?
    expect "$command" 0 "$ended"
    [ "$ended" = 0 ] || cat said
done <commands
expect "the night has its report" 1 "$(find out/2026-11-20 -name night.html | wc -l)"
expect "two people's acts are kept" 2 "$(sql "select count(*) from vigie.case_event where event in ('snoozed', 'dismissed')")"
cd /
conclude
