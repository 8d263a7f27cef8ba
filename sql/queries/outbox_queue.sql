-- Queue a message; a key that was queued before stays as it is.
-- $1 text         key
-- $2 text         channel
-- $3 text         recipient
-- $4 text         subject
-- $5 text         text body
-- $6 text         HTML body
-- $7 timestamptz  as-of
-- $8 timestamptz  wall clock
-- $9 text         rule
-- $10 text        audience
-- $11 text        what it is about
-- $12 text        what becomes of that
-- $13 text        severity
-- $14 text        facts, a JSON object
-- $15 text        address for answers, '' for none
-- $16 text        quiet hours, '' for none
-- $17 text        state: pending, or held
-- $18 timestamptz first attempt
insert into outbox (message_key, channel, recipient, subject, body_text, body_html, as_of, queued_at, rule, audience, thing, action,
                    severity, facts, reply_to, quiet_hours, state, next_attempt_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
on conflict (message_key) do nothing;
