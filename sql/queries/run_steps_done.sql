-- The last run that did each step of a night.
-- $1 timestamptz  as-of
-- $2 text         the scheduler's key, '' for any
select s.step, max(s.run_number)
  from run_step s join run r using (run_number)
 where r.as_of = $1 and ($2 = '' or r.run_key = $2) and s.state = 'done'
 group by s.step;
