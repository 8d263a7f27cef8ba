-- Some shipments by id. Those without a date, or with one that never comes, are read to be set aside.
-- $1 id[]         which
-- $2 timestamptz  as-of: nothing later is known
select shipment_id, shipment_id::text as id, tracking_number, carrier, service, contract, origin_country, origin_zone,
       destination_country, destination_zone, destination_postcode, created_at, promised_at,
       case when cancelled_at <= $2 then cancelled_at end as cancelled_at, order_reference, customer_reference,
       customer_language, declared_value, purchase_value, sale_value, freight_charge, currency, weight_grams, contents,
       invoice_reference, label_owner, sample_weight
  from source_shipment
 where shipment_id = any($1) and (created_at <= $2 or created_at is null or created_at = 'infinity')
 order by shipment_id;
