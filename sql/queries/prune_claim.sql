-- Forget claims that are over, with all that belongs to them. The newest number stays, so that none is given twice.
-- $1 timestamptz  whose last move, remark and settlement were before
with over as (
    select c.shipment_id, c.ground, c.claim_number
      from claim c
     where c.state in ('closed', 'time_barred', 'waived', 'voided')
       and c.claim_number < (select max(claim_number) from claim)
       and not exists (select from claim_move m
                        where m.shipment_id = c.shipment_id and m.ground = c.ground and m.recorded_at >= $1)
       and not exists (select from claim_remark r
                        where r.shipment_id = c.shipment_id and r.ground = c.ground and r.recorded_at >= $1)
       and not exists (select from settlement_line s
                        where s.shipment_id = c.shipment_id and s.ground = c.ground and s.recorded_at >= $1)),
     lines as (delete from settlement_line s using over where s.shipment_id = over.shipment_id and s.ground = over.ground),
     remarks as (delete from claim_remark r using over where r.shipment_id = over.shipment_id and r.ground = over.ground),
     versions as (delete from claim_version v using over where v.shipment_id = over.shipment_id and v.ground = over.ground),
     conditions as (delete from claim_condition q using over where q.shipment_id = over.shipment_id and q.ground = over.ground),
     documents as (delete from claim_document d using over where d.claim_number = over.claim_number),
     moves as (delete from claim_move m using over where m.shipment_id = over.shipment_id and m.ground = over.ground),
     gone as (delete from claim c using over where c.shipment_id = over.shipment_id and c.ground = over.ground returning 1)
select count(*) from gone;
