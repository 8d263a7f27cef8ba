-- What was counted of a part.
-- $1 timestamptz  as-of
-- $2 integer      parts
-- $3 integer      part
-- $4 text         fingerprint
-- $5 text         sums
update learn_part set sums = $5 where as_of = $1 and parts = $2 and part = $3 and fingerprint = $4;
