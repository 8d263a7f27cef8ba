-- The steps of a run, in order.
-- $1 bigint  run
select step, state, started_at, ended_at from run_step where run_number = $1 order by position;
