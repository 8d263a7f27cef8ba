-- Tell the planner what the shipments hold now; the scans are told by their vacuum.
analyze shipments;
