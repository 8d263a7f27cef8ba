-- What nights said of parcels whose outcome came due in a span, beside the outcome, as far as a night knows. The parcels
-- may be a sample, fixed by their ids. A parcel that moved on after a night, as later nights saw, was lost later than that
-- night: P(lost) is the chance that it never moves again (silence is kept in single precision).
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
), said as (
    select f.*, k.happened, max(f.as_of - make_interval(secs => 3600 * f.silence_hours)) over (partition by f.shipment_id) as moved_at
      from known k
      join forecast f on f.shipment_id = k.shipment_id and f.as_of < k.due_at
     where f.accepted_at is not null  -- a label that waits is another matter, and is not corrected
       and case when $1 = 'late' then f.promised_at else f.accepted_at end = k.anchor
)
select shipment_id, as_of, carrier, case when $1 = 'late' then p_late else p_lost end::float8,
       case when $1 = 'late' then p_late_stated else p_lost_stated end::float8,
       happened and ($1 = 'late' or moved_at < as_of + interval '1 minute')
  from said
 where case when $1 = 'late' then p_late else p_lost end is not null
 order by shipment_id, as_of;
