-- Empty messages that were delivered or given up: who they went to, and their words. Their keys stay, so that none is sent
-- again.
-- $1 timestamptz  queued before
with gone as (
    update outbox
       set recipient = '', subject = '', body_text = '', body_html = '', last_error = null
     where queued_at < $1 and state <> 'pending' and (recipient, subject, body_text, body_html) is distinct from ('', '', '', '')
    returning 1)
select count(*) from gone;
