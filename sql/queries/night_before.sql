-- The newest judged as-of before another one, null when there is none.
-- $1 timestamptz  as-of
select max(as_of) from night where as_of < $1;
