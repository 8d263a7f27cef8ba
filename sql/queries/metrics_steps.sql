-- The last time that each step was done.
select distinct on (step) step, started_at, ended_at
  from run_step
 where state in ('done', 'incomplete') and ended_at is not null
 order by step, run_number desc;
