-- A person decides what became of the last attempt under a key: it arrived, or it is let go again.
-- $1 text         key
-- $2 text         outcome: 'sent' or 'released'
-- $3 timestamptz  wall clock
-- $4 text         who decides
update claim_attempt
   set outcome = $2, ended_at = coalesce(ended_at, $3), reply = concat_ws('; ', nullif(reply, ''), $2 || ' said ' || $4)
 where submission_key = $1 and (outcome is null or outcome in ('unknown', 'refused'))
   and attempt = (select max(l.attempt) from claim_attempt l where l.submission_key = $1);
