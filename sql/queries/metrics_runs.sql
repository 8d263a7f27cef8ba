-- The last run of each job that ended, and when one last did well.
select distinct on (job) job, ended_at, exit_code,
       (select max(s.ended_at) from run s where s.job = run.job and s.state in ('done', 'incomplete'))
  from run
 where ended_at is not null
 order by job, run_number desc;
