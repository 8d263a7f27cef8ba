-- The first two columns of each whole and valid index of a relation, and its kind. Of a brin index each column serves by itself.
-- $1 text  the relation, quoted
select i.indexrelid::regclass::text, coalesce(first.attname, '')::text,
       case when i.indnkeyatts > 1 then coalesce(second.attname, '') else '' end::text,
       a.amname::text
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_am a on a.oid = c.relam
  left join pg_attribute first on first.attrelid = i.indrelid and first.attnum = i.indkey[0]
  left join pg_attribute second on second.attrelid = i.indrelid and second.attnum = i.indkey[1]
 where i.indrelid = to_regclass($1) and i.indisvalid and i.indpred is null
 order by 1;
