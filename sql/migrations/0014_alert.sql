-- Alerts by rules: what a message is about, what a person must allow, and a number to call it by.
alter table outbox drop constraint outbox_state_check;
alter table outbox
    add column message_number bigint generated always as identity,
    add column rule           text not null default 'digest',
    add column audience       text not null default 'logistics',
    add column thing          text not null default '',
    add column action         text not null default 'open' check (action in ('open', 'update', 'close')),
    add column severity       text not null default 'info' check (severity in ('info', 'warning', 'error', 'critical')),
    add column facts          text not null default '{}',
    add column reply_to       text not null default '',
    add column quiet_hours    text not null default '',
    add column decided_by     text,
    add constraint outbox_state_check check (state in ('held', 'pending', 'sent', 'dead', 'dropped'));
drop index outbox_due;
create index outbox_due on outbox (next_attempt_at, message_number) where state = 'pending';
create unique index outbox_by_number on outbox (message_number);
create index outbox_by_state on outbox (state, message_number);
comment on column outbox.state is 'held: waits for a person; dead: given up, with the reason; dropped: a person said no';
comment on column outbox.thing is 'What it is about, the same in all messages about it: case-17';

create view v_alert as
select message_number, rule, audience, channel, thing, action, severity, as_of, state, attempts, queued_at, next_attempt_at, sent_at
  from outbox;
comment on view v_alert is 'Messages and what became of them, without recipients and words';
