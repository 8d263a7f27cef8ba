-- What kind of relation it is, how much of it is known to be all visible, and whether this role could write to it.
-- $1 text  the relation, quoted
select relkind::text, relpages::bigint, relallvisible::bigint, reltuples::float8,
       has_table_privilege(oid, 'insert') or has_table_privilege(oid, 'update') or has_table_privilege(oid, 'delete')
  from pg_class
 where oid = to_regclass($1);
