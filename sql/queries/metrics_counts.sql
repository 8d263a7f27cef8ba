-- What was last counted under each step.
select distinct on (c.step, n.name) c.step, n.name, n.value::bigint
  from (select run_number, counts from run order by run_number desc limit 100) r,
       jsonb_each(r.counts) c (step, names), jsonb_each_text(c.names) n (name, value)
 where n.name <> 'ms' and n.value ~ '^-?[0-9]{1,18}$'
 order by c.step, n.name, r.run_number desc;
