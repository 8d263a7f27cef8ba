-- Keep with a night what it counted by kind of case. The same again writes nothing.
-- $1 timestamptz  as-of
-- $2 text[]       kinds
-- $3 bigint[]     cases tonight
-- $4 bigint[]     opened
-- $5 bigint[]     grown worse
-- $6 bigint[]     cleared
-- $7 bigint[]     expected cost, in minor units
with counted as (
    select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'tonight', tonight, 'opened', opened, 'worse', worse,
                                                 'cleared', cleared, 'cost_minor', cost) order by kind), '[]') as kinds
      from unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
           as k (kind, tonight, opened, worse, cleared, cost)
)
update night
   set kinds = counted.kinds
  from counted
 where as_of = $1 and night.kinds is distinct from counted.kinds;
