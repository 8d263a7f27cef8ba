-- End the session that holds the run lock of a schema: its client is dead, and the server does not know yet.
-- $1 text  schema
select pg_terminate_backend(pid)
  from pg_locks
 where locktype = 'advisory' and granted and pid <> pg_backend_pid()
   and database = (select oid from pg_database where datname = current_database())
   and (classid::bigint << 32 | objid::bigint) = hashtextextended('vigie run ' || $1, 0);
