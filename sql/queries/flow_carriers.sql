-- What each carrier did in a night, and its newest scan known by then.
-- $1 timestamptz  as-of
select carrier, observed, expected, silent, newest_at, disturbed
  from flow
 where as_of = $1 and kind = 'carrier'
 order by carrier;
