-- How many outcomes of a kind came due in a span, as far as a night knows: of each parcel the newest.
-- $1 text         kind
-- $2 timestamptz  due after
-- $3 timestamptz  as-of: due by then, and settled by then
select count(*) from outcome where kind = $1 and due_at > $2 and due_at <= $3 and settled_as_of <= $3;
