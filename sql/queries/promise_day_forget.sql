-- Forget the promises of days before a day, and what a night counted of a day that had just ended, or before all was counted.
-- $1 date         day
-- $2 timestamptz  as-of
delete from promise_day where promise_day < $1 or counted_as_of = $2 and (leads is null or first_leads is null);
