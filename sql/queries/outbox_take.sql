-- The next message that is due, locked for this transaction.
-- $1 timestamptz  wall clock
-- $2 text[]       channels that rest
select message_key, channel, recipient, subject, body_text, body_html, as_of, attempts, message_number, rule, audience, thing, action,
       severity, facts, reply_to, quiet_hours, state, queued_at, next_attempt_at, sent_at, last_error, decided_by
  from outbox
 where state = 'pending' and next_attempt_at <= $1 and channel <> all($2)
 order by next_attempt_at, message_number
 limit 1
   for update skip locked;
