-- Forget attempts to file claims none of which is there any more, and settlement lines that were never booked.
-- $1 timestamptz  begun, or read, before
with lines as (delete from settlement_line where recorded_at < $1 and state in ('ambiguous', 'unmatched', 'set_aside')
               returning 1),
     attempts as (delete from claim_attempt a
                   where a.ended_at < $1
                     and not exists (select from claim c where c.claim_number = any (a.claim_numbers))
                   returning 1)
select (select count(*) from lines) + (select count(*) from attempts);
