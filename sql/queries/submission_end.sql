-- End the open attempt under a key.
-- $1 text         key
-- $2 text         outcome
-- $3 text         reply
-- $4 timestamptz  wall clock
update claim_attempt set outcome = $2, reply = $3, ended_at = $4 where submission_key = $1 and outcome is null;
