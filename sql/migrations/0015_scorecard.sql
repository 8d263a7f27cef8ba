-- How each carrier, its services and its lanes did of late, as each night knew it: for the report, and for dashboards that
-- follow it over nights. Claims are told by carrier, beside it: they are in several currencies.
create table scorecard
(
    as_of           timestamptz not null,
    level           text not null check (level in ('carrier', 'service', 'lane')),
    carrier         text not null,
    service         text not null,
    origin          text not null,
    destination     text not null,
    parcels         bigint not null,
    presented       bigint not null,
    median_hours    double precision,
    p90_hours       double precision,
    p95_hours       double precision,
    stated          bigint not null,
    stated_kept     bigint not null,
    stated_low      double precision,
    stated_high     double precision,
    derived         bigint not null,
    derived_kept    bigint not null,
    derived_low     double precision,
    derived_high    double precision,
    ripe            bigint not null,
    lost            bigint not null,
    lost_low        double precision,
    lost_high       double precision,
    drift_known     boolean not null,
    drift_on        boolean not null,
    drift_since     date,
    drift_statistic double precision not null,
    drift_usual     double precision,
    drift_promised  bigint not null,
    drift_kept      bigint not null,
    primary key (as_of, level, carrier, service, origin, destination)
);
comment on table scorecard is 'Carriers, services and lanes as a night saw them: parcels accepted since scorecard_night.first_day';

create table scorecard_night
(
    as_of        timestamptz primary key,
    first_day    date not null,
    promised_by  date not null,
    accepted_by  date not null,
    horizon_days integer not null
);
comment on table scorecard_night is 'What the scorecards of a night are about';
comment on column scorecard_night.first_day is 'Parcels accepted since this Monday count';
comment on column scorecard_night.promised_by is 'Promises that ended up to this day count';
comment on column scorecard_night.accepted_by is 'Parcels accepted up to this day tell of losses; before first_day: none yet';

create view v_carrier_scorecard as
select s.as_of, n.first_day, n.promised_by, n.accepted_by, n.horizon_days, s.level, s.carrier, nullif(s.service, '') as service,
       nullif(s.origin, '') as origin, nullif(s.destination, '') as destination, s.parcels, s.presented,
       s.median_hours / 24 as transit_median_days, s.p90_hours / 24 as transit_p90_days, s.p95_hours / 24 as transit_p95_days,
       s.stated as stated_promises, s.stated_kept, s.stated_kept::double precision / nullif(s.stated, 0) as stated_on_time,
       s.stated_low as stated_on_time_low, s.stated_high as stated_on_time_high,
       s.derived as derived_promises, s.derived_kept, s.derived_kept::double precision / nullif(s.derived, 0) as derived_on_time,
       s.derived_low as derived_on_time_low, s.derived_high as derived_on_time_high,
       s.ripe, s.lost, s.lost::double precision / nullif(s.ripe, 0) as loss_rate, s.lost_low as loss_rate_low,
       s.lost_high as loss_rate_high, case when s.drift_known then s.drift_on end as drifting, s.drift_since,
       case when s.drift_known then s.drift_statistic end as drift_statistic, s.drift_usual as drift_usual_on_time
  from scorecard s
  join scorecard_night n using (as_of);
comment on view v_carrier_scorecard is 'How carriers, services and lanes did of late, as each night (as_of) knew it; take one as_of';
comment on column v_carrier_scorecard.level is 'carrier, service or lane: a row of each; never add up different levels';
comment on column v_carrier_scorecard.parcels is 'Accepted since first_day';
comment on column v_carrier_scorecard.transit_median_days is
    'Days from acceptance to first presentation in which half of all parcels are there; parcels on their way are censored';
comment on column v_carrier_scorecard.stated_on_time is 'Share kept of the promises that the source states; low and high: 95 % limits';
comment on column v_carrier_scorecard.derived_on_time is 'Share kept of the promises that follow from the carrier''s service';
comment on column v_carrier_scorecard.loss_rate is
    'Share of parcels accepted up to accepted_by that were neither presented nor back after horizon_days, or destroyed';
comment on column v_carrier_scorecard.drifting is 'Whether the carrier keeps fewer promises than it used to; null for services and lanes';

create view v_carrier_claims as
select carrier, currency, count(*) as claims,
       count(*) filter (where credited_minor > 0 or state in ('approved', 'approved_in_part')) as won,
       count(*) filter (where state = 'refused' or state = 'closed' and coalesce(credited_minor, 0) = 0) as refused,
       sum(claimed_minor)::bigint as claimed_minor, sum(credited_minor)::bigint as credited_minor,
       sum(payable_minor - coalesce(credited_minor, 0))
           filter (where state not in ('refused', 'reconciled', 'closed', 'voided', 'time_barred', 'waived')
                     and payable_minor > coalesce(credited_minor, 0))::bigint as owed_minor
  from claim
 group by carrier, currency;
comment on view v_carrier_claims is 'What claims against each carrier came to, by currency (minor units), as the ledger stands';
comment on column v_carrier_claims.owed_minor is 'Due by the terms and not received, of claims that are not over';
