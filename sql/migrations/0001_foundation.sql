-- Vigie's own tables. Unqualified names: the session's search path begins with the schema. Per-shipment tables carry
-- shipment_id in every key, so that they can be distributed by it.

create table run
(
    run_number      bigint primary key,
    job             text not null,
    as_of           timestamptz not null,
    version         text not null,
    settings_sha256 text not null,
    state           text not null check (state in ('running', 'done', 'incomplete', 'failed', 'interrupted')),
    started_at      timestamptz not null,
    ended_at        timestamptz,
    exit_code       integer,
    counts          jsonb not null default '{}',
    error           text
);
create index run_by_date on run (as_of, job);
comment on table run is 'One execution of a job for one logical date';

create table set_aside
(
    run_number bigint not null references run on delete cascade,
    position   bigint not null,
    step       text not null,
    source     text not null,
    line       bigint,
    key        text,
    reason     text not null,
    detail     text,
    primary key (run_number, position)
);
comment on table set_aside is 'Source rows that could not be used, with their reason; nothing is dropped in silence';

create table learned
(
    as_of       timestamptz primary key,
    first_start timestamptz,
    last_start  timestamptz,
    shipments   bigint not null,
    scans       bigint not null,
    gaps        bigint not null
);
comment on table learned is 'What was learned for one as-of: the head of learned_cohort and learned_total';

create table learned_cohort
(
    as_of       timestamptz not null references learned on delete cascade,
    measure     smallint not null,
    milestone   text not null,
    carrier     text not null,
    service     text not null,
    origin      text not null,
    destination text not null,
    bins        smallint[] not null,
    ended       bigint[] not null,
    waited      bigint[] not null,
    primary key (as_of, measure, milestone, carrier, service, origin, destination)
);
comment on table learned_cohort is 'Weighted gap counts of one segment by bin of operating hours (see core/cohort.h)';

create table learned_total
(
    as_of          timestamptz not null references learned on delete cascade,
    measure        smallint not null,
    milestone      text not null,
    carrier        text not null,
    ripe_gaps      bigint not null,
    ripe_lost      bigint not null,
    closed_recent  bigint not null,
    events         bigint[] not null,
    exposure_hours bigint[] not null,
    next_milestone bigint[] not null,
    primary key (as_of, measure, milestone, carrier)
);

create table watch
(
    as_of       timestamptz not null,
    shipment_id text not null,
    primary key (as_of, shipment_id)
);
comment on table watch is 'Shipments still on their way at an as-of: what detect judges';

create table night
(
    as_of                timestamptz primary key,
    judged               bigint not null,
    abstained            bigint not null,
    stuck_alpha          double precision,
    lost_false_share     double precision,
    stuck_false_expected double precision,
    unmapped             jsonb not null default '[]'
);
comment on table night is 'One judged night: what was looked at, and what share of its list is expected to be false';

create table finding
(
    shipment_id         text not null,
    as_of               timestamptz not null,
    kind                text not null,
    tracking_number     text not null,
    carrier             text not null,
    service             text not null,
    origin              text not null,
    destination         text not null,
    promised_at         timestamptz,
    value_minor         bigint,
    value_currency      text,
    milestone           text not null,
    last_scan_at        timestamptz not null,
    last_place          text not null,
    silence_hours       double precision not null,
    typical_hours       double precision,
    silence_p_value     double precision,
    p_late              double precision,
    p_lost              double precision,
    expected_low        timestamptz,
    expected_high       timestamptz,
    segment             text not null,
    segment_weight      double precision not null,
    contact_minor       bigint not null,
    at_risk_minor       bigint not null,
    recovery_minor      bigint not null,
    expected_cost_minor bigint not null,
    signal_kinds        text[] not null,
    probabilities       double precision[] not null,
    since               timestamptz[] not null,
    evidence            text[] not null,
    primary key (shipment_id, as_of)
);
create index finding_by_night on finding (as_of, expected_cost_minor desc);
comment on table finding is 'A shipment with at least one signal in one night, with the numbers behind it';

create table cases
(
    shipment_id   text primary key,
    case_number   bigint not null,
    kind          text not null,
    state         text not null
        check (state in ('open', 'acknowledged', 'snoozed', 'dismissed', 'resolved', 'cleared')),
    opened_as_of  timestamptz not null,
    judged_as_of  timestamptz not null,
    snoozed_until date,
    last_event    text not null
);
create index cases_by_number on cases (case_number);
create index cases_live on cases (state) where state in ('open', 'acknowledged', 'snoozed');
comment on table cases is 'What managers review: one case per shipment, reopened under its number';

