-- Shipments that a night found lost, whose case is live, and that have no claim for loss yet.
-- $1 timestamptz  as-of
select f.shipment_id
  from finding f
  join cases c on c.shipment_id = f.shipment_id
 where f.as_of = $1 and f.kind = 'lost' and c.state in ('open', 'acknowledged', 'snoozed')
   and not exists (select from claim where claim.shipment_id = f.shipment_id and claim.ground = 'loss')
 order by f.expected_cost_minor desc, f.shipment_id;
