-- Nights that wait to be done again, in order: what a scheduler called their last run, their papers and how many, the steps
-- that were done of them and how many; no steps when no run tells.
select a.as_of,
       coalesce((select r.run_key from run r where r.as_of = a.as_of order by r.run_number desc limit 1), ''),
       a.papers, cardinality(a.papers), coalesce(d.steps, '{}'), coalesce(cardinality(d.steps), 0)
  from night_again a
  cross join lateral (select array_agg(distinct s.step) as steps
                        from run_step s join run r using (run_number)
                       where r.as_of = a.as_of and s.state in ('done', 'incomplete')) d
 order by a.as_of;
