-- Nights of the past may be judged in any order. Each stands on those before it, so one that comes late has the later ones done
-- again: which may be done only while nobody was told of them and nobody worked on what they found.
alter table night add column filled_in boolean not null default false;
comment on column night.filled_in is 'Judged so long after its date that nothing of it was told: it may be forgotten and done again';

create table night_again
(
    as_of   timestamptz primary key,
    run_key text not null default '',
    papers  text[] not null default '{}'
);
comment on table night_again is 'Nights that wait to be done again, in order, since one before them came later';
comment on column night_again.run_key is 'What its scheduler called the run that put it in line; empty for that of its last run';
comment on column night_again.papers is 'Papers of claims as the night wrote them before: they are taken away first';

-- Histories only grow, and the nightly run cannot delete a line of them. So it asks the owner's function, which looks first
-- whether there is anything that somebody was told or did.
create function forget_filled_in() returns boolean
    language plpgsql security definer set search_path from current
as $$
begin
    if exists (select from night where not filled_in)
        or exists (select from case_event where event in ('acknowledged', 'snoozed', 'dismissed', 'resolved'))
        or exists (select from claim
                    where approved_by is not null
                       or state not in ('enquiry', 'draft', 'ready', 'voided', 'time_barred', 'waived'))
        or exists (select from claim_move where actor <> 'vigie')
        or exists (select from claim_remark where actor <> 'vigie')
        or exists (select from claim_attempt)
        or exists (select from settlement_line)
        or exists (select from outbox)
    then
        return false;
    end if;
    insert into night_again (as_of, papers)
    select n.as_of, array(select d.file_name from claim_document d where d.as_of = n.as_of order by 1)
      from night n
        on conflict (as_of) do update
       set papers = array(select distinct p from unnest(night_again.papers || excluded.papers) p order by 1);
    delete from claim_condition;
    delete from claim_document;
    delete from claim_refusal;
    delete from claim_remark;
    delete from claim_version;
    delete from claim_move;
    delete from claim;
    delete from case_event;
    delete from cases;
    delete from finding;
    delete from forecast;
    delete from outcome;
    delete from promise_day;
    delete from flow;
    delete from incident_night;
    delete from incident;
    delete from scorecard;
    delete from scorecard_night;
    delete from night;
    return true;
end
$$;
comment on function forget_filled_in() is
    'Forget all nights, to be done again; false, and nothing is forgotten, when somebody was told of one or acted upon it';
revoke all on function forget_filled_in() from public;
