-- The scans of some shipments in full, oldest first.
-- $1 id[]         which shipments
-- $2 timestamptz  as-of: nothing that occurred or was recorded later is known
select shipment_id, occurred_at, code, subcode, milestone, carrier, recorded_at, text, place, country
  from source_scan
 where shipment_id = any($1) and occurred_at <= $2 and (recorded_at <= $2 or recorded_at is null)
 order by shipment_id, occurred_at;
