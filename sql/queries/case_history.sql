-- The life of a case, oldest first.
-- $1 text  shipment
select as_of, recorded_at, event, kind_before, kind_after, actor, note
  from case_event
 where shipment_id = $1
 order by as_of, recorded_at, event;
