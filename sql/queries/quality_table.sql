-- What kind of relation it is, how much of it is known to be all visible, whether this role could write to it, and whether
-- it has promises that an index can find (a timestamp with time zone, compared as it stands), whether it has recorded_at, how many rows
-- were written since it was analyzed, and whether this role may read any of it. A guess that is older than most rows is no better than what was counted since.
-- $1 text  the relation, quoted
select relkind::text, relpages::bigint, relallvisible::bigint,
       case when reltuples < 0 then reltuples else greatest(reltuples, pg_stat_get_live_tuples(oid)) end::float8,
       has_table_privilege(oid, 'insert') or has_table_privilege(oid, 'update') or has_table_privilege(oid, 'delete'),
       exists (select
                 from pg_attribute
                where attrelid = pg_class.oid and attname = 'promised_at' and atttypid = 'timestamptz'::regtype
                  and not attisdropped),
       exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'recorded_at' and not attisdropped),
       pg_stat_get_mod_since_analyze(oid)::bigint, has_any_column_privilege(oid, 'select')
  from pg_class
 where oid = to_regclass($1);
