-- Forget the promises of days before a day, and what a night counted of days that it counts again: those after the last one counted
-- for good and whole.
-- $1 date         day
-- $2 timestamptz  as-of
delete from promise_day
 where promise_day < $1
    or counted_as_of = $2
       and promise_day > coalesce((select max(c.promise_day) from promise_day c
                                    where c.counted_as_of <= $2 and c.leads is not null and c.first_leads is not null), '-infinity');
