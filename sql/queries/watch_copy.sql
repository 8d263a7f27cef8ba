-- Write a watch list.
copy watch (as_of, shipment_id) from stdin;
