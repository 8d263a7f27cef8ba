-- The totals of one as-of, in the order of their names.
-- $1 timestamptz  as-of
select measure, milestone, carrier, ripe_gaps, ripe_lost, closed_recent, events, exposure_hours, next_milestone
  from learned_total
 where as_of = $1
 order by measure, milestone collate "C", carrier collate "C";
