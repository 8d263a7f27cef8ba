-- Whether a schema exists; asking first spares roles that may not create schemas.
-- $1 text  schema
select exists (select from pg_namespace where nspname = $1);
