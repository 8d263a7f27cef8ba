-- Whether Vigie's schema has its table of migrations.
-- $1 text  schema
select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = $1 and c.relname = 'migration');
