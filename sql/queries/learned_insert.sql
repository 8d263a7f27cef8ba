-- The head of what was learned for one as-of.
-- $1 timestamptz  as-of
-- $2 boolean      of settled shipments only
-- $3 timestamptz  landmark
-- $4 text         fingerprint
-- $5 bigint       shipments read
-- $6 bigint       scans read
-- $7 bigint       gaps counted
insert into learned (as_of, settled, landmark, fingerprint, shipments, scans, gaps) values ($1, $2, $3, $4, $5, $6, $7);
