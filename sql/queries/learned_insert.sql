-- The head of what was learned for one as-of.
-- $1 timestamptz  as-of
-- $2 timestamptz  first start of a gap behind it
-- $3 timestamptz  last start
-- $4 bigint       shipments read
-- $5 bigint       scans read
-- $6 bigint       gaps counted
insert into learned (as_of, first_start, last_start, shipments, scans, gaps) values ($1, $2, $3, $4, $5, $6);
