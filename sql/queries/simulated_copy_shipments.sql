-- Simulated shipments, in the order of the simulator's columns.
copy shipments (shipment_id, tracking_number, carrier, service, contract, origin_country, origin_zone, destination_country,
    destination_zone, destination_postcode, created_at, promised_at, cancelled_at, order_reference, customer_reference,
    customer_language, customer_email, customer_phone, declared_value, purchase_value, sale_value, freight_charge, currency,
    weight_grams, contents, invoice_reference, invoice_url, label_owner) from stdin;
