-- What a run set aside, by step and reason.
-- $1 bigint  run
select step, reason, count(*)
  from set_aside
 where run_number = $1
 group by step, reason
 order by count(*) desc, step, reason;
