-- Where a night stands: whether it was learned, whether it was judged, how many newer ones were, how many nights wait, and
-- whether one of those is older than one that was judged.
-- $1 timestamptz  as-of
select exists (select from learned l where l.as_of = $1 and not l.settled), coalesce(bool_or(as_of = $1), false),
       count(*) filter (where as_of > $1), (select count(*) from night_again),
       coalesce((select min(a.as_of) from night_again a) < max(as_of), false)
  from night;
