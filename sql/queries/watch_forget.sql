-- Forget watch lists from before an instant.
-- $1 timestamptz  instant
delete from watch where as_of < $1;
