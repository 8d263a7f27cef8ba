-- One page of the shipments on at least one of two watch lists.
-- $1 timestamptz  as-of
-- $2 timestamptz  the other
-- $3 text         after this shipment, null for the first page
-- $4 bigint       at most
select shipment_id
  from ((select shipment_id
           from watch
          where as_of = $1 and ($3::text is null or shipment_id > $3)
          order by shipment_id
          limit $4)
         union
        (select shipment_id
           from watch
          where as_of = $2 and ($3::text is null or shipment_id > $3)
          order by shipment_id
          limit $4)) either
 order by shipment_id
 limit $4;
