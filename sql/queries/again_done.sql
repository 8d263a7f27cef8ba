-- A night was done again.
-- $1 timestamptz  as-of
delete from night_again where as_of = $1;
