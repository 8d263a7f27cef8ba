-- Rows that a run set aside, as they came.
-- $1 bigint  run
-- $2 bigint  at most
select step, source, coalesce(line, 0), coalesce(key, ''), reason, coalesce(detail, '')
  from set_aside
 where run_number = $1
 order by position
 limit $2;
