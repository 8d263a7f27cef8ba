#!/bin/sh
# Nights within forty days of a simulated merchant: what they said is kept, settled against the truth that the simulator knows, and
# mends the next nights; the report's measures are those of SQL; people's decisions enter; older nights see and disturb
# nothing newer; a carrier that begins to break promises is told.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_program

"$vigie" init --quiet >"$work/said"
"$vigie" simulate --quiet --load --shipments 2100 --from 2026-01-01 --to 2026-04-01 --seed 11 --dirty 0 >"$work/said"
# From 10 March on four in ten of Colissimo's parcels come three days later than they would have.
sql "create table slipped as select shipment_id from vigie_source.shipments
      where carrier ilike 'colissimo' and promised_at >= '2026-03-10' and hashtextextended(shipment_id, 1) % 10 between 0 and 3;
     update vigie_source.scans s set occurred_at = s.occurred_at + interval '3 days', recorded_at = s.recorded_at + interval '3 days'
       from slipped l, vigie_source.simulated_truth t
      where s.shipment_id = l.shipment_id and t.shipment_id = l.shipment_id and s.occurred_at >= t.presented_at" 2>"$work/said" || cat "$work/said"
night() {
    day=$1
    shift
    "$vigie" nightly --quiet --as-of "$day" --set learn.loss_horizon_days=14 "$@" >"$work/said" 2>&1 || cat "$work/said"
}
for i in 4 8 12 16 18 20 22 24 26 $(seq 28 40); do
    day=$(date -u -d "2026-02-19 + $i days" +%F)
    # What the nights before 6 March were like, for a twin that never sees a later one.
    [ "$day" != 2026-03-07 ] || PGOPTIONS="-c client_min_messages=warning" createdb -T "$PGDATABASE" "${PGDATABASE}_twin"
    night "$day" --only learn --only detect
done
last=$day
night "$last"
trust() { python3 -c "import json; t = json.load(open('$work/out/$last/night.json'))['trust']; print($1)"; }

# 1. Every judged parcel leaves what was said of it, once a night.
expect "forecasts are the judged parcels" "" "$(sql "select n.as_of from vigie.night n
    where judged <> (select count(*) from vigie.forecast f where f.as_of = n.as_of)")"
expect "nothing is said once it is settled" 0 "$(sql "select count(*) from vigie.forecast where p_late is not null and promised_at <= as_of")"
expect "the first night states what the baselines say" 0 "$(sql "select count(*) from vigie.forecast
    where as_of = (select min(as_of) from vigie.forecast) and p_late <> p_late_stated")"
expect "labels that no carrier has scanned are not corrected" 0 "$(sql "select count(*) from vigie.forecast
    where accepted_at is null and (p_late <> p_late_stated or p_lost <> p_lost_stated)")"
expect "the list is what it is" 0 "$(sql "select count(*) from vigie.forecast f full join vigie.finding g using (shipment_id, as_of)
    where (f.kind is distinct from g.kind or (f.kind = 'lost') is distinct from (f.p_listed is not null) and f.kind is not null)
      and not (f.as_of is null and g.kind in ('damaged', 'return_stalled', 'impossible_history'))")"  # of an ended parcel nothing is forecast

# 2. Outcomes are the truth, settled by the first night that could know them.
expect "many came due" t "$(sql "select count(*) > 400 from vigie.outcome where kind = 'late'")"
expect "late is late" "" "$(sql "select o.*, t.*, s.promised_at, s.cancelled_at, s.created_at from vigie.outcome o join vigie_source.simulated_truth t using (shipment_id) join vigie_source.shipments s using (shipment_id)
    where o.kind = 'late' and not exists (select from slipped l where l.shipment_id = o.shipment_id) and o.happened <> t.late")"
expect "losses came due" t "$(sql "select count(*) > 200 from vigie.outcome where kind = 'lost'")"
expect "lost is lost" 0 "$(sql "select count(*) from vigie.outcome o join vigie_source.simulated_truth t using (shipment_id)
    where o.kind = 'lost' and not exists (select from slipped l where l.shipment_id = o.shipment_id)
      and o.happened <> (t.presented_at is null or t.presented_at > o.due_at)")"
