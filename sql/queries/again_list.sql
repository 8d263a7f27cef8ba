-- Nights that wait to be done again, in order: what a scheduler called the run that put them in line, or their last one, their papers and how many.
select a.as_of,
       coalesce(nullif(a.run_key, ''),
                (select r.run_key from run r where r.as_of = a.as_of order by r.run_number desc limit 1), ''),
       a.papers, cardinality(a.papers)
  from night_again a
 order by a.as_of;
