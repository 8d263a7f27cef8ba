-- A parcel that turns up after its claim was filed: the claim is withdrawn, and the carrier gets a letter, or a notice that what
-- it credited is given back. So the ledger keeps how the parcel turned up, since when the claim is withdrawn, and that a person
-- told the carrier.
alter table claim
    add column found_at timestamptz,
    add column found_milestone text not null default '',
    add column found_place text not null default '',
    add column withdrawn_as_of timestamptz,
    add column told_as_of timestamptz,
    add constraint claim_told check (told_as_of is null or withdrawn_as_of is not null);
update claim set withdrawn_as_of = (select max(m.as_of) from claim_move m
                                     where m.shipment_id = claim.shipment_id and m.ground = claim.ground and m.state_to = 'voided')
 where state = 'voided' and claimed_minor is not null;
comment on column claim.found_at is 'When the scan that found the parcel occurred; its milestone and place beside it';
comment on column claim.withdrawn_as_of is 'Since when a claim that reached the carrier, or may have, is void: the day of its letter of withdrawal';
comment on column claim.told_as_of is 'When a person had told the carrier so';

alter table claim_remark
    drop constraint claim_remark_kind_check,
    add constraint claim_remark_kind_check
        check (kind in ('found', 'lost_again', 'news', 'approved', 'approval_void', 'drafted', 'note', 'told'));

create or replace view v_claim as
select claim_number, reference, ground, state, carrier, tracking_number, opened_as_of, drafted_as_of, opens_on, enquiry_by,
       claim_deadline, barred_after, act_by, value_minor, value_currency, payable_minor, claimed_minor, granted_minor,
       credited_minor, case when credited_minor < payable_minor then payable_minor - credited_minor end as underpaid_minor,
       currency, terms, clause, opening_clause, enquiry_clause, deadline_clause, bar_clause, missing, approved_by,
       approved_as_of, found_as_of, found_note, withdrawn_as_of, told_as_of
  from claim;
