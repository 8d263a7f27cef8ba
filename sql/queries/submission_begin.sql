-- Begin an attempt, if all its claims are still ready and no other attempt under its key is open or arrived. Counts the rows
-- written: 1 or 0.
-- $1 text          key
-- $2 text          carrier's slug
-- $3 text          channel
-- $4 text          recipient
-- $5 bigint[]      numbers of the claims
-- $6 timestamptz   as-of
-- $7 timestamptz   wall clock
-- $8 text          actor
insert into claim_attempt (submission_key, attempt, carrier, channel, recipient, claim_numbers, as_of, begun_at, actor)
select $1, coalesce((select max(attempt) from claim_attempt where submission_key = $1), 0) + 1, $2, $3, $4, $5, $6, $7, $8
 where (select count(*) from claim where claim_number = any($5) and state = 'ready' and found_as_of is null)
       = cardinality($5::bigint[]);
