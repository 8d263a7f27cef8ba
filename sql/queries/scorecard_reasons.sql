-- Cases of each carrier by kind: how many opened since an instant, and how many a night lists; the most frequent first.
-- $1 timestamptz  as-of
-- $2 timestamptz  opened since
select carrier, kind, sum(opened)::bigint, sum(listed)::bigint
  from (select f.carrier, e.kind_after as kind, count(*) as opened, 0::bigint as listed
          from case_event e
          join finding f using (shipment_id, as_of)
         where e.event in ('opened', 'reopened') and e.as_of >= $2 and e.as_of <= $1
         group by f.carrier, e.kind_after
         union all
        select carrier, kind, 0, count(*) from finding where as_of = $1 group by carrier, kind) counted
 group by carrier, kind
 order by carrier collate "C", sum(opened) desc, sum(listed) desc, kind;
