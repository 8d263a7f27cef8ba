-- The next message that is due, locked for this transaction.
-- $1 timestamptz  wall clock
select message_key, channel, recipient, subject, body_text, body_html, as_of, attempts
  from outbox
 where state = 'pending' and next_attempt_at <= $1
 order by next_attempt_at, message_key
 limit 1
   for update skip locked;
