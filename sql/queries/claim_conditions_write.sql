-- The conditions of claims and refusals as a night sees them; those that are gone go. Nothing changes where all is the same.
-- $1 text[]    shipments
-- $2 text[]    grounds
-- $3 bigint[]  positions, from 1
-- $4 text[]    names
-- $5 bigint[]  1 when met, else 0
-- $6 text[]    words
-- $7 text[]    clauses
with seen as materialized (
    select *
      from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[])
           as t (shipment_id, ground, position, name, met, words, clause)
), gone as (
    delete from claim_condition c
     using (select shipment_id, ground, max(position) as last from seen group by 1, 2) s
     where c.shipment_id = s.shipment_id and c.ground = s.ground and c.position > s.last
)
insert into claim_condition (shipment_id, ground, position, name, met, words, clause)
select shipment_id, ground, position, name, met <> 0, words, clause from seen
on conflict (shipment_id, ground, position) do update
   set (name, met, words, clause) = (excluded.name, excluded.met, excluded.words, excluded.clause)
 where (claim_condition.name, claim_condition.met, claim_condition.words, claim_condition.clause)
       is distinct from (excluded.name, excluded.met, excluded.words, excluded.clause);
