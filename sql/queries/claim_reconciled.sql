-- Shipments of the settled claims, in order.
select distinct shipment_id from claim where state = 'reconciled' order by shipment_id;
