-- Write the flows of a night.
copy flow (as_of, kind, carrier, name, observed, expected, silent, newest_at, disturbed) from stdin;
