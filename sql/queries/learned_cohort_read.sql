-- The cohorts of one as-of, unordered: they are sorted where they are used.
-- $1 timestamptz  as-of
-- $2 boolean      of settled shipments only
select kind, measure, milestone, carrier, service, origin, destination, part, bins, ended, waited
  from learned_cohort
 where as_of = $1 and settled = $2;
