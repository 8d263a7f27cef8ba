-- Simulated scans, in the order of the simulator's columns.
copy scans (shipment_id, occurred_at, code, subcode, milestone, text, place, country, carrier, recorded_at) from stdin;
