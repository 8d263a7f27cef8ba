-- Kept lines of files whose SHA-256 begins with a text, with one line number; held until the transaction ends.
-- $1 text    beginning of the SHA-256, of hexadecimal digits
-- $2 bigint  line
select s.file_sha256, s.line, s.file_name, s.carrier, s.claim_reference, s.tracking_number, s.credit_note, s.reason,
       s.amount_text, s.amount_minor, s.currency, s.credited_on, s.state, s.why
  from settlement_line s
 where s.file_sha256 like $1 || '%' and s.line = $2
 order by s.file_sha256
 limit 2
   for update;
