-- What the simulator knows of its parcels, in the order of its columns.
copy simulated_truth (shipment_id, lost, lost_after, delivered_at, presented_at, late, incident, dirty) from stdin;
