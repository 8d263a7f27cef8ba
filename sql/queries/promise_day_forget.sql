-- Forget the promises of days before a day.
-- $1 date  day
delete from promise_day where promise_day < $1;
