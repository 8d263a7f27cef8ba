-- A step of a run ended.
-- $1 bigint       run
-- $2 text         step
-- $3 text         state
-- $4 timestamptz  wall clock
update run_step set state = $3, ended_at = $4 where run_number = $1 and step = $2;
