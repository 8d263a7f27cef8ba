-- Forget what a night said, to write it again.
-- $1 timestamptz  as-of
delete from forecast where as_of = $1;
