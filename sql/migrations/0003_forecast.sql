-- What every night said of every open parcel, what became of it, and how many promises each carrier kept.

create table forecast
(
    shipment_id   text not null,
    as_of         timestamptz not null,
    carrier       text not null,
    service       text not null,
    milestone     text not null,
    kind          text,
    accepted_at   timestamptz,
    promised_at   timestamptz,
    silence_hours real not null,
    p_late        real,
    p_lost        real,
    p_late_stated real,
    p_lost_stated real,
    p_listed      real,
    primary key (shipment_id, as_of)
);
create index forecast_by_night on forecast (as_of);
create index forecast_by_promise on forecast (promised_at) where p_late is not null;
create index forecast_by_acceptance on forecast (accepted_at) where p_lost is not null;
create index forecast_listed on forecast (as_of) where p_listed is not null;
comment on table forecast is 'What a night said of an open parcel, listed or not';
comment on column forecast.kind is 'Of the leading signal; null when there was none';
comment on column forecast.p_late is 'P(not presented by the promise) as the baselines say; null when nothing was left to tell';
comment on column forecast.p_lost is 'P(never moves again) as the baselines say';
comment on column forecast.p_late_stated is 'The same after recalibration: what people were told';
comment on column forecast.p_listed is 'By which it stood on the night''s list of lost parcels; null when it did not';

create table outcome
(
    shipment_id   text not null,
    kind          text not null check (kind in ('late', 'lost')),
    anchor        timestamptz not null,
    settled_as_of timestamptz not null,
    due_at        timestamptz not null,
    happened      boolean not null,
    primary key (shipment_id, kind, anchor, settled_as_of)
);
create index outcome_by_due on outcome (kind, due_at);
comment on table outcome is 'What became of a parcel, as the night settled_as_of knew it';
comment on column outcome.anchor is 'The promise (late), or the acceptance (lost), that the statement was about';
comment on column outcome.due_at is 'When its time was up: the promise itself, or so many days after acceptance';

create table promise_day
(
    carrier       text not null,
    promise_day   date not null,
    counted_as_of timestamptz not null,
    promised      bigint not null,
    kept          bigint not null,
    primary key (carrier, promise_day, counted_as_of)
);
comment on table promise_day is 'Promises of a carrier that ended on a day, and how many it had kept, as the night counted_as_of knew it';
