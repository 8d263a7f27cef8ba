-- Whether Vigie's schema has a table; those of migrations are not made by one.
-- $1 text  schema
-- $2 text  table
select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = $1 and c.relname = $2);
