-- A claim's papers are made from one canonical form, its dossier (claims/dossier.xsd), so the ledger keeps that and, in
-- columns, only what it sorts, sums and counts days by. What the dropped columns held is in the dossier: no claim of the
-- schema before could be submitted, and the next night drafts each that is still to be filed anew from the source.
drop view v_claim;

alter table claim
    drop column service, drop column origin, drop column destination, drop column destination_postcode,
    drop column order_reference, drop column invoice_reference, drop column contents, drop column accepted_at,
    drop column promised_at, drop column last_scan_at, drop column last_scan, drop column weight_grams,
    drop column source, drop column evidence, drop column line_names, drop column line_details,
    drop column line_clauses, drop column line_minors, drop column line_decided,
    add column value_currency text,
    add column enquiry_by date,
    add column act_by date,
    add column enquiry_clause text not null default '',
    add column dossier text not null default '';
update claim set value_currency = currency where value_minor is not null;
create index claim_to_do on claim (act_by, claim_number)
    where state not in ('reconciled', 'closed', 'voided', 'time_barred', 'waived');
comment on column claim.enquiry_by is 'Last day of the step that keeps the right alive: an enquiry, a letter of reserve';
comment on column claim.act_by is 'When somebody must have acted: the next of the dates less a margin';
comment on column claim.dossier is 'All that the claim states, as XML of claims/dossier.xsd';

create view v_claim as
select claim_number, reference, ground, state, carrier, tracking_number, opened_as_of, opens_on, enquiry_by, claim_deadline,
       barred_after, act_by, value_minor, value_currency, payable_minor, claimed_minor, granted_minor, credited_minor,
       currency, terms, clause, opening_clause, enquiry_clause, deadline_clause, bar_clause, missing
  from claim;
comment on view v_claim is 'The claims ledger without addresses';
