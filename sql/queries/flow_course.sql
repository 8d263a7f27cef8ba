-- What some groups did night by night, by group in the order given, then by night.
-- $1 timestamptz  after this night
-- $2 timestamptz  up to this one
-- $3 text[]       kinds of the groups
-- $4 text[]       their carriers
-- $5 text[]       their names
select g.position, f.as_of, f.observed, f.expected
  from unnest($3::text[], $4::text[], $5::text[]) with ordinality as g (kind, carrier, name, position)
  join flow f on f.kind = g.kind and f.carrier = g.carrier and f.name = g.name
 where f.as_of > $1 and f.as_of <= $2
 order by g.position, f.as_of;
