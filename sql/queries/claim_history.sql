-- What happened to a claim, oldest first: its moves, and what was remarked without one.
-- $1 text  shipment
-- $2 text  ground
select as_of, recorded_at, 'moved' as event, coalesce(state_from, '') as state_from, state_to, amount_minor, actor, note, position
  from claim_move
 where shipment_id = $1 and ground = $2
 union all
select as_of, recorded_at, kind, '', '', null, actor, note, 1000000
  from claim_remark
 where shipment_id = $1 and ground = $2
 order by recorded_at, position, event;
