-- The tables that hold Vigie's state, each after those it refers to, and how they are copied. Generated columns follow from
-- the others; the allowed moves of claims and the tables of migrations are made by migrating; the lease is whose run it is.
-- $1 text  schema
with recursive tables as (
    select c.oid, c.relname, n.nspname
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname not in ('migration', 'migration_rows', 'claim_state_move', 'lease')
), depths as (
    select oid, 0 as depth from tables
     union all
    select k.conrelid, d.depth + 1
      from depths d
      join pg_constraint k on k.confrelid = d.oid and k.contype = 'f' and k.conrelid <> k.confrelid
), columns as (
    select attrelid, string_agg(quote_ident(attname), ', ' order by attnum) as names
      from pg_attribute
     where attnum > 0 and not attisdropped and attgenerated = ''
     group by attrelid
)
select t.relname, c.names, format('copy %I.%I (%s) to stdout', t.nspname, t.relname, c.names),
       format('copy %I.%I (%s) from stdin', t.nspname, t.relname, c.names)
  from tables t
  join columns c on c.attrelid = t.oid
 order by (select max(depth) from depths d where d.oid = t.oid), t.relname;
