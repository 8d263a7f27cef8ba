-- Flows of some nights, each group's in the order of the nights.
-- $1 timestamptz  after
-- $2 timestamptz  before
select as_of, kind, carrier, name, observed, expected, log_ratio, log_ratio_mean, log_ratio_variance, silent,
       newest_at, disturbed
  from flow
 where as_of > $1 and as_of < $2
 order by kind, carrier, name, as_of;
