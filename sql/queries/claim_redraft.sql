-- Write a claim that was drafted anew: its columns and its dossier. What it said before stays as a version, and an approval of
-- another dossier is void.
-- $1 timestamptz   as-of
-- $2 text          shipment
-- $3 text          ground
-- $4 bigint        proved value
-- $5 text          its currency
-- $6 bigint        payable
-- $7 text          its currency
-- $8 date          opening
-- $9 date          last day of the enquiry
-- $10 date         deadline
-- $11 date         last day of the right
-- $12 date         when somebody must have acted
-- $13 text         clause of the opening
-- $14 text         of the enquiry
-- $15 text         of the deadline
-- $16 text         of the last day of the right
-- $17 text         where that is written
-- $18 text         terms
-- $19 text         clause
-- $20 text         missing facts
-- $21 text         dossier
-- $22 text         tracking number
-- $23 text         carrier
-- $24 text         carrier's slug
with open as materialized (
    select *
      from claim
     where shipment_id = $2 and ground = $3 and state in ('enquiry', 'draft', 'ready', 'waived', 'voided')
), kept as (
    insert into claim_version (shipment_id, ground, drafted_as_of, replaced_as_of, dossier, draft)
    select shipment_id, ground, drafted_as_of, $1, dossier, to_jsonb(draft)
      from open
     cross join lateral (select value_minor, value_currency, payable_minor, currency, opens_on, enquiry_by, claim_deadline,
                                barred_after, act_by, opening_clause, enquiry_clause, deadline_clause, bar_clause, bar_source, terms,
                                clause, missing, tracking_number, carrier, carrier_slug) draft
     where opened_as_of < $1
    on conflict do nothing
)
update claim c
   set value_minor = $4, value_currency = $5, payable_minor = $6, currency = $7, opens_on = $8, enquiry_by = $9,
       claim_deadline = $10, barred_after = $11, act_by = $12, opening_clause = $13, enquiry_clause = $14,
       deadline_clause = $15, bar_clause = $16, bar_source = $17, terms = $18, clause = $19, missing = $20,
       dossier = $21, tracking_number = $22, carrier = $23, carrier_slug = $24,
       drafted_as_of = case when c.dossier <> $21 then $1 else c.drafted_as_of end,
       approved_by = case when c.dossier = $21 then c.approved_by end,
       approved_as_of = case when c.dossier = $21 then c.approved_as_of end
  from open
 where c.shipment_id = open.shipment_id and c.ground = open.ground;
