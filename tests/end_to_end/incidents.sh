#!/bin/sh
# Incidents on a real server, injected with known truth: a hub that misses half of its departures is found the first
# night; two days without a carrier's feed are one incident, no parcel is lost or stuck for it, and it is over when scans
# come again; a night done again, or an older one, changes nothing; the night's files, the e-mail and the commands tell it.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program

"$vigie" init --quiet
"$vigie" simulate --quiet --load --shipments 12000 --from 2026-01-12 --to 2026-03-15 --seed 5 --dirty 0 \
    --incident slowdown:colissimo:PAR:2026-03-03:3:0.5 --incident outage:chronopost:2026-03-10:2
night() {
    "$vigie" learn --quiet --as-of "$1"
    "$vigie" detect --quiet --as-of "$1"
}
# What nights leave of incidents.
state() {
    for table in incident incident_night flow finding cases; do
        sql "select * from vigie.$table" | sort | sha256sum
    done
}
incidents() { sql "select count(*) from vigie.incident where $1"; }

# Two weeks show what is normal on the weekdays that follow.
for day in 16 17 18 19 23 24 25 26; do night "2026-02-$day"; done
night 2026-03-02
expect "no hub is slow before" 0 "$(incidents "kind = 'hub' and carrier = 'colissimo' and name = 'PAR'")"
expect "no feed is silent before" 0 "$(incidents "kind = 'feed'")"

# 1. The hub, the first night.
night 2026-03-03
hub="kind = 'hub' and carrier = 'colissimo' and name = 'PAR'"
expect "the hub is found the first night" "2026-03-03" \
    "$(sql "select (opened_as_of at time zone 'Europe/Paris')::date from vigie.incident where $hub")"
number=$(sql "select incident_number from vigie.incident where $hub")
expect "it runs below its pace" t "$(sql "select pace < .8 and members > 20 and observed < expected from vigie.incident where $hub")"
expect "its parcels' cases name it" t "$(sql "select count(*) > 0 from vigie.v_case where incident_number = $number")"
expect "they wait there" colissimo/PAR \
    "$(sql "select distinct carrier || '/' || last_place from vigie.finding where incident_number = $number")"

# The same night again: nothing changes. An older one: neither.
state >"$work/before"
"$vigie" detect --quiet --as-of 2026-03-03
state >"$work/after"
expect "a rerun changes nothing" "" "$(diff "$work/before" "$work/after")"
"$vigie" detect --quiet --as-of 2026-03-02
state >"$work/after"
expect "an older night changes nothing" "" "$(diff "$work/before" "$work/after")"

# It goes on under its number, and closes.
for day in 04 05 06 09; do night "2026-03-$day"; done
expect "one incident for one slow hub" 1 "$(incidents "$hub")"
expect "it goes on under its number" t "$(sql "select count(*) >= 3 from vigie.incident_night where incident_number = $number")"

# 2. The feed.
lost() { sql "select count(*) from vigie.finding where carrier = 'chronopost' and kind in ('lost', 'stuck')
    and as_of = (select max(as_of) from vigie.night) and last_scan_at > '2026-03-09'"; }
feed="kind = 'feed'"
night 2026-03-10
expect "the silent feed is found the first night" 1 "$(incidents "$feed and carrier = 'chronopost' and closed_as_of is null")"
expect "nothing is lost or stuck for it" 0 "$(lost)"
since=$(sql "select since < '2026-03-10 05:00Z' and since > '2026-03-09 15:00Z' from vigie.incident where $feed")
expect "it began when the scans ended" t "$since"
night 2026-03-11
expect "it is one incident" 1 "$(incidents "$feed")"
expect "nothing is lost or stuck for it after two days" 0 "$(lost)"
expect "late parcels point to it" t "$(sql "select count(*) > 5 and bool_and(incident_number is not null) from vigie.finding
    where carrier = 'chronopost' and kind = 'late' and as_of = (select max(as_of) from vigie.night)")"
feed_number=$(sql "select incident_number from vigie.incident where $feed")

# What people see of it.
"$vigie" report --quiet --as-of 2026-03-11
expect "the page tells it" 1 "$(grep -c 'data-label="What">silent feed of chronopost' "$VIGIE_OUTPUT/2026-03-11/night.html")"
expect "with what its carrier did night by night" t "$([ "$(grep -o '<figcaption>[0-9]*: silent feed of chronopost' "$VIGIE_OUTPUT/2026-03-11/night.html" | wc -l)" = 1 ] && echo t)"
expect "the data tell it" feed "$(python3 -c 'import json, sys
print(json.load(open(sys.argv[1]))["incidents"][0]["kind"])' "$VIGIE_OUTPUT/2026-03-11/night.json")"
"$vigie" incidents >"$work/said"
expect "the list tells it" 1 "$(grep -c "Incident $feed_number: silent feed of chronopost, open" "$work/said")"
"$vigie" incidents show "$feed_number" >"$work/said"
expect "its nights are told" 1 "$(grep -c "confirmed: no scan since" "$work/said")"
"$vigie" cases list --incident "$feed_number" --format csv >"$work/said"
expect "its cases are listed" chronopost "$(sed 1d "$work/said" | cut -d , -f 11 | sort -u)"
parcel=$(sql "select shipment_id from vigie.finding where incident_number = $feed_number order by 1 limit 1")
"$vigie" explain --shipment "$parcel" --as-of 2026-03-11 >"$work/said"
expect "explain tells it" 1 "$(grep -c "silent feed of chronopost; silence since" "$work/said")"
code=0
"$vigie" incidents show 999 >"$work/said" 2>&1 || code=$?
expect "there is no such incident" 2 "$code"

# 3. Scans come again: it is over, and its parcels' cases clear by themselves.
night 2026-03-12
expect "the feed's incident is over" "2026-03-12" \
    "$(sql "select (closed_as_of at time zone 'Europe/Paris')::date from vigie.incident where $feed")"
expect "there was one" 1 "$(incidents "$feed")"
expect "nothing is lost or stuck after it" 0 "$(lost)"
expect "its cases cleared" t "$(sql "select count(*) filter (where c.state = 'cleared') > .7 * count(*)
    from vigie.cases c where c.shipment_id in (select shipment_id from vigie.finding where incident_number = $feed_number
        and as_of = '2026-03-11 22:59:59.999999Z' and kind = 'late')")"

# 4. Wrong words.
for wrong in slowdown:colissimo:PAR:2026-03-03:3 outage:nobody:2026-03-10:2 drift:gls:2026-03-01:0:.1 storm:gls; do
    code=0
    "$vigie" simulate --quiet --out "$work/x" --incident "$wrong" >"$work/said" 2>&1 || code=$?
    expect "--incident $wrong" 2 "$code"
done
conclude
