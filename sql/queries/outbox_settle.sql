-- Record the outcome of an attempt.
-- $1 text         key
-- $2 text         state
-- $3 timestamptz  sent at, null when it was not
-- $4 timestamptz  next attempt, null to leave it
-- $5 text         why it failed, null when it did not
update outbox
   set state = $2, attempts = attempts + 1, sent_at = $3, next_attempt_at = coalesce($4, next_attempt_at), last_error = $5
 where message_key = $1;
