-- The newest night before another, not older than an instant, that has a watch list.
-- $1 timestamptz  before
-- $2 timestamptz  not older than
select max(as_of) from watch where as_of < $1 and as_of >= $2;
