-- Rows of every table of a schema, but for those of migrations.
-- $1 text  schema
select c.relname,
       substring(query_to_xml(format('select count(*) as n from %I.%I', n.nspname, c.relname), true, true, '')::text
                 from '<n>(\d+)</n>')::bigint
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition
   and c.relname not in ('migration', 'migration_rows')
 order by c.relname;
