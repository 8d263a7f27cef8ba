-- What kind of relation it is, how much of it is known to be all visible, whether this role could write to it, and whether
-- it has promises that an index can find (a timestamp with time zone, compared as it stands), and whether it has recorded_at.
-- $1 text  the relation, quoted
select relkind::text, relpages::bigint, relallvisible::bigint, reltuples::float8,
       has_table_privilege(oid, 'insert') or has_table_privilege(oid, 'update') or has_table_privilege(oid, 'delete'),
       exists (select
                 from pg_attribute
                where attrelid = pg_class.oid and attname = 'promised_at' and atttypid = 'timestamptz'::regtype
                  and not attisdropped),
       exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'recorded_at' and not attisdropped)
  from pg_class
 where oid = to_regclass($1);
