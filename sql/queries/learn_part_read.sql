-- The parts of the learning of a night in order, of the division that is complete; none when there is none.
-- $1 timestamptz  as-of
-- $2 text         fingerprint
select sums
  from learn_part p
 where as_of = $1 and fingerprint = $2
   and parts = (select min(parts)
                  from (select parts from learn_part
                         where as_of = $1 and fingerprint = $2
                         group by parts having count(sums) = parts) whole)
 order by part;
