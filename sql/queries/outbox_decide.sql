-- A person's word on messages that wait for it. One that says more of a case than is true any more is not released.
-- $1 bigint[]     numbers
-- $2 text         pending, or dropped
-- $3 text         who
-- $4 timestamptz  wall clock
update outbox o
   set state = $2, decided_by = $3, next_attempt_at = $4
 where o.message_number = any($1) and o.state = 'held'
   and ($2 = 'dropped'
        or exists (select from cases c
                    where o.thing = 'case-' || c.case_number and c.state in ('open', 'acknowledged', 'snoozed')
                      and o.message_key like 'customer:case-' || c.case_number || ':' || c.kind || ':%'));
