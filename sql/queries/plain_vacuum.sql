-- Tell the planner what the tables hold now, refresh the visibility map, so that learning reads the index of scans alone, and the
-- summaries by time, without which new shipments are looked for among all that came since the last vacuum.
vacuum (analyze) shipments, scans;
