-- Write clocks.
copy learned_clock (as_of, settled, measure, milestone, carrier, events, exposure_hours) from stdin;
