-- Runs that a scheduler starts: its own key for them, the steps of each, and the lease that lets one run at a time. Local
-- tables, none of them large.

alter table run add column run_key text not null default '';
comment on column run.run_key is 'What the scheduler calls this run (--run-key); empty when it did not say';

alter table run drop constraint run_state_check;
update run set state = 'aborted' where state = 'interrupted';
alter table run add constraint run_state_check check (state in ('running', 'done', 'incomplete', 'failed', 'aborted'));
comment on column run.state is 'running; done; incomplete (exit code 3); failed; aborted: a signal asked it to stop';

create table run_step
(
    run_number bigint not null references run on delete cascade,
    step       text not null,
    position   integer not null,
    state      text not null check (state in ('running', 'done', 'incomplete', 'failed', 'aborted')),
    started_at timestamptz not null,
    ended_at   timestamptz,
    primary key (run_number, step)
);
comment on table run_step is 'The steps of a run; one that still says running was killed in it';

create table lease
(
    name       text primary key,
    token      text not null,
    host       text not null,
    process    bigint not null,
    holder     text not null,
    taken_at   timestamptz not null,
    beaten_at  timestamptz not null,
    expires_at timestamptz not null
);
comment on table lease is 'Who may run: the row decides, and only until it expires. Times are of the server''s clock';
