-- Why a shipment cannot be claimed, by ground.
-- $1 text  shipment
select ground, as_of, reason
  from claim_refusal
 where shipment_id = $1
 order by ground;
