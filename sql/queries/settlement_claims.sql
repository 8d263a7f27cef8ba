-- The claims that lines of a settlement could mean, held until the transaction ends, with the credit notes that credited
-- them before. Always in the same order, so that two who settle wait instead of dying.
-- $1 bigint[]  claim numbers
-- $2 text[]    tracking numbers, without spaces and in upper case
-- $3 text[]    credit notes
select c.claim_number, c.reference, c.tracking_number, c.carrier_slug, c.shipment_id, c.ground, c.state, c.currency,
       c.payable_minor, c.claimed_minor, c.granted_minor, c.credited_minor, coalesce(cardinality(n.notes), 0), n.notes
  from claim c
  left join lateral (select array_agg(s.credit_note order by s.credit_note) as notes from settlement_line s
                      where s.shipment_id = c.shipment_id and s.ground = c.ground and s.state = 'matched'
                        and s.credit_note <> '') n on true
 where c.claim_number = any($1)
    or upper(replace(c.tracking_number, ' ', '') collate "C") = any($2)
    or (c.shipment_id, c.ground) in (select k.shipment_id, k.ground from settlement_line k
                                      where k.credit_note = any($3) and k.state = 'matched')
 order by c.claim_number
   for update of c;
