-- Statements whose time was up in a span, and whose outcome no night up to an as-of has settled: once for each parcel and
-- promise, and for each parcel and acceptance, however many nights made them. An index finds them, so that the cost follows
-- what came due.
-- $1 timestamptz  up after; null for all
-- $2 timestamptz  up by
-- $3 integer      days from acceptance to when a parcel counts as lost
-- $4 timestamptz  as-of
with due as (
    select distinct shipment_id, 'late' as kind, promised_at as anchor, promised_at as due_at
      from forecast
     where promised_at <= $2 and (promised_at > $1 or $1 is null) and p_late is not null and as_of < promised_at
    union all
    select distinct shipment_id, 'lost', accepted_at, accepted_at + make_interval(hours => 24 * $3::integer)
      from forecast
     where accepted_at <= $2 - make_interval(hours => 24 * $3::integer)
       and (accepted_at > $1 - make_interval(hours => 24 * $3::integer) or $1 is null) and p_lost is not null
       and as_of < accepted_at + make_interval(hours => 24 * $3::integer)
)
select shipment_id, kind, anchor, due_at
  from due
 where not exists (select
                     from outcome o
                    where o.shipment_id = due.shipment_id and o.kind = due.kind and o.anchor = due.anchor
                      and o.settled_as_of <= $4)
 order by shipment_id, kind, anchor;
