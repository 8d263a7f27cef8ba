#!/bin/sh
# vigie check tells whose times cannot be true: local time stamped as UTC, a clock hours off, rounds after deliveries; and
# leaves an honest carrier alone. Rows are made up: 300 parcels a carrier, delivered over the day.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database
vigie=${VIGIE_PROGRAM:?}
cd "$work"
unset VIGIE_CONFIG
"$vigie" init --quiet >/dev/null

# What happened, in Paris: out for delivery at 8, delivered between 9 and 19, told ten minutes later. Each carrier tells it
# by its own clock: as it was; as local time with a Z; with a clock 9 hours behind; with true rounds and some deliveries of
# the day stamped before them; by a program that stamps all of a day after midnight.
sql <<'EOF'
set time zone 'Europe/Paris';
create table truth as
select c.carrier, c.carrier || n as id, d + time '08:00' as round, d + time '09:00' + n * interval '2 minutes' as delivered, n
  from (values ('Colissimo'), ('chronopost'), ('dhl_express'), ('mondialrelay'), ('gls')) c (carrier)
 cross join generate_series(1, 300) n
 cross join lateral (select timestamp '2026-06-01' + (n % 20) * interval '1 day' as d) days;
insert into vigie_source.shipments (shipment_id, tracking_number, carrier, created_at)
select id, id, carrier, (round - interval '3 days')::timestamptz from truth;
insert into vigie_source.scans (shipment_id, occurred_at, milestone, recorded_at)
select id,
       case carrier when 'chronopost' then at at time zone 'UTC'
                    when 'dhl_express' then at::timestamptz - interval '9 hours'
                    when 'mondialrelay' then case when milestone = 'delivered' and n % 10 = 0 then round::timestamptz - interval '1 hour'
                                                  else at::timestamptz end
                    when 'gls' then (date_trunc('day', at) + interval '26 hours')::timestamptz + n * interval '10 seconds'
                    else at::timestamptz end,
       milestone, at::timestamptz + interval '10 minutes' + case carrier when 'gls' then interval '1 day' else interval '0' end
  from truth cross join lateral (values ('out_for_delivery', round), ('delivered', delivered)) s (milestone, at);
EOF
"$vigie" check --as-of 2026-07-01 --set time_zone=Europe/Paris --format json --quiet >found.json || true

# finding CARRIER: the words about its clock, then the remedy.
finding() {
    python3 - "$1" <<'EOF'
import json, sys
for it in json.load(open("found.json"))["findings"]:
    if it["name"] in ("time_zone", "future_scans") and '"%s"' % sys.argv[1] in it["text"]:
        print(it["name"], it["severity"], it["text"], it["remedy"], sep=" | ")
EOF
}
expect "an honest clock is left alone" "" "$(finding Colissimo)"
finding chronopost >said
expect "local time stamped as UTC is one finding" 1 "$(wc -l <said | tr -d ' ')"
expect "by its scans from the future, which the zone explains" 1 \
    "$(grep -cF '100% of its scans were known before they occurred, 0% if they are local times of Europe/Paris stamped as UTC' said)"
expect "with the offset and the way out" 1 \
    "$(grep -cF "likely offset +2 h: its local times were stamped as UTC. Read them in a view as \"occurred_at at time zone 'UTC' at time zone 'Europe/Paris'\"" said)"
finding dhl_express >said
expect "a clock hours behind delivers at night" 1 "$(grep -cE 'time_zone \| warning .* of its deliveries are between 22:00 and 06:00 \(Europe/Paris\); moved by \+6 h, 0% would be' said)"
expect "and the least move that puts it right is named" 1 "$(grep -cE 'likely offset -6 h or further that way' said)"
finding mondialrelay >said
expect "deliveries before their round" 1 "$(grep -cF '30 of 300 parcels were delivered before they went out for delivery' said)"

finding gls >said
expect "a program that stamps at night is no clock that hangs wrong" 1 \
    "$(grep -cF '100% of its deliveries are between 22:00 and 06:00 (Europe/Paris), nearly all within three hours' said)"
expect "and no offset is made up for it" "1 0" "$(grep -cF 'they look stamped by a program at night' said) $(grep -cF 'likely offset' said)"

# The remedy is one: a view that reads the times so is honest.
sql <<'EOF'
create view honest as
select shipment_id, occurred_at at time zone 'UTC' at time zone 'Europe/Paris' as occurred_at, milestone, recorded_at
  from vigie_source.scans where shipment_id like 'chronopost%';
EOF
"$vigie" check --as-of 2026-07-01 --set time_zone=Europe/Paris --set source.scans=honest --format json --quiet >found.json || true
expect "the view of the remedy is honest" "" "$(finding chronopost)"

# Far away the same hours are another day's: the catalogue's rule says where a clock hangs.
mkdir ours
printf 'id: dhl_express\ntime_zone: America/New_York\n' >ours/dhl.yaml
sql "update vigie_source.scans set occurred_at = occurred_at + interval '15 hours', recorded_at = recorded_at + interval '6 hours' where shipment_id like 'dhl%'"
"$vigie" check --as-of 2026-07-01 --set time_zone=Europe/Paris --set carriers.catalogues="$work/ours" --format json --quiet >found.json || true
expect "hours are those of the carrier's own clock" "" "$(finding dhl_express)"
conclude
