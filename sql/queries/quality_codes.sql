-- Scans that were known at an as-of by carrier, what they say, and the hour of the carrier's day; with how many of each lie:
-- were seen before they occurred (also if their times were local ones stamped as UTC), are older than the label, belong to
-- no shipment.
-- $1 timestamptz  occurred after
-- $2 timestamptz  as-of
-- $3 timestamptz  wall clock
-- $4 text         time zone of carriers that are not named
-- $5 text[]       carriers as the source spells them
-- $6 text[]       the time zone of each
select coalesce(nullif(c.carrier, ''), s.carrier, ''), coalesce(c.code, ''), coalesce(c.subcode, ''),
       coalesce(c.milestone, ''), date_part('hour', c.occurred_at at time zone coalesce(z.zone, $4))::integer, count(*),
       count(*) filter (where c.occurred_at > least(coalesce(c.recorded_at, $3), '2200-01-01Z') + interval '5 minutes'),
       count(*) filter (where c.occurred_at at time zone 'UTC' at time zone coalesce(z.zone, $4)
                              > least(coalesce(c.recorded_at, $3), '2200-01-01Z') + interval '5 minutes'),
       count(*) filter (where c.occurred_at < greatest(s.created_at, '1970-01-01Z') - interval '1 hour'),
       count(*) filter (where s.shipment_id is null), min(c.occurred_at), max(c.occurred_at)
  from source_scan c
  left join source_shipment s on s.shipment_id = c.shipment_id
  left join unnest($5::text[], $6::text[]) z (carrier, zone) on z.carrier = coalesce(nullif(c.carrier, ''), s.carrier)
 where c.occurred_at > $1 and c.occurred_at < '2200-01-01Z'  -- later ones are set aside
   and (c.recorded_at <= $2 or (c.recorded_at is null and (c.occurred_at <= $2 or c.occurred_at > $3)))
 group by 1, 2, 3, 4, 5
 order by 1, 2, 3, 4, 5;
