-- Shipments with a tracking number, newest first.
-- $1 text         tracking number
-- $2 timestamptz  as-of
select shipment_id::text as id
  from source_shipment
 where tracking_number = $1 and created_at <= $2
 order by created_at desc, shipment_id
 limit 10;
