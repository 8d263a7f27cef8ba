-- What became by as-of of the cases that were opened or reopened since a night, by the kind they were opened as: how many,
-- cleared by a scan, dismissed by people, acknowledged or resolved by people.
-- $1 timestamptz  after this night
-- $2 timestamptz  as-of
select e.kind_after, count(*), count(*) filter (where l.state_after = 'cleared'), count(*) filter (where l.state_after = 'dismissed'),
       count(*) filter (where l.state_after in ('acknowledged', 'resolved'))
  from case_event e
  cross join lateral (select x.state_after from case_event x
                       where x.shipment_id = e.shipment_id and x.as_of <= $2
                       order by x.as_of desc, x.recorded_at desc limit 1) l
 where e.event in ('opened', 'reopened') and e.as_of > $1 and e.as_of <= $2
 group by 1
 order by 1;
