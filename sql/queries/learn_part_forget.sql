-- Forget the parts of a night that were added up, and those of older ones that nobody asked for.
-- $1 timestamptz  as-of
delete from learn_part where as_of <= $1;
