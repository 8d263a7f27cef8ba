-- The newest learned state that is not later than an instant.
-- $1 timestamptz  instant
select as_of, landmark, shipments, scans, gaps,
       (select min(cohort_day) from learned_day d where d.as_of = l.as_of and d.settled = l.settled) as first_day,
       (select max(cohort_day) from learned_day d where d.as_of = l.as_of and d.settled = l.settled) as last_day
  from learned l
 where as_of <= $1 and not settled
 order by as_of desc
 limit 1;
