-- How the customers of some shipments may be reached.
-- $1 id[]         which
-- $2 timestamptz  as-of: nothing later is known
select shipment_id::text, customer_email, customer_phone, customer_language, order_reference, coalesce(customer_consent, false)
  from source_shipment
 where shipment_id = any($1) and created_at <= $2
 order by shipment_id;
