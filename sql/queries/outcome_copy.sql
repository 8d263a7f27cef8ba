-- Write outcomes.
copy outcome (shipment_id, kind, anchor, settled_as_of, due_at, happened) from stdin;
