-- Whoever takes the right to run knows that a run which still says running was killed.
-- $1 timestamptz  wall clock
update run
   set state = 'failed', ended_at = $1, error = 'ended without a word: it was killed, or the machine stopped'
 where state = 'running';
