-- The rows of a file, in the order of the plain columns, then the line each came from.
copy stage_scans (shipment_id, occurred_at, code, subcode, milestone, text, place, country, carrier, recorded_at, line)
    from stdin;
