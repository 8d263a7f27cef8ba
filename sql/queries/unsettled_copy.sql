-- Write the shipments that are over, but not settled.
copy unsettled (as_of, shipment_id) from stdin;
