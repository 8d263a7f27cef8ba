-- A step of a run begins.
-- $1 bigint       run
-- $2 text         step
-- $3 timestamptz  wall clock
insert into run_step (run_number, step, position, state, started_at)
select $1, $2, count(*) + 1, 'running', $3 from run_step where run_number = $1;
