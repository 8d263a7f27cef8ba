-- Forget flows from before an instant.
-- $1 timestamptz  instant
delete from flow where as_of < $1;
