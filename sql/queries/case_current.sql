-- Cases that a night may touch: the live ones, and those of shipments it has findings of. They are held until the
-- transaction ends, so that what a person does meanwhile waits for the night instead of being overwritten by it.
-- $1 timestamptz  as-of
select c.shipment_id, c.case_number, c.kind, c.state, c.judged_as_of, c.snoozed_until
  from cases c
 where c.state in ('open', 'acknowledged', 'snoozed')
    or exists (select from finding f where f.shipment_id = c.shipment_id and f.as_of = $1)
 order by c.shipment_id
   for update of c;
