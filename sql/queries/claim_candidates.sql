-- Shipments that a night's case gives a ground to claim on, and that have no claim on it yet, nor one for the same loss on
-- another ground; what costs most first. A parcel whose case the night cleared may have come late.
-- $1 timestamptz  as-of
-- $2 text[]       kinds of case
-- $3 text[]       ground of each
with asked as (
    select f.shipment_id, t.ground, f.kind, f.expected_cost_minor as cost
      from finding f
      join unnest($2::text[], $3::text[]) as t (kind, ground) on t.kind = f.kind
      join cases c on c.shipment_id = f.shipment_id
     where f.as_of = $1 and c.state in ('open', 'acknowledged', 'snoozed')
     union all
    select e.shipment_id, 'delay', 'late', 0
      from case_event e
     where e.as_of = $1 and e.event = 'cleared'
)
select a.shipment_id, a.ground, a.kind
  from asked a
 where not exists (select from claim c
                    where c.shipment_id = a.shipment_id
                      and (c.ground = a.ground
                           or (c.state not in ('closed', 'voided', 'time_barred', 'waived')
                               and (a.ground <> 'delay' or c.ground not in ('loss', 'not_received')))))
 order by a.cost desc, a.shipment_id, a.ground;
