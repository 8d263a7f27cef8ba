-- What nights said of parcels whose outcome came due in a span, beside the outcome, as far as a night knows. The parcels
-- may be a sample, fixed by their ids.
-- $1 text         kind: 'late' or 'lost'
-- $2 timestamptz  due after
-- $3 timestamptz  as-of: due by then, and settled by then
-- $4 integer      of 1024 parcels, how many
with known as materialized (
    select distinct on (shipment_id, anchor) shipment_id, anchor, due_at, happened
      from outcome
     where kind = $1 and due_at > $2 and due_at <= $3 and settled_as_of <= $3
       and (hashtextextended(shipment_id, 0) & 1023) < $4::integer
     order by shipment_id, anchor, settled_as_of desc
)
select f.shipment_id, f.as_of, f.carrier, case when $1 = 'late' then f.p_late else f.p_lost end::float8,
       case when $1 = 'late' then f.p_late_stated else f.p_lost_stated end::float8, k.happened
  from known k
  join forecast f on f.shipment_id = k.shipment_id and f.as_of < k.due_at
 where f.accepted_at is not null  -- a label that waits is another matter, and is not corrected
   and case when $1 = 'late' then f.promised_at else f.accepted_at end = k.anchor
   and case when $1 = 'late' then f.p_late else f.p_lost end is not null
 order by f.shipment_id, f.as_of;
