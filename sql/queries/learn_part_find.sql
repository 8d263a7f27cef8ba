-- Where a part of the learning of a night begins and ends, and whether it was counted.
-- $1 timestamptz  as-of
-- $2 integer      parts
-- $3 integer      part
-- $4 text         fingerprint
select after_id, upto_id, sums is not null
  from learn_part
 where as_of = $1 and parts = $2 and part = $3 and fingerprint = $4;
