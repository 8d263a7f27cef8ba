-- Whoever takes the right to run knows that a run which still says running was killed.
-- $1 timestamptz  wall clock
-- $2 text         what is said of them
update run
   set state = 'failed', ended_at = $1, error = $2
 where state = 'running';
