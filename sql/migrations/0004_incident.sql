-- Incidents of groups of parcels, and what the groups did night by night.

create table incident
(
    incident_number bigint primary key,
    kind            text not null check (kind in ('feed', 'carrier', 'service', 'hub', 'lane', 'drift')),
    carrier         text not null,
    name            text not null,
    since           timestamptz not null,
    opened_as_of    timestamptz not null,
    judged_as_of    timestamptz not null,
    closed_as_of    timestamptz,
    observed        double precision not null,
    expected        double precision not null,
    p_value         double precision,
    pace            double precision not null,
    members         bigint not null,
    evidence        text not null
);
create unique index incident_open on incident (kind, carrier, name) where closed_as_of is null;
comment on table incident is 'An anomaly of a hub, a lane, a service, a carrier, its feed or its promises, as its last night left it';

create table incident_night
(
    incident_number bigint not null references incident,
    as_of           timestamptz not null,
    event           text not null check (event in ('opened', 'confirmed', 'closed')),
    since           timestamptz not null,
    observed        double precision not null,
    expected        double precision not null,
    p_value         double precision,
    pace            double precision not null,
    members         bigint not null,
    calm_nights     bigint not null,
    evidence        text not null,
    primary key (incident_number, as_of)
);
create index incident_night_by_night on incident_night (as_of);
comment on table incident_night is 'The append-only life of an incident: one row for each night that judged it';
comment on column incident_night.calm_nights is 'Nights in a row, up to this one, in which nothing was wrong';

create table flow
(
    as_of     timestamptz not null,
    kind      text not null,
    carrier   text not null,
    name      text not null,
    observed  double precision not null,
    expected  double precision not null,
    silent    double precision not null,
    newest_at timestamptz,
    disturbed boolean not null,
    primary key (as_of, kind, carrier, name)
);
comment on table flow is 'Parcels of a group that moved on in one night, and how many should have';
comment on column flow.silent is 'Parcels of a carrier that should have moved on since its newest scan';
comment on column flow.disturbed is 'An incident was on: the night says nothing of what is normal';

alter table finding add incident_number bigint;
comment on column finding.incident_number is 'The incident that the parcel is concerned by; null for none';

create or replace view v_case as
select c.case_number, c.shipment_id, c.kind, c.state, c.opened_as_of, c.judged_as_of, c.snoozed_until, c.last_event,
       f.tracking_number, f.carrier, f.service, f.origin, f.destination, f.promised_at,
       f.p_late, f.p_lost, f.silence_hours, f.value_minor, f.value_currency, f.expected_cost_minor, f.evidence[1] as evidence,
       f.incident_number
  from cases c
  left join finding f on f.shipment_id = c.shipment_id
       and f.as_of = (select max(l.as_of) from finding l where l.shipment_id = c.shipment_id and l.as_of <= c.judged_as_of);

create view v_incident as
select incident_number, kind, carrier, name, case when closed_as_of is null then 'open' else 'closed' end as state, since,
       opened_as_of, judged_as_of, closed_as_of, observed, expected, p_value, pace, members, evidence
  from incident;
comment on view v_incident is 'Incidents of hubs, lanes, services, carriers, their feeds and their promises';
