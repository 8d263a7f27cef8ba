-- Lines of settlements that wait for a person, the newest file first.
-- $1 text    carrier's slug; '' for all
-- $2 bigint  at most so many
select s.file_sha256, s.line, s.file_name, s.carrier, s.claim_reference, s.tracking_number, s.credit_note, s.reason,
       s.amount_text, s.amount_minor, s.currency, s.credited_on, s.state, s.why
  from settlement_line s
 where s.state not in ('matched', 'repeated') and ($1 = '' or s.carrier = $1)
 order by s.recorded_at desc, s.file_sha256, s.line
 limit $2;
