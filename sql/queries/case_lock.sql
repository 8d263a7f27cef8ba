-- Cases as they are now, held until the transaction ends, so that neither a night nor another person changes them
-- meanwhile. Always in the same order, so that two who want the same cases wait instead of dying.
-- $1 text[]  shipments
select shipment_id, case_number, kind, state, judged_as_of, snoozed_until
  from cases
 where shipment_id = any($1)
 order by shipment_id
   for update;
