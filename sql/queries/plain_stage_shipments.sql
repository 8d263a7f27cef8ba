-- Where the rows of a file wait until all of them are there.
create temporary table stage_shipments (like shipments, line bigint not null) on commit drop;
