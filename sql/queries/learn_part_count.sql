-- How many parts of the learning of a night are counted, of how many, in the division that came furthest; nothing when it is not
-- divided.
-- $1 timestamptz  as-of
-- $2 text         fingerprint
select count(sums), parts::bigint
  from learn_part
 where as_of = $1 and fingerprint = $2
 group by parts
 order by count(sums)::float8 / parts desc, parts
 limit 1;
