-- Record the beginning of a run; gives its number.
-- $1 text         job
-- $2 timestamptz  as-of
-- $3 text         version of vigie
-- $4 text         SHA-256 of the settings in force
-- $5 timestamptz  wall clock
-- $6 text         the scheduler's key, '' for none
insert into run (run_number, job, as_of, version, settings_sha256, state, started_at, run_key)
select coalesce(max(run_number), 0) + 1, $1, $2, $3, $4, 'running', $5, $6 from run
returning run_number;
