-- The scans of a range of shipments as learning needs them, oldest first.
-- $1 id           first shipment
-- $2 id           last shipment
-- $3 timestamptz  as-of: nothing that occurred or was recorded later is known
select shipment_id, occurred_at, code, subcode, milestone, carrier
  from source_scan
 where shipment_id >= $1 and shipment_id <= $2 and occurred_at <= $3 and (recorded_at <= $3 or recorded_at is null)
 order by shipment_id, occurred_at;
