-- Open one claim and record its first move; an existing one stays as it is.
-- $1 timestamptz   as-of
-- $2 text          actor
-- $3 timestamptz   wall clock
-- $4 text          carrier's slug
-- $5 text          note of the move
-- $6 text          shipment
-- $7 text          ground
-- $8 bigint        number
-- $9 text          reference
-- $10 text         state
-- $11 text         tracking number
-- $12 text         carrier
-- $13 bigint       proved value
-- $14 text         its currency
-- $15 bigint       payable
-- $16 text         its currency
-- $17 date         opening
-- $18 date         last day of the enquiry
-- $19 date         deadline
-- $20 date         last day of the right
-- $21 date         when somebody must have acted
-- $22 text         clause of the opening
-- $23 text         of the enquiry
-- $24 text         of the deadline
-- $25 text         of the last day of the right
-- $26 text         where that is written
-- $27 text         terms
-- $28 text         clause
-- $29 text         missing facts
-- $30 text         dossier
with opened as (
    insert into claim (shipment_id, ground, claim_number, reference, state, opened_as_of, tracking_number, carrier,
                       carrier_slug, drafted_as_of, value_minor, value_currency, payable_minor, currency, opens_on, enquiry_by,
                       claim_deadline, barred_after, act_by, opening_clause, enquiry_clause, deadline_clause, bar_clause,
                       bar_source, terms, clause, missing, dossier)
    values ($6, $7, $8, $9, $10, $1, $11, $12, $4, $1, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
            $27, $28, $29, $30)
    on conflict (shipment_id, ground) do nothing
    returning shipment_id, ground, state, payable_minor
)
insert into claim_move (shipment_id, ground, position, state_to, as_of, recorded_at, actor, amount_minor, note)
select shipment_id, ground, 1, state, $1, $3, $2, payable_minor, $5 from opened;
