-- The bordereaux of a night.
-- $1 timestamptz  as-of
select carrier, file_name, claim_count, total_minor, currency
  from claim_document
 where as_of = $1 and file_name like 'bordereau-%.csv'
 order by carrier, file_name;
