-- How many messages are due, how many wait for later, for a person, and how many were given up.
-- $1 timestamptz  wall clock
select count(*) filter (where state = 'pending' and next_attempt_at <= $1), count(*) filter (where state = 'pending' and next_attempt_at > $1),
       count(*) filter (where state = 'held'), count(*) filter (where state = 'dead')
  from outbox
 where state in ('pending', 'held', 'dead');
