-- The conditions of a claim or a refusal, in order.
-- $1 text  shipment
-- $2 text  ground
select name, met, words, clause
  from claim_condition
 where shipment_id = $1 and ground = $2
 order by position;
