-- Forget what nights before an instant said.
-- $1 timestamptz  instant
delete from forecast where as_of < $1;
