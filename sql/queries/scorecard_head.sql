-- The newest night that has scorecards and is not later than an instant, and what they are about.
-- $1 timestamptz  instant
select as_of, first_day, promised_by, accepted_by, horizon_days::bigint
  from scorecard_night
 where as_of <= $1
 order by as_of desc
 limit 1;
