-- How true the lists of lost parcels were. An entry is a parcel on the list of one night. It is judged by its outcome, once
-- that came due in the span, and is false when the parcel moved on after that night, as later ones saw; before, by what a person decided in the span about the case: dismissed means false,
-- acknowledged or resolved means true.
-- $1 timestamptz  due, or decided, after
-- $2 timestamptz  as-of: due and settled, or decided, by then
-- $3 timestamptz  listed after
with listed as (
    select f.shipment_id, f.as_of, f.p_listed,
           o.happened and not exists (select from forecast g
                                       where g.shipment_id = f.shipment_id and g.as_of > f.as_of and g.as_of < o.due_at
                                         and g.as_of - make_interval(secs => 3600 * g.silence_hours) > f.as_of + interval '1 minute')
               as happened
      from forecast f
      left join lateral (select x.happened, x.due_at
                           from outcome x
                          where x.shipment_id = f.shipment_id and x.kind = 'lost' and x.anchor = f.accepted_at
                            and x.due_at > f.as_of and x.due_at <= $2 and x.settled_as_of <= $2
                          order by x.settled_as_of desc
                          limit 1) o on true
     where f.p_listed is not null and f.as_of > $3 and f.as_of <= $2 and (o.due_at is null or o.due_at > $1)
), decided as (
    select distinct on (shipment_id) shipment_id, as_of, event
      from case_event
     where event in ('acknowledged', 'dismissed', 'resolved') and kind_after = 'lost' and as_of > $1 and as_of <= $2
     order by shipment_id, as_of desc, recorded_at desc
), entry as (
    select l.shipment_id, l.p_listed::float8 as p_listed, d.event,
           coalesce(not l.happened, d.event = 'dismissed') as is_false
      from listed l
      left join decided d on d.shipment_id = l.shipment_id and d.as_of >= l.as_of
     where l.happened is not null or d.event is not null
)
select count(*), count(distinct shipment_id), avg(1 - p_listed), avg(is_false::integer)::float8,
       count(distinct shipment_id) filter (where event = 'dismissed'),
       count(distinct shipment_id) filter (where event <> 'dismissed')
  from entry;
