-- Forget the flows of one night, to write them again.
-- $1 timestamptz  as-of
delete from flow where as_of = $1;
