-- What carriers say they paid or refused, line by line. A line is kept whatever became of it: what could not be booked is for
-- a person, and the same file read again must find its lines.
create table settlement_line
(
    file_sha256     text not null,
    line            bigint not null,
    file_name       text not null,
    carrier         text not null,
    claim_reference text not null,
    tracking_number text not null,
    credit_note     text not null,
    reason          text not null,
    amount_text     text not null,
    amount_minor    bigint,
    currency        text,
    credited_on     date,
    state           text not null check (state in ('matched', 'repeated', 'ambiguous', 'unmatched', 'set_aside')),
    why             text not null,
    shipment_id     text,
    ground          text,
    as_of           timestamptz not null,
    recorded_at     timestamptz not null,
    actor           text not null,
    primary key (file_sha256, line),
    foreign key (shipment_id, ground) references claim,
    check ((state in ('matched', 'repeated')) = (shipment_id is not null)),
    check ((shipment_id is null) = (ground is null)),
    check ((amount_minor is null) = (currency is null))
);
create unique index settlement_line_once on settlement_line (shipment_id, ground, credit_note)
    where state = 'matched' and credit_note <> '';
create index settlement_line_by_note on settlement_line (credit_note) where state = 'matched';
create index settlement_line_open on settlement_line (recorded_at) where state not in ('matched', 'repeated');
comment on table settlement_line is 'Lines of settlements, each with what became of it; by hand: file_sha256 is of the words given';
comment on index settlement_line_once is 'A credit note credits a claim once';

create index claim_by_tracking on claim (upper(replace(tracking_number, ' ', '') collate "C"));

create view v_settlement as
select s.file_name, s.line, s.file_sha256, s.carrier, s.claim_reference, s.tracking_number, s.credit_note, s.reason,
       s.amount_minor, s.currency, s.credited_on, s.state, s.why, c.claim_number, s.as_of, s.recorded_at
  from settlement_line s
  left join claim c using (shipment_id, ground);
comment on view v_settlement is 'Lines of settlements with the claim they were booked on';
