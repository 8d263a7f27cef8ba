-- The last attempts under their keys whose outcome nobody knows or that a person must look at, oldest first, with how many of
-- their claims may still be sent.
-- $1 bigint[]  only with one of these claims; empty for all
-- $2 text      carrier's slug; '' for all
select a.submission_key, a.carrier, a.channel, a.recipient, a.claim_numbers, coalesce(a.outcome, ''), a.reply, a.begun_at,
       (select f.as_of from claim_attempt f where f.submission_key = a.submission_key and f.attempt = 1),
       (select count(*) from claim c
         where c.claim_number = any(a.claim_numbers) and c.state = 'ready' and c.found_as_of is null)::bigint
  from claim_attempt a
 where (a.outcome is null or a.outcome in ('unknown', 'refused'))
   and a.attempt = (select max(l.attempt) from claim_attempt l where l.submission_key = a.submission_key)
   and (cardinality($1::bigint[]) = 0 or a.claim_numbers && $1) and ($2 = '' or a.carrier = $2)
 order by a.begun_at, a.submission_key;