expect "each was settled by the first night three days after it" 0 "$(sql "select count(*) from vigie.outcome o
    where settled_as_of <> (select min(as_of) from vigie.night n where n.as_of >= o.due_at + interval '72 hours')")"

# 3. The report's measures, reckoned again.
expect "late: statements, stated, happened" "$(sql "select count(*), round(avg(p_late_stated)::numeric, 6), round(avg(happened::integer), 6)
      from vigie.outcome o join vigie.forecast f on f.shipment_id = o.shipment_id and f.promised_at = o.anchor and f.as_of < o.due_at
     where o.kind = 'late' and o.due_at > (select max(as_of) from vigie.night) - interval '744 hours' and f.p_late is not null
       and f.accepted_at is not null")" \
    "$(trust '"{statements}|{stated:.6f}|{happened:.6f}".format(**t["late"])')"
expect "the page says it" 1 "$(grep -c '<h2 id="trust">How true the last nights were' "$work/out/$last/night.html")"
expect "in numbers" 1 "$(grep -c 'Parcels whose promise ended in the last 28 days' "$work/out/$last/night.html")"
expect "lists of lost parcels" t "$(trust '"t" if t["lost_lists"]["entries"] > 0 and t["lost_lists"]["false_stated"] is not None else t')"

# 4. The same night again changes nothing.
state() { for table in forecast outcome promise_day incident incident_night; do sql "select * from vigie.$table" | sort | sha256sum; done; }
state >"$work/before"
night "$last"
state >"$work/after"
expect "a rerun changes nothing" "" "$(diff "$work/before" "$work/after")"

