-- Divide the learning of a night, unless it is divided already by the same rules: whoever comes first says where.
-- $1 timestamptz  as-of
-- $2 integer      parts
-- $3 text         fingerprint
-- $4 text[]       last id of each part but the last
insert into learn_part (as_of, fingerprint, parts, part, after_id, upto_id)
select $1, $3, $2, n, ($4::text[])[n - 1], ($4::text[])[n]
  from generate_series(1, $2::integer) n
 order by n
    on conflict do nothing;
