-- Open one claim and record its first move; an existing one stays as it is.
-- $1 timestamptz   as-of
-- $2 text          actor
-- $3 timestamptz   wall clock
-- $4 text          carrier's slug
-- $5 text          note of the move
-- $6 text          shipment
-- $7 text          ground
-- $8 text          state
-- $9 text          tracking number
-- $10 text         carrier
-- $11 text         service
-- $12 text         origin
-- $13 text         destination
-- $14 text         its postcode
-- $15 text         order
-- $16 text         invoice
-- $17 text         contents
-- $18 timestamptz  accepted
-- $19 timestamptz  promised
-- $20 timestamptz  last scan
-- $21 text         what it said
-- $22 bigint       weight, grams
-- $23 bigint       proved value
-- $24 bigint       payable
-- $25 text         currency
-- $26 date         deadline
-- $27 text         terms
-- $28 text         clause
-- $29 text         source
-- $30 text         missing facts
-- $31 text[]       valuation lines: name
-- $32 text[]       detail
-- $33 text[]       clause
-- $34 bigint[]     amount
-- $35 bigint[]     1 where it decided
-- $36 date         opening
-- $37 date         last day of the right
-- $38 text         clause of the opening
-- $39 text         of the deadline
-- $40 text         of the bar
-- $41 text         where that is written
-- $42 text         what must be enclosed
with opened as (
    insert into claim (shipment_id, ground, claim_number, reference, state, opened_as_of, tracking_number, carrier,
                       carrier_slug, service, origin, destination, destination_postcode, order_reference,
                       invoice_reference, contents, accepted_at, promised_at, last_scan_at, last_scan, weight_grams,
                       value_minor, payable_minor, currency, claim_deadline, terms, clause, source, missing,
                       line_names, line_details, line_clauses, line_minors, line_decided, opens_on, barred_after,
                       opening_clause, deadline_clause, bar_clause, bar_source, evidence)
    select $6, $7, n.number, 'VG-' || lpad(n.number::text, greatest(6, length(n.number::text)), '0'), $8, $1, $9, $10,
           $4, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
           $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42
      from (select coalesce(max(claim_number), 0) + 1 as number from claim) n
    on conflict (shipment_id, ground) do nothing
    returning shipment_id, ground, state, payable_minor
)
insert into claim_move (shipment_id, ground, position, state_to, as_of, recorded_at, actor, amount_minor, note)
select shipment_id, ground, 1, state, $1, $3, $2, payable_minor, $5 from opened;
