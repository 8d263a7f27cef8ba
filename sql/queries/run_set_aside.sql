-- Remember rows that could not be used.
-- $1 bigint    run
-- $2 bigint    position of the first one
-- $3 text[]    step
-- $4 text[]    source
-- $5 text[]    key, '' for none
-- $6 text[]    reason
-- $7 text[]    detail, '' for none
-- $8 bigint[]  line, 0 for none
insert into set_aside (run_number, position, step, source, key, reason, detail, line)
select $1, $2 + r.ordinal - 1, r.step, r.source, nullif(r.key, ''), r.reason, nullif(r.detail, ''), nullif(r.line, 0)
  from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
       with ordinality as r (step, source, key, reason, detail, line, ordinal)
on conflict do nothing;