# 5. An older night sees nothing newer, and disturbs no night that somebody was told of.
sql "update vigie.night set filled_in = false"
noon=2026-03-06T12:00:00+01:00
said() { sql "select * from vigie.forecast where as_of = '$noon'; select * from vigie.outcome where settled_as_of = '$noon';
    select * from vigie.promise_day where counted_as_of = '$noon'" | sort | sha256sum; }
kept() { sql "select * from vigie.forecast where as_of <> '$noon'; select * from vigie.outcome where settled_as_of <> '$noon';
    select * from vigie.promise_day where counted_as_of <> '$noon'; select * from vigie.incident_night" | sort | sha256sum; }
before=$(kept)
night $noon --only learn --only detect
expect "nothing newer was disturbed" "$before" "$(kept)"
night $noon --only learn --only detect --set database.url="dbname=${PGDATABASE}_twin"
expect "there was something to say" t "$(sql "select count(*) > 20 from vigie.forecast where as_of = '$noon' and p_late <> p_late_stated")"
expect "nothing newer was seen" "$(PGDATABASE=${PGDATABASE}_twin said)" "$(said)"
dropdb "${PGDATABASE}_twin"

# 6. What people decide about a listed case counts before its outcome matures.
open=$(sql "select c.case_number from vigie.cases c join vigie.forecast f using (shipment_id)
    where f.as_of = (select max(as_of) from vigie.night) and f.p_listed is not null and c.kind = 'lost' and c.state = 'open'
      and not exists (select from vigie.outcome o where o.shipment_id = c.shipment_id and o.kind = 'lost') order by 1 limit 2")
before=$(trust 't["lost_lists"]["entries"]')
if [ "$(echo "$open" | grep -c .)" = 2 ]; then
    set -- $open
    "$vigie" cases dismiss "$1" --reason "found in the shop" --as-of "$last" --quiet >"$work/said"
    "$vigie" cases ack "$2" --as-of "$last" --quiet >"$work/said"
    "$vigie" report --as-of "$last" --quiet --set learn.loss_horizon_days=14
    expect "dismissed and confirmed" "1 1" "$(trust 't["lost_lists"]["dismissed"], t["lost_lists"]["confirmed"]' | tr -d '(),')"
    expect "their entries count" t "$(trust "'t' if t['lost_lists']['entries'] > $before else t['lost_lists']['entries']")"
else
    expect "two listed cases that are open" 2 "$(echo "$open" | grep -c .)"
fi

# 7. Promises are counted once a day, and the carrier that breaks them is told; nobody else is.
expect "days are counted once" 0 "$(sql "select count(*) from (select carrier, promise_day from vigie.promise_day
    where counted_as_of <> '$noon' and leads is not null group by 1, 2 having count(*) > 1) twice")"
expect "promises of the simulator's truth" 0 "$(sql "with truth as (
      select (s.promised_at at time zone 'Europe/Paris')::date as promise_day, count(*) as promised, count(*) filter (where not t.late) as kept
        from vigie_source.shipments s join vigie_source.simulated_truth t using (shipment_id)
       where s.carrier ilike 'gls' and t.late is not null
         and exists (select from vigie_source.scans x where x.shipment_id = s.shipment_id and x.occurred_at <= s.promised_at and x.milestone <> 'announced'
                        and x.occurred_at > s.created_at)
       group by 1)
    select count(*) from truth join vigie.promise_day p on p.promise_day = truth.promise_day and p.carrier = 'gls' and p.counted_as_of <> '$noon'
     where p.kept > truth.kept or p.promised > truth.promised")"
expect "leads are of promises" 0 "$(sql "select count(*) from (select promised, kept, leads, (select sum(l) from unnest(leads) l) as led
      from vigie.promise_day) d where leads is not null and (led > promised or leads[7] > promised - kept or led - leads[7] > kept)")"
expect "nights know their own day" t "$(sql "select count(distinct counted_as_of) > 10 from vigie.promise_day
    where leads is null and promised = 0 and '{0}' < first_leads")"
expect "and says no more of it later" 0 "$(sql "select count(*) from vigie.promise_day f join vigie.promise_day c using (carrier, promise_day)
    where f.leads is null and c.leads is not null and f.counted_as_of <> '$noon' and c.counted_as_of <> '$noon' and f.first_leads <> c.first_leads")"
expect "one drift" "colissimo" "$(sql "select string_agg(distinct carrier, ' ') from vigie.incident where kind = 'drift'")"
expect "told soon" t "$(sql "select opened_as_of < '2026-03-25' and since >= '2026-03-07' from vigie.incident where kind = 'drift'")"
expect "in plain numbers" 1 "$(sql "select count(*) from vigie.incident where kind = 'drift'
    and evidence ~ '^of [0-9,]+ promises since 2026-03-[0-9]+ it kept [0-9]+%, where [0-9]+% were usual; its parcels came [0-9.]+ working days later than usual on average\$'")"
expect "and not over" 1 "$(sql "select count(*) from vigie.incident where kind = 'drift' and closed_as_of is null and pace between .3 and .9")"

# 8. explain tells what was corrected; a list that must be truer is shorter.
parcel=$(sql "select shipment_id from vigie.forecast where as_of = (select max(as_of) from vigie.night) and abs(p_late - p_late_stated) > .03 order by 1 limit 1")
[ -z "$parcel" ] || expect "explain shows both" 1 "$("$vigie" explain --shipment "$parcel" --as-of "$last" --set learn.loss_horizon_days=14 | grep -m 1 -c 'before the outcomes of the last')"
listed="select count(*) from vigie.forecast where as_of = (select max(as_of) from vigie.night) and p_listed is not null"
before=$(sql "$listed")
night "$last" --only detect --set detect.lost_probability=0.3
wide=$(sql "$listed")
night "$last" --only detect --set detect.lost_probability=0.3 --set detect.lost_false_share=0.001
expect "a truer list is shorter" t "$(test "$wide" -ge "$before" && test "$(sql "$listed")" -lt "$wide" && echo t)"
expect "and states its share" t "$(sql "select lost_false_share <= .001 from vigie.night order by as_of desc limit 1")"
conclude
