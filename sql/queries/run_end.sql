-- Record the end of a run, and of the step that it was in.
-- $1 bigint       run
-- $2 text         state
-- $3 timestamptz  wall clock
-- $4 integer      exit code
-- $5 jsonb        counts
-- $6 text         error, null for none
with step as (
    update run_step set state = $2, ended_at = $3 where run_number = $1 and state = 'running'
)
update run set state = $2, ended_at = $3, exit_code = $4, counts = $5, error = $6 where run_number = $1;
