-- Carriers as the source spells them, the busiest first.
-- $1 timestamptz  created after
-- $2 timestamptz  as-of
select coalesce(carrier, ''), count(*), count(*) filter (where isfinite(promised_at))
  from source_shipment
 where created_at > $1 and created_at <= $2
 group by 1
 order by 2 desc, 1;
