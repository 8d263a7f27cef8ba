-- Messages, newest first.
-- $1 text    state, '' for all
-- $2 text    channel, '' for all
-- $3 bigint  number, 0 for all
-- $4 bigint  at most
select message_key, channel, recipient, subject, body_text, body_html, as_of, attempts, message_number, rule, audience, thing, action,
       severity, facts, reply_to, quiet_hours, state, queued_at, next_attempt_at, sent_at, last_error, decided_by
  from outbox
 where ($1 = '' or state = $1) and ($2 = '' or channel = $2) and ($3 = 0::bigint or message_number = $3)
 order by message_number desc
 limit $4;
