-- When the next message of each channel is due.
-- $1 text[]  channels
select channel, min(next_attempt_at)
  from outbox
 where state = 'pending' and channel = any($1)
 group by channel;
