-- The keys of remarks of a kind that a claim has.
-- $1 text  shipment
-- $2 text  ground
-- $3 text  kind
select key from claim_remark where shipment_id = $1 and ground = $2 and kind = $3 order by key;
