-- The life of a case, oldest first.
-- $1 text         shipment
-- $2 timestamptz  up to this as-of, null for all of it
select as_of, recorded_at, event, kind_before, kind_after, actor, note
  from case_event
 where shipment_id = $1 and ($2::timestamptz is null or as_of <= $2)
 order by as_of, recorded_at, event;
