-- Forget what was learned before an instant.
-- $1 timestamptz  instant
delete from learned where as_of < $1;
