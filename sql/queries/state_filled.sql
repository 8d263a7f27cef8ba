-- The tables of a schema's state that hold rows, but for the runs that are going on.
-- $1 text    schema
-- $2 text[]  tables
select c.relname
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = $1 and c.relname = any ($2::text[])
   and query_to_xml(format('select 1 as n from %I.%I limit 1', n.nspname, c.relname), true, true, '')::text like '%<n>1</n>%'
 order by c.relname;
