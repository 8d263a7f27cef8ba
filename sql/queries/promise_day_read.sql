-- Promises of each carrier by the day they ended, as far as a night knows. Days on which, or on the morning after which,
-- the carrier's feed was silent are left out: nobody knows what was kept then.
-- $1 date         after this day
-- $2 timestamptz  as-of
-- $3 text         time zone of days
select distinct on (carrier, promise_day) carrier, promise_day, promised, kept, leads, first_leads
  from promise_day p
 where promise_day > $1 and counted_as_of <= $2
   and not exists (select
                     from incident_night n
                     join incident i using (incident_number)
                    where i.kind = 'feed' and i.carrier = p.carrier and n.as_of <= $2
                      and n.since < (p.promise_day + 2)::timestamp at time zone $3
                      and n.as_of >= p.promise_day::timestamp at time zone $3)
 order by carrier, promise_day, leads is null, first_leads is null, counted_as_of desc;
