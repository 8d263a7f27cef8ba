-- Who says by when a parcel should be there: the source, the carrier's published promise, or what is normal.
alter table finding add promise_origin text;
comment on column finding.promise_origin is
    'Who says promised_at: stated by the source, derived from the service of the carrier, learned, none; null in old nights';

alter table night
    add promises_stated bigint,
    add promises_derived bigint,
    add promises_learned bigint,
    add promises_none bigint;
comment on column night.promises_stated is 'Judged shipments whose promise the source states; null in old nights';
comment on column night.promises_derived is 'Judged shipments whose promise follows from their service and acceptance';
comment on column night.promises_learned is 'Judged shipments that nobody promises anything: held to what is normal';
comment on column night.promises_none is 'Judged shipments without any promise';

create or replace view v_case as
select c.case_number, c.shipment_id, c.kind, c.state, c.opened_as_of, c.judged_as_of, c.snoozed_until, c.last_event,
       f.tracking_number, f.carrier, f.service, f.origin, f.destination, f.promised_at,
       f.p_late, f.p_lost, f.silence_hours, f.value_minor, f.value_currency, f.expected_cost_minor, f.evidence[1] as evidence,
       f.incident_number, f.promise_origin
  from cases c
  left join finding f on f.shipment_id = c.shipment_id
       and f.as_of = (select max(l.as_of) from finding l where l.shipment_id = c.shipment_id and l.as_of <= c.judged_as_of);
