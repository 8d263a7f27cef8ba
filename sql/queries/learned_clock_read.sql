-- The clocks of one as-of, unordered.
-- $1 timestamptz  as-of
-- $2 boolean      of settled shipments only
select measure, milestone, carrier, events, exposure_hours from learned_clock where as_of = $1 and settled = $2;