create table case_event
(
    shipment_id text not null references cases,
    as_of       timestamptz not null,
    event       text not null,
    case_number bigint not null,
    kind_before text,
    kind_after  text not null,
    state_after text not null,
    actor       text not null,
    note        text not null default '',
    recorded_at timestamptz not null,
    primary key (shipment_id, as_of, event, recorded_at)
);
create unique index case_event_once_a_night on case_event (shipment_id, as_of, event)
    where event not in ('acknowledged', 'snoozed', 'dismissed', 'resolved');
create index case_event_by_night on case_event (as_of, event);
comment on table case_event is 'The append-only life of a case';
comment on index case_event_once_a_night is 'A night that runs again adds nothing; people may do the same thing twice';

create table claim_state_move
(
    state_from text not null,
    state_to   text not null,
    primary key (state_from, state_to)
);
comment on table claim_state_move is 'The allowed moves of the ledger; core/claim.c holds the same table';

insert into claim_state_move (state_from, state_to) values
    ('enquiry', 'draft'),
    ('enquiry', 'ready'),
    ('enquiry', 'voided'),
    ('enquiry', 'time_barred'),
    ('enquiry', 'waived'),
    ('draft', 'enquiry'),
    ('draft', 'ready'),
    ('draft', 'voided'),
    ('draft', 'time_barred'),
    ('draft', 'waived'),
    ('ready', 'draft'),
    ('ready', 'submitted'),
    ('ready', 'voided'),
    ('ready', 'time_barred'),
    ('ready', 'waived'),
    ('submitted', 'acknowledged'),
    ('submitted', 'in_review'),
    ('submitted', 'documents_requested'),
    ('submitted', 'approved'),
    ('submitted', 'approved_in_part'),
    ('submitted', 'refused'),
    ('submitted', 'credited'),
    ('submitted', 'voided'),
    ('submitted', 'time_barred'),
    ('acknowledged', 'in_review'),
    ('acknowledged', 'documents_requested'),
    ('acknowledged', 'approved'),
    ('acknowledged', 'approved_in_part'),
    ('acknowledged', 'refused'),
    ('acknowledged', 'credited'),
    ('acknowledged', 'voided'),
    ('in_review', 'documents_requested'),
    ('in_review', 'approved'),
    ('in_review', 'approved_in_part'),
    ('in_review', 'refused'),
    ('in_review', 'credited'),
    ('in_review', 'voided'),
    ('documents_requested', 'in_review'),
    ('documents_requested', 'approved'),
    ('documents_requested', 'approved_in_part'),
    ('documents_requested', 'refused'),
    ('documents_requested', 'credited'),
    ('documents_requested', 'voided'),
    ('documents_requested', 'time_barred'),
    ('approved', 'credited'),
    ('approved', 'disputed'),
    ('approved', 'voided'),
    ('approved_in_part', 'credited'),
    ('approved_in_part', 'disputed'),
    ('approved_in_part', 'voided'),
    ('refused', 'disputed'),
    ('refused', 'closed'),
    ('refused', 'voided'),
    ('disputed', 'in_review'),
    ('disputed', 'documents_requested'),
    ('disputed', 'approved'),
    ('disputed', 'approved_in_part'),
    ('disputed', 'refused'),
    ('disputed', 'credited'),
    ('disputed', 'closed'),
    ('disputed', 'voided'),
    ('credited', 'reconciled'),
    ('credited', 'disputed'),
    ('credited', 'voided'),
    ('reconciled', 'closed'),
    ('reconciled', 'disputed'),
    ('reconciled', 'voided'),
    ('waived', 'draft');

