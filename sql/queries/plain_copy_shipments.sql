-- The rows of a file, in the order of the plain columns, then the line each came from.
copy stage_shipments (shipment_id, tracking_number, carrier, created_at, service, contract, origin_country, origin_zone,
    destination_country, destination_zone, destination_postcode, promised_at, cancelled_at, order_reference,
    customer_reference, customer_language, customer_email, customer_phone, declared_value, purchase_value, sale_value,
    freight_charge, currency, weight_grams, contents, invoice_reference, invoice_url, label_owner, customer_consent, line) from stdin;
