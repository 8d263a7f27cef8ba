-- The number of an incident that was open at an as-of, or opened or closed then, 0 when there is none; and the next free
-- number.
-- $1 timestamptz  as-of
-- $2 text         kind
-- $3 text         carrier
-- $4 text         name
select coalesce((select incident_number
                   from incident
                  where kind = $2 and carrier = $3 and name = $4
                    and opened_as_of <= $1 and (closed_as_of is null or closed_as_of >= $1)
                  order by opened_as_of desc
                  limit 1), 0),
       (select coalesce(max(incident_number), 0) + 1 from incident);
