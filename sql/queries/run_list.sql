-- The newest runs.
-- $1 text    job, '' for all
-- $2 bigint  at most
-- $3 text    the scheduler's key, '' for all
select run_number, job, as_of, version, state, started_at, ended_at, exit_code, counts::text, error,
       (select count(*) from set_aside s where s.run_number = run.run_number), settings_sha256, run_key
  from run
 where ($1 = '' or job = $1) and ($3 = '' or run_key = $3)
 order by run_number desc
 limit $2;
