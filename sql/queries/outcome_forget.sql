-- Forget outcomes that came due before an instant.
-- $1 timestamptz  instant
delete from outcome where due_at < $1;
