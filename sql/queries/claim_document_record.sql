-- Remember documents written for a night.
-- $1 timestamptz  as-of
-- $2 text[]       file names
-- $3 text[]       carriers, '' for a claim's own
-- $4 bigint[]     claims in each
-- $5 bigint[]     numbers of the claim, 0 for papers of several
-- $6 text[]       totals in minor units, '' when unknown
-- $7 text[]       their currencies
-- $8 bigint[]     sizes in bytes
-- $9 text[]       SHA-256
insert into claim_document (as_of, file_name, carrier, claim_count, claim_number, total_minor, currency, size_bytes, sha256)
select $1, t.file_name, t.carrier, t.claim_count, nullif(t.claim_number, 0), nullif(t.total, '')::bigint,
       nullif(t.currency, ''), t.size_bytes, t.sha256
  from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[])
       as t (file_name, carrier, claim_count, claim_number, total, currency, size_bytes, sha256)
on conflict (as_of, file_name) do update
   set (carrier, claim_count, claim_number, total_minor, currency, size_bytes, sha256) =
       (excluded.carrier, excluded.claim_count, excluded.claim_number, excluded.total_minor, excluded.currency,
        excluded.size_bytes, excluded.sha256)
 where claim_document.sha256 <> excluded.sha256;
