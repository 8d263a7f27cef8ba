-- The last day whose promises are counted for good and whole, as far as a night knows; null when there is none.
-- $1 timestamptz  as-of
select max(promise_day) from promise_day where counted_as_of <= $1 and leads is not null and first_leads is not null;
