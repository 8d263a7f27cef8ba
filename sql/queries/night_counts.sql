-- What the nights with a report counted, oldest first, a row for each kind of case; a night without any has one row without a
-- kind.
select n.as_of, n.judged, n.abstained, k ->> 'kind', (k ->> 'tonight')::bigint, (k ->> 'opened')::bigint,
       (k ->> 'worse')::bigint, (k ->> 'cleared')::bigint, (k ->> 'cost_minor')::bigint
  from night n
  left join lateral jsonb_array_elements(n.kinds) k on true
 where n.kinds is not null
 order by n.as_of, 4;
