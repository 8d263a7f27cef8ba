-- Write a watch list, as CSV.
copy watch (as_of, shipment_id) from stdin with (format csv);
