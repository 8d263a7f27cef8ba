-- Claims by what people call them: number, reference, or tracking number; the columns of claim_select, then the place of the
-- word and whether it is the number or reference.
-- $1 text[]  words
with word as (
    select word, ordinal,
           case when word ~* '^(VG-)?[0-9]{1,18}$' then regexp_replace(word, '^VG-', '', 'i')::bigint end as number
      from unnest($1::text[]) with ordinality as t (word, ordinal)
), match as (
    select w.ordinal, true as by_number, c.shipment_id, c.ground
      from word w
      join claim c on c.claim_number = w.number
     union
    select w.ordinal, false, c.shipment_id, c.ground
      from word w
      join claim c on c.tracking_number = w.word
     where not exists (select from claim n where n.claim_number = w.number)
)
select c.claim_number, c.reference, c.shipment_id, c.ground, c.state, c.opened_as_of, c.tracking_number, c.carrier,
       c.carrier_slug, c.value_minor, c.value_currency, c.currency, c.payable_minor, c.claimed_minor, c.granted_minor,
       c.credited_minor, c.opens_on, c.enquiry_by, c.claim_deadline, c.barred_after, c.act_by, c.opening_clause,
       c.enquiry_clause, c.deadline_clause, c.bar_clause, c.bar_source, c.terms, c.clause, c.missing, c.dossier,
       c.drafted_as_of, c.approved_by, c.approved_as_of, c.found_as_of, c.found_note,
       c.withdrawn_as_of, c.told_as_of, c.found_at, c.found_milestone, c.found_place,
       m.ordinal, m.by_number
  from match m
  join claim c using (shipment_id, ground)
 order by m.ordinal, c.claim_number;
