-- Wait until nobody else migrates this schema.
-- $1 text  schema
select pg_advisory_lock(hashtextextended('vigie migrate ' || $1, 0));
