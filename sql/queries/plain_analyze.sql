-- Tell the planner what the tables hold now.
analyze shipments, scans;
