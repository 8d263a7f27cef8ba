-- Forget the watch list of one as-of, to write it again.
-- $1 timestamptz  as-of
delete from watch where as_of = $1;
