-- How claims went to the carrier: a row for each attempt, written before anything is sent, so that a run that dies in between
-- leaves a trace. A submission is the same for ever under its key.
create table claim_attempt
(
    submission_key text not null,
    attempt        integer not null,
    carrier        text not null,
    channel        text not null check (channel in ('folder', 'email', 'http', 'hand')),
    recipient      text not null,
    claim_numbers  bigint[] not null check (cardinality(claim_numbers) > 0),
    as_of          timestamptz not null,
    begun_at       timestamptz not null,
    ended_at       timestamptz,
    outcome        text check (outcome in ('sent', 'retry', 'refused', 'unknown', 'released')),
    reply          text not null default '',
    actor          text not null,
    primary key (submission_key, attempt),
    check ((ended_at is null) = (outcome is null))
);
create index claim_attempt_of_claim on claim_attempt using gin (claim_numbers);
create unique index claim_attempt_once on claim_attempt (submission_key) where outcome is null or outcome = 'sent';
comment on table claim_attempt is 'Attempts to file claims: begun before sending, ended when the answer is known';
comment on column claim_attempt.outcome is 'null: begun, and nobody knows; retry: not received; refused, unknown: for a person; released: a person let it go again';
comment on index claim_attempt_once is 'Nothing is sent again while an attempt is open, nor after one arrived';

create view v_claim_attempt as
select submission_key, attempt, carrier, channel, claim_numbers, as_of, begun_at, ended_at, outcome, reply, actor
  from claim_attempt;
comment on view v_claim_attempt is 'Attempts to file claims, without addresses';
