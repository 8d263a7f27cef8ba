-- The newest settled sums that a night can be added to: earlier, of the same landmark, counted in the same way.
-- $1 timestamptz  before this as-of
-- $2 timestamptz  landmark
-- $3 text         fingerprint
select as_of, landmark, shipments, scans, gaps
  from learned
 where settled and as_of < $1 and landmark = $2 and fingerprint = $3
 order by as_of desc
 limit 1;
