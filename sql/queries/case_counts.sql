-- Cases of a night by kind: how many there are, and how many were opened or reopened, grew worse, were cleared.
-- $1 timestamptz  as-of
select kind, sum(tonight)::bigint, sum(opened)::bigint, sum(worse)::bigint, sum(cleared)::bigint
  from (select f.kind, count(*) as tonight, 0::bigint as opened, 0::bigint as worse, 0::bigint as cleared
          from finding f where f.as_of = $1 group by f.kind
         union all
        select e.kind_after, 0, count(*) filter (where event in ('opened', 'reopened')),
               count(*) filter (where event = 'worse'), count(*) filter (where event = 'cleared')
          from case_event e where e.as_of = $1 group by e.kind_after) counted
 group by kind
 order by kind;
