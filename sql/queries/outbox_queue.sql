-- Queue a message; a key that was queued before stays as it is.
-- $1 text         key
-- $2 text         channel
-- $3 text         recipient
-- $4 text         subject
-- $5 text         text body
-- $6 text         HTML body
-- $7 timestamptz  as-of
-- $8 timestamptz  wall clock
insert into outbox (message_key, channel, recipient, subject, body_text, body_html, as_of, state, next_attempt_at, queued_at)
values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $8)
on conflict (message_key) do nothing;
