-- Cohorts that a night adds to instead of counting them again. What was learned before can be learned again from the
-- source, so nothing is carried over.

drop table learned_cohort, learned_total, learned;

create table learned
(
    as_of       timestamptz not null,
    settled     boolean not null,
    landmark    timestamptz not null,
    fingerprint text not null,
    shipments   bigint not null,
    scans       bigint not null,
    gaps        bigint not null,
    primary key (as_of, settled)
);
comment on table learned is 'What was learned for one as-of, of all shipments and of the settled ones: the head of learned_...';
comment on column learned.settled is 'Of shipments only that were over long before as-of: the next night adds to these';
comment on column learned.landmark is 'Day by which clocks were learned and to which weights refer';
comment on column learned.fingerprint is 'Of the settings, rules and program it was counted by; sums of another cannot be added to';

create table learned_cohort
(
    as_of       timestamptz not null,
    settled     boolean not null,
    kind        smallint not null,
    measure     smallint not null,
    milestone   text not null,
    carrier     text not null,
    service     text not null,
    origin      text not null,
    destination text not null,
    part        smallint not null,
    bins        smallint[] not null,
    ended       bigint[] not null,
    waited      bigint[] not null,
    primary key (as_of, settled, kind, measure, milestone, carrier, service, origin, destination, part),
    foreign key (as_of, settled) references learned on delete cascade
);
comment on table learned_cohort is 'Weighted gap counts of one segment by bin of operating hours (see core/cohort.h)';

create table learned_day
(
    as_of      timestamptz not null,
    settled    boolean not null,
    measure    smallint not null,
    milestone  text not null,
    carrier    text not null,
    cohort_day date not null,
    closed     bigint not null,
    open       bigint not null,
    primary key (as_of, settled, measure, milestone, carrier, cohort_day),
    foreign key (as_of, settled) references learned on delete cascade
);
comment on table learned_day is 'Gaps by the day they started on: how many closed, how many were still open at as-of (1024 a parcel)';

create table learned_clock
(
    as_of          timestamptz not null,
    settled        boolean not null,
    measure        smallint not null,
    milestone      text not null,
    carrier        text not null,
    events         bigint[] not null,
    exposure_hours bigint[] not null,
    primary key (as_of, settled, measure, milestone, carrier),
    foreign key (as_of, settled) references learned on delete cascade
);
comment on table learned_clock is 'Gap ends and hours waited by class of day: how fast operations run';

create table unsettled
(
    as_of       timestamptz not null,
    shipment_id text not null,
    primary key (as_of, shipment_id)
);
comment on table unsettled is 'Shipments that were over at an as-of, but not long enough to be settled: the next night reads them again';
