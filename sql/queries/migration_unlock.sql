-- Let others migrate.
-- $1 text  schema
select pg_advisory_unlock(hashtextextended('vigie migrate ' || $1, 0));
