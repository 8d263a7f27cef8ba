-- Forget what was learned for one as-of, to learn it again.
-- $1 timestamptz  as-of
delete from learned where as_of = $1;
