-- Try to take the run lock of a schema; when somebody has it, say who.
-- $1 text  schema
with lock as materialized (
    select pg_try_advisory_lock(hashtextextended('vigie run ' || $1, 0)) as taken,
           hashtextextended('vigie run ' || $1, 0) as key
)
select lock.taken,
       coalesce((select format('%s, process %s%s, connected since %s', a.application_name, a.pid,
                        coalesce(' on ' || host(a.client_addr), ''), to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS"Z"'))
                   from pg_locks l join pg_stat_activity a using (pid)
                  where not lock.taken and l.locktype = 'advisory' and l.granted
                    and l.database = (select oid from pg_database where datname = current_database())
                    and (l.classid::bigint << 32 | l.objid::bigint) = lock.key
                  limit 1), '')
  from lock;
