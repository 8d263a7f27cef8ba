-- Forget the scorecards of a night, to write them anew.
-- $1 timestamptz  as-of
delete from scorecard where as_of = $1;
