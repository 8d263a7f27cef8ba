-- The shipments of a window at a glance.
-- $1 timestamptz  created after
-- $2 timestamptz  as-of
select count(*) filter (where isfinite(created_at)), min(created_at) filter (where isfinite(created_at)),
       max(created_at) filter (where isfinite(created_at)),
       count(*) filter (where isfinite(created_at) and isfinite(promised_at)),
       count(*) filter (where isfinite(created_at) and isfinite(promised_at) and promised_at < created_at),
       count(*) filter (where isfinite(created_at) is not true), count(*) filter (where coalesce(tracking_number, '') = '')
  from source_shipment
 where (created_at > $1 and created_at <= $2) or created_at is null
    or created_at in ('infinity', '-infinity');
