-- Forget the promises of days before a day, and what a night counted before leads were.
-- $1 date         day
-- $2 timestamptz  as-of
delete from promise_day where promise_day < $1 or counted_as_of = $2 and leads is null;
