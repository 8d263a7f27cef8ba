-- Shipments of which a scan became known between two as-ofs: it occurred or was recorded in between, and neither later.
-- $1 timestamptz  known by then
-- $2 timestamptz  as-of: nothing later is known
select distinct shipment_id::text
  from source_scan
 where (recorded_at > $1 or occurred_at > $1) and occurred_at <= $2 and (recorded_at <= $2 or recorded_at is null);
