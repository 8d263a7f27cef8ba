-- The days of cohorts of one as-of, unordered.
-- $1 timestamptz  as-of
-- $2 boolean      of settled shipments only
select measure, milestone, carrier, cohort_day, closed, open from learned_day where as_of = $1 and settled = $2;
