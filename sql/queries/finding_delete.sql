-- Forget what a night found, to write it again.
-- $1 timestamptz  as-of
delete from finding where as_of = $1;
