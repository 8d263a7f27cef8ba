-- The unmapped codes of a night, most frequent first.
-- $1 timestamptz  as-of
select coalesce(u ->> 'carrier', ''), coalesce(u ->> 'code', ''), coalesce(u ->> 'example', ''), (u ->> 'count')::bigint
  from night, jsonb_array_elements(unmapped) as u
 where as_of = $1
 order by 4 desc, 1, 2;
