-- One finding of a night.
-- $1 text               shipment
-- $2 timestamptz        as-of
-- $3 text               leading kind
-- $4 text               tracking number
-- $5 text               carrier
-- $6 text               service
-- $7 text               origin
-- $8 text               destination
-- $9 timestamptz        promise
-- $10 bigint            value
-- $11 text              its currency
-- $12 text              milestone
-- $13 timestamptz       last scan
-- $14 text              its place
-- $15 double precision  silence, hours
-- $16 double precision  99 of 100 move on within, hours
-- $17 double precision  p-value of the silence
-- $18 double precision  P(late)
-- $19 double precision  P(lost)
-- $20 timestamptz       10 % of expected delivery
-- $21 timestamptz       90 %
-- $22 text              segment
-- $23 double precision  events behind it
-- $24 bigint            expected cost of contacts
-- $25 bigint            expected loss of value
-- $26 bigint            expected recovery
-- $27 bigint            expected cost
-- $28 text[]            kinds of its signals, gravest first
-- $29 float8[]          their probabilities
-- $30 timestamptz[]     since when
-- $31 text[]            their evidence
insert into finding (shipment_id, as_of, kind, tracking_number, carrier, service, origin, destination, promised_at,
                     value_minor, value_currency, milestone, last_scan_at, last_place, silence_hours, typical_hours,
                     silence_p_value, p_late, p_lost, expected_low, expected_high, segment, segment_weight,
                     contact_minor, at_risk_minor, recovery_minor, expected_cost_minor, signal_kinds, probabilities,
                     since, evidence)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28, $29, $30, $31);
