-- Give the run lock of a schema back, when this session holds it.
-- $1 text  schema
select pg_advisory_unlock(hashtextextended('vigie run ' || $1, 0))
  from pg_locks
 where locktype = 'advisory' and granted and pid = pg_backend_pid()
   and database = (select oid from pg_database where datname = current_database())
   and (classid::bigint << 32 | objid::bigint) = hashtextextended('vigie run ' || $1, 0);
