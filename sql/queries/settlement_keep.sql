-- Keep a line with what became of it. A line that was not booked when its file was read before gets its new answer; one that
-- was stays.
-- $1 text          SHA-256 of the file
-- $2 bigint        line
-- $3 text          file name
-- $4 text          carrier's slug; '' for any
-- $5 text          claim reference, as written
-- $6 text          tracking number
-- $7 text          credit note
-- $8 text          reason
-- $9 text          amount, as written
-- $10 bigint       amount
-- $11 text         its currency
-- $12 date         day of the credit
-- $13 text         state
-- $14 text         why
-- $15 text         shipment of the claim
-- $16 text         ground of the claim
-- $17 timestamptz  as-of
-- $18 timestamptz  wall clock
-- $19 text         actor
insert into settlement_line (file_sha256, line, file_name, carrier, claim_reference, tracking_number, credit_note, reason,
                             amount_text, amount_minor, currency, credited_on, state, why, shipment_id, ground, as_of,
                             recorded_at, actor)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict (file_sha256, line) do update
   set (state, why, shipment_id, ground, as_of, recorded_at, actor) =
       (excluded.state, excluded.why, excluded.shipment_id, excluded.ground, excluded.as_of, excluded.recorded_at, excluded.actor)
 where settlement_line.state not in ('matched', 'repeated')
   and (settlement_line.state, settlement_line.why) is distinct from (excluded.state, excluded.why);
