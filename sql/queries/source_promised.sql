-- Shipments whose promise ended in a span. An index on promised_at finds them.
-- $1 timestamptz  promised after
-- $2 timestamptz  promised by
-- $3 timestamptz  as-of: nothing later is known
select shipment_id::text as id
  from source_shipment
 where promised_at > $1 and promised_at <= $2 and created_at <= $3
 order by shipment_id;
