-- The papers recorded for a claim, newest night first; or, without a claim, all files of a night.
-- $1 bigint       number; null for a night's
-- $2 timestamptz  as-of; null for a claim's
select as_of, file_name, size_bytes, sha256
  from claim_document
 where ($1::bigint is not null and claim_number = $1) or ($1::bigint is null and as_of = $2)
 order by as_of desc, file_name;
