-- Refresh the visibility map, so that learning reads the index alone.
vacuum (analyze) scans;