create table claim
(
    shipment_id          text not null,
    ground               text not null check (ground in ('loss', 'damage', 'delay', 'not_received', 'unjust_return')),
    claim_number         bigint not null,
    reference            text not null,
    state                text not null,
    opened_as_of         timestamptz not null,
    tracking_number      text not null,
    carrier              text not null,
    carrier_slug         text not null,
    service              text not null,
    origin               text not null,
    destination          text not null,
    destination_postcode text not null,
    order_reference      text not null,
    invoice_reference    text not null,
    contents             text not null,
    accepted_at          timestamptz,
    promised_at          timestamptz,
    last_scan_at         timestamptz,
    last_scan            text not null,
    weight_grams         bigint,
    value_minor          bigint,
    payable_minor        bigint,
    currency             text,
    claimed_minor        bigint,
    granted_minor        bigint,
    credited_minor       bigint,
    opens_on             date,
    claim_deadline       date,
    barred_after         date,
    opening_clause       text not null,
    deadline_clause      text not null,
    bar_clause           text not null,
    bar_source           text not null,
    terms                text not null,
    clause               text not null,
    source               text not null,
    evidence             text not null,
    missing              text not null,
    line_names           text[] not null,
    line_details         text[] not null,
    line_clauses         text[] not null,
    line_minors          bigint[] not null,
    line_decided         bigint[] not null,
    primary key (shipment_id, ground)
);
create index claim_by_number on claim (claim_number);
comment on table claim is 'One claim per shipment and ground: what is owed, claimed, granted and credited';
comment on column claim.opens_on is 'The loss may be asserted from this day on';
comment on column claim.claim_deadline is 'Last day by which the carrier wants the claim, by the cautious reading';
comment on column claim.barred_after is 'Last day of the right, by law or officially; only this one bars a claim';

create table claim_move
(
    shipment_id  text not null,
    ground       text not null,
    position     integer not null,
    state_from   text,
    state_to     text not null,
    as_of        timestamptz not null,
    recorded_at  timestamptz not null,
    actor        text not null,
    amount_minor bigint,
    note         text not null default '',
    primary key (shipment_id, ground, position),
    foreign key (shipment_id, ground) references claim,
    foreign key (state_from, state_to) references claim_state_move
);
comment on table claim_move is 'The append-only ledger: who moved a claim, when, from where to where';

create table claim_refusal
(
    shipment_id text not null,
    ground      text not null,
    as_of       timestamptz not null,
    reason      text not null,
    primary key (shipment_id, ground)
);
comment on table claim_refusal is 'Why a parcel cannot be claimed, as of the last night that asked';

create table claim_document
(
    as_of       timestamptz not null,
    file_name   text not null,
    carrier     text not null,
    claim_count bigint not null,
    total_minor bigint,
    currency    text,
    size_bytes  bigint not null,
    sha256      text not null,
    primary key (as_of, file_name)
);
comment on table claim_document is 'Every document written for a night, with its fingerprint';

create table outbox
(
    message_key     text primary key,
    channel         text not null,
    recipient       text not null,
    subject         text not null,
    body_text       text not null,
    body_html       text not null,
    as_of           timestamptz not null,
    state           text not null check (state in ('pending', 'sent', 'dead')),
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    queued_at       timestamptz not null,
    sent_at         timestamptz,
    last_error      text
);
create index outbox_due on outbox (next_attempt_at) where state = 'pending';
comment on table outbox is 'Messages to deliver at least once, each under a key that is never queued twice';

create view v_case as
select c.case_number, c.shipment_id, c.kind, c.state, c.opened_as_of, c.judged_as_of, c.snoozed_until, c.last_event,
       f.tracking_number, f.carrier, f.service, f.origin, f.destination, f.promised_at,
       f.p_late, f.p_lost, f.silence_hours, f.value_minor, f.value_currency, f.expected_cost_minor, f.evidence[1] as evidence
  from cases c
  left join finding f on f.shipment_id = c.shipment_id
       and f.as_of = (select max(l.as_of) from finding l where l.shipment_id = c.shipment_id and l.as_of <= c.judged_as_of);
comment on view v_case is 'Cases with the numbers of their last night';

create view v_claim as
select claim_number, reference, ground, state, carrier, tracking_number, opened_as_of, opens_on, claim_deadline, barred_after, value_minor,
       payable_minor, claimed_minor, granted_minor, credited_minor, currency, terms, clause, opening_clause, deadline_clause,
       bar_clause, evidence, missing
  from claim;
comment on view v_claim is 'The claims ledger without addresses';

create view v_run as
select run_number, job, as_of, version, state, started_at, ended_at, ended_at - started_at as duration, exit_code,
       counts, error, (select count(*) from set_aside s where s.run_number = run.run_number) as set_aside
  from run;
comment on view v_run is 'Runs with their outcome';
