-- A claim lives until it is submitted: each night drafts it anew from the source. So the ledger keeps when a dossier was
-- drafted and what it said before, the conditions of the right (of refusals too), who approved it, and what was learned of it
-- without a move: that the parcel turned up, what the carrier's tracking says.
insert into claim_state_move (state_from, state_to) values ('voided', 'draft');  -- found, and lost again

alter table claim
    add column drafted_as_of timestamptz,
    add column approved_by text,
    add column approved_as_of timestamptz,
    add column found_as_of timestamptz,
    add column found_note text not null default '';
update claim set drafted_as_of = opened_as_of;
alter table claim
    alter column drafted_as_of set not null,
    add constraint claim_state_known check (state in
        ('enquiry', 'draft', 'ready', 'submitted', 'acknowledged', 'in_review', 'documents_requested', 'approved',
         'approved_in_part', 'refused', 'disputed', 'credited', 'reconciled', 'closed', 'voided', 'time_barred', 'waived')),
    add constraint claim_amounts check
        (value_minor >= 0 and payable_minor >= 0 and claimed_minor >= 0 and granted_minor >= 0 and credited_minor >= 0),
    add constraint claim_currencies check
        ((value_minor is null or value_currency is not null)
         and (coalesce(payable_minor, claimed_minor, granted_minor, credited_minor) is null or currency is not null)),
    add constraint claim_approval check ((approved_by is null) = (approved_as_of is null)),
    add constraint claim_found check (found_as_of is not null or found_note = '');
create index claim_unfinished on claim (claim_number) where state not in ('closed', 'time_barred');
comment on column claim.drafted_as_of is 'The night of the dossier as it is now';
comment on column claim.approved_by is 'Who let it be submitted; a dossier that changes afterwards wants a new approval';
comment on column claim.found_as_of is 'The night that knew first that the parcel turned up; such a claim must not stand';

-- Moves make a chain: each begins where the one before it ended, and only in ways that claim_state_move allows.
alter table claim_move
    add column previous integer generated always as (nullif(position, 1) - 1) stored,
    add constraint claim_move_end unique (shipment_id, ground, position, state_to),
    add constraint claim_move_chain foreign key (shipment_id, ground, previous, state_from)
        references claim_move (shipment_id, ground, position, state_to),
    add constraint claim_move_first check ((position = 1) = (state_from is null));
create index claim_move_by_night on claim_move (as_of);

create table claim_remark
(
    shipment_id text not null,
    ground      text not null,
    kind        text not null check (kind in ('found', 'lost_again', 'news', 'approved', 'approval_void', 'drafted', 'note')),
    key         text not null,
    as_of       timestamptz not null,
    recorded_at timestamptz not null,
    actor       text not null,
    note        text not null,
    primary key (shipment_id, ground, kind, key),
    foreign key (shipment_id, ground) references claim
);
create index claim_remark_by_night on claim_remark (as_of);
comment on table claim_remark is 'What happened to a claim without moving it; append-only';
comment on column claim_remark.key is 'What makes it one: the scan that says so, or the moment; once each';

create table claim_version
(
    shipment_id   text not null,
    ground        text not null,
    drafted_as_of timestamptz not null,
    dossier       text not null,
    primary key (shipment_id, ground, drafted_as_of),
    foreign key (shipment_id, ground) references claim
);
comment on table claim_version is 'Dossiers that a later night drafted anew: what the papers of their nights say';

create table claim_condition
(
    shipment_id text not null,
    ground      text not null,
    position    integer not null,
    name        text not null,
    met         boolean not null,
    words       text not null,
    clause      text not null,
    primary key (shipment_id, ground, position)
);
comment on table claim_condition is 'The conditions of the right, met or not, of claims and of refusals, as the last night saw them';

alter table claim_document add column claim_number bigint;
create index claim_document_of_claim on claim_document (claim_number, as_of) where claim_number is not null;
comment on column claim_document.claim_number is 'Whose paper it is; null for those of a whole night or carrier';

drop view v_claim;
create view v_claim as
select claim_number, reference, ground, state, carrier, tracking_number, opened_as_of, drafted_as_of, opens_on, enquiry_by,
       claim_deadline, barred_after, act_by, value_minor, value_currency, payable_minor, claimed_minor, granted_minor,
       credited_minor, case when credited_minor < payable_minor then payable_minor - credited_minor end as underpaid_minor,
       currency, terms, clause, opening_clause, enquiry_clause, deadline_clause, bar_clause, missing, approved_by,
       approved_as_of, found_as_of, found_note
  from claim;
comment on view v_claim is 'The claims ledger without addresses: what is owed, claimed, granted, credited and underpaid';

create view v_claim_history as
select c.claim_number, c.reference, m.as_of, m.recorded_at, 'moved' as event, m.state_from, m.state_to, m.amount_minor,
       c.currency, m.actor, m.note
  from claim_move m
  join claim c using (shipment_id, ground)
 union all
select c.claim_number, c.reference, r.as_of, r.recorded_at, r.kind, null, null, null, c.currency, r.actor, r.note
  from claim_remark r
  join claim c using (shipment_id, ground);
comment on view v_claim_history is 'Who did what with a claim, and when: moves and remarks';
