-- For each carrier, parcels with a round and a delivery, and those whose last delivery lies less than a day before their last
-- round: a mix of clocks.
-- $1 timestamptz  occurred after
-- $2 timestamptz  as-of
-- $3 text[]       carriers as the source spells them
-- $4 text[]       codes of theirs
-- $5 text[]       subcodes
-- $6 text[]       stated milestones
-- $7 bigint[]     1 where that means a delivery, 0 where the parcel is on its round
select p.carrier, count(*), count(*) filter (where p.delivered < p.round and p.delivered > p.round - interval '1 day')
  from (select e.carrier, c.shipment_id, max(c.occurred_at) filter (where e.delivered = 1) as delivered,
               max(c.occurred_at) filter (where e.delivered = 0) as round
          from source_scan c
          join source_shipment s on s.shipment_id = c.shipment_id
          join unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
               e (carrier, code, subcode, milestone, delivered)
            on e.carrier = coalesce(nullif(c.carrier, ''), s.carrier, '') and e.code = coalesce(c.code, '')
           and e.subcode = coalesce(c.subcode, '') and e.milestone = coalesce(c.milestone, '')
         where c.occurred_at > $1
           and c.occurred_at <= $2
           and (c.recorded_at is null or c.recorded_at <= $2)
         group by e.carrier, c.shipment_id) p
 where p.delivered is not null and p.round is not null
 group by p.carrier
 order by p.carrier;
