-- Scans of a file whose shipment is not there (yet).
select count(*) from stage_scans c where not exists (select from shipments s where s.shipment_id = c.shipment_id);
