-- Let messages that were given up be tried again, from the beginning; those that wait are tried at once.
-- $1 bigint[]     numbers; all that were given up when it is empty
-- $2 timestamptz  wall clock
update outbox
   set attempts = case state when 'dead' then 0 else attempts end, state = 'pending', next_attempt_at = $2
 where (cardinality($1::bigint[]) = 0 and state = 'dead')
    or (message_number = any($1) and state in ('dead', 'pending'));
