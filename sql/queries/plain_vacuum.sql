-- Tell the planner what the scans hold now, and refresh the visibility map, so that learning reads the index alone.
vacuum (analyze) scans;
