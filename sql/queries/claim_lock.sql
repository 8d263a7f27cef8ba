-- Hold claims until the transaction ends, and say in which state they are.
-- $1 text[]  shipments
-- $2 text[]  grounds
select c.shipment_id, c.ground, c.state, c.approved_as_of is not null as approved
  from claim c
 where (c.shipment_id, c.ground) in (select * from unnest($1::text[], $2::text[]))
 order by c.claim_number
   for update of c;
