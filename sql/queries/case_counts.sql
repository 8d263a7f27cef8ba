-- Cases of a night by kind: how many there are, how many were opened or reopened, grew worse, were cleared, and what they are
-- expected to cost.
-- $1 timestamptz  as-of
select kind, sum(tonight)::bigint, sum(opened)::bigint, sum(worse)::bigint, sum(cleared)::bigint, sum(cost)::bigint
  from (select f.kind, count(*) as tonight, 0::bigint as opened, 0::bigint as worse, 0::bigint as cleared,
               sum(f.expected_cost_minor)::bigint as cost
          from finding f where f.as_of = $1 group by f.kind
         union all
        select e.kind_after, 0, count(*) filter (where event in ('opened', 'reopened')),
               count(*) filter (where event = 'worse'), count(*) filter (where event = 'cleared'), 0
          from case_event e where e.as_of = $1 group by e.kind_after) counted
 group by kind
 order by kind;
