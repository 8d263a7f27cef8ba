-- The scans of a range of shipments as learning needs them, oldest first; read by COPY (see source_range_set.sql).
-- Nothing that occurred or was recorded after as-of is known.
select shipment_id, occurred_at, code, subcode, milestone, carrier, recorded_at
  from source_scan
 where shipment_id >= (select first from source_range) and shipment_id <= (select last from source_range)
   and occurred_at <= (select as_of from source_range)
   and (recorded_at <= (select as_of from source_range) or recorded_at is null)
 order by shipment_id, occurred_at;
