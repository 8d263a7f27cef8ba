-- One run; the columns of run_list.
-- $1 bigint  its number
select run_number, job, as_of, version, state, started_at, ended_at, exit_code, counts::text, error,
       (select count(*) from set_aside s where s.run_number = run.run_number), settings_sha256, run_key
  from run
 where run_number = $1;
