-- Remember a document written for a night.
-- $1 timestamptz  as-of
-- $2 text         file name
-- $3 text         carrier, '' for a dossier's
-- $4 bigint       claims in it
-- $5 bigint       their total
-- $6 text         its currency
-- $7 bigint       size in bytes
-- $8 text         SHA-256
insert into claim_document (as_of, file_name, carrier, claim_count, total_minor, currency, size_bytes, sha256)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (as_of, file_name) do update
   set (carrier, claim_count, total_minor, currency, size_bytes, sha256) =
       (excluded.carrier, excluded.claim_count, excluded.total_minor, excluded.currency, excluded.size_bytes, excluded.sha256)
 where claim_document.sha256 <> excluded.sha256;
