-- Learning may be divided between hosts: each counts the shipments of its part of the window, and the night adds the parts up.
create table learn_part
(
    as_of       timestamptz not null,
    parts       integer not null check (parts between 2 and 1000),
    part        integer not null check (part between 1 and parts),
    fingerprint text not null,
    after_id    text,
    upto_id     text,
    sums        text,
    primary key (as_of, fingerprint, parts, part)
);
comment on table learn_part is 'Parts of what is to be learned for one as-of; gone when the night has added them up';
comment on column learn_part.fingerprint is 'Of the settings, rules and program: parts of others are not added up';
comment on column learn_part.after_id is 'Shipments after this id, null from the first one; in the order of the source';
comment on column learn_part.upto_id is 'Up to this id, null to the last one';
comment on column learn_part.sums is 'What was counted, as JSON; null until it was';
