-- Remember that a migration was applied.
-- $1 text         file name
-- $2 text         SHA-256 of its contents
-- $3 timestamptz  wall clock
insert into migration (name, sha256, applied_at) values ($1, $2, $3);
