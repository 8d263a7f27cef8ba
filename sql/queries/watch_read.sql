-- One page of a watch list.
-- $1 timestamptz  as-of
-- $2 text         after this shipment, null for the first page
-- $3 bigint       at most
select shipment_id
  from watch
 where as_of = $1 and ($2::text is null or shipment_id > $2)
 order by shipment_id
 limit $3;
