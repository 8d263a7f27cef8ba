-- What was set aside for an as-of, each step by the last run that recorded it.
-- $1 timestamptz  as-of
select s.step, s.reason, count(*)
  from set_aside s
  join (select a.step, max(a.run_number) as run_number
          from set_aside a join run r using (run_number)
         where r.as_of = $1
         group by a.step) last on last.step = s.step and last.run_number = s.run_number
 group by s.step, s.reason
 order by count(*) desc, s.step, s.reason;
