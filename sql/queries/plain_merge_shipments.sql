-- Bring the rows of a file into the plain table: new ones are inserted, changed ones updated, equal ones left alone. A
-- column that the file does not have keeps what is known.
-- $1 text[]  columns that the file has
with written as (
    insert into shipments as t (
        shipment_id, tracking_number, carrier, created_at, service, contract, origin_country, origin_zone,
        destination_country, destination_zone, destination_postcode, promised_at, cancelled_at, order_reference,
        customer_reference, customer_language, customer_email, customer_phone, declared_value, purchase_value,
        sale_value, freight_charge, currency, weight_grams, contents, invoice_reference, invoice_url, label_owner, customer_consent)
    select
           s.shipment_id,
           s.tracking_number,
           s.carrier,
           s.created_at,
           case when 'service' = any($1) then s.service else old.service end,
           case when 'contract' = any($1) then s.contract else old.contract end,
           case when 'origin_country' = any($1) then s.origin_country else old.origin_country end,
           case when 'origin_zone' = any($1) then s.origin_zone else old.origin_zone end,
           case when 'destination_country' = any($1) then s.destination_country else old.destination_country end,
           case when 'destination_zone' = any($1) then s.destination_zone else old.destination_zone end,
           case when 'destination_postcode' = any($1) then s.destination_postcode else old.destination_postcode end,
           case when 'promised_at' = any($1) then s.promised_at else old.promised_at end,
           case when 'cancelled_at' = any($1) then s.cancelled_at else old.cancelled_at end,
           case when 'order_reference' = any($1) then s.order_reference else old.order_reference end,
           case when 'customer_reference' = any($1) then s.customer_reference else old.customer_reference end,
           case when 'customer_language' = any($1) then s.customer_language else old.customer_language end,
           case when 'customer_email' = any($1) then s.customer_email else old.customer_email end,
           case when 'customer_phone' = any($1) then s.customer_phone else old.customer_phone end,
           case when 'declared_value' = any($1) then s.declared_value else old.declared_value end,
           case when 'purchase_value' = any($1) then s.purchase_value else old.purchase_value end,
           case when 'sale_value' = any($1) then s.sale_value else old.sale_value end,
           case when 'freight_charge' = any($1) then s.freight_charge else old.freight_charge end,
           case when 'currency' = any($1) then s.currency else old.currency end,
           case when 'weight_grams' = any($1) then s.weight_grams else old.weight_grams end,
           case when 'contents' = any($1) then s.contents else old.contents end,
           case when 'invoice_reference' = any($1) then s.invoice_reference else old.invoice_reference end,
           case when 'invoice_url' = any($1) then s.invoice_url else old.invoice_url end,
           case when 'label_owner' = any($1) then s.label_owner else old.label_owner end,
           case when 'customer_consent' = any($1) then s.customer_consent else old.customer_consent end
      from stage_shipments s
      left join shipments old using (shipment_id)
     order by s.shipment_id
    on conflict (shipment_id) do update set
        tracking_number = excluded.tracking_number,
        carrier = excluded.carrier,
        created_at = excluded.created_at,
        service = excluded.service,
        contract = excluded.contract,
        origin_country = excluded.origin_country,
        origin_zone = excluded.origin_zone,
        destination_country = excluded.destination_country,
        destination_zone = excluded.destination_zone,
        destination_postcode = excluded.destination_postcode,
        promised_at = excluded.promised_at,
        cancelled_at = excluded.cancelled_at,
        order_reference = excluded.order_reference,
        customer_reference = excluded.customer_reference,
        customer_language = excluded.customer_language,
        customer_email = excluded.customer_email,
        customer_phone = excluded.customer_phone,
        declared_value = excluded.declared_value,
        purchase_value = excluded.purchase_value,
        sale_value = excluded.sale_value,
        freight_charge = excluded.freight_charge,
        currency = excluded.currency,
        weight_grams = excluded.weight_grams,
        contents = excluded.contents,
        invoice_reference = excluded.invoice_reference,
        invoice_url = excluded.invoice_url,
        label_owner = excluded.label_owner,
        customer_consent = excluded.customer_consent
     where (t.*) is distinct from (excluded.*)
    returning (xmax = 0) as inserted
)
select count(*) filter (where inserted), count(*) filter (where not inserted) from written;
