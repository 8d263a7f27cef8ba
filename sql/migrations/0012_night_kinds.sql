-- What a night counted is kept with it: reports compare nights, and counting the findings of a year anew costs minutes.
alter table night add kinds jsonb;
comment on column night.kinds is
    'Cases by kind as the report told them: tonight, opened, worse, cleared, expected cost; null until there is a report';

update night n
   set kinds = (select coalesce(jsonb_agg(k order by k ->> 'kind'), '[]')
                  from (select jsonb_build_object('kind', kind, 'tonight', sum(tonight), 'opened', sum(opened), 'worse', sum(worse),
                                                  'cleared', sum(cleared), 'cost_minor', sum(cost)) as k
                          from (select f.kind, count(*) as tonight, 0 as opened, 0 as worse, 0 as cleared,
                                       sum(f.expected_cost_minor) as cost
                                  from finding f where f.as_of = n.as_of group by f.kind
                                 union all
                                select e.kind_after, 0, count(*) filter (where event in ('opened', 'reopened')),
                                       count(*) filter (where event = 'worse'), count(*) filter (where event = 'cleared'), 0
                                  from case_event e where e.as_of = n.as_of group by e.kind_after) counted
                         group by kind) kinds);
