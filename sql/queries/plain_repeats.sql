-- Of a shipment that a file names more than once, the last row counts; take the others away and name them.
with last as (
    select shipment_id, max(line) as line from stage_shipments group by shipment_id having count(*) > 1
), gone as (
    delete from stage_shipments using last
     where stage_shipments.shipment_id = last.shipment_id and stage_shipments.line < last.line
     returning stage_shipments.line, stage_shipments.shipment_id, last.line as last
)
select line, shipment_id, last from gone order by line;
