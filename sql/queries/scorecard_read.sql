-- The scorecards of a night, from carriers to lanes, by names.
-- $1 timestamptz  as-of
select level, carrier, service, origin, destination, parcels, presented, median_hours, p90_hours, p95_hours,
       stated, stated_kept, stated_low, stated_high, derived, derived_kept, derived_low, derived_high,
       ripe, lost, lost_low, lost_high, drift_known, drift_on, drift_since, drift_statistic, drift_usual,
       drift_promised, drift_kept
  from scorecard
 where as_of = $1
 order by array_position(array['carrier', 'service', 'lane'], level), carrier collate "C", service collate "C", origin collate "C",
          destination collate "C";
