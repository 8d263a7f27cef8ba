-- What a claim said before a night drafted it anew was kept of its dossier alone, so that the list of an older night, written again,
-- told the dates and amounts of today. Versions hold both now, and until when they were true.
alter table claim_version
    add column replaced_as_of timestamptz,
    add column draft jsonb not null default '{}';
update claim_version v
   set replaced_as_of = coalesce((select min(n.drafted_as_of)
                                    from claim_version n
                                   where n.shipment_id = v.shipment_id and n.ground = v.ground and n.drafted_as_of > v.drafted_as_of),
                                 (select c.drafted_as_of from claim c where c.shipment_id = v.shipment_id and c.ground = v.ground));
alter table claim_version
    alter column replaced_as_of set not null,
    alter column draft drop default,
    drop constraint claim_version_pkey,
    add primary key (shipment_id, ground, replaced_as_of);
comment on table claim_version is 'What a later night drafted anew: what the papers and the list of an older one say';
comment on column claim_version.drafted_as_of is 'The night of its dossier';
comment on column claim_version.replaced_as_of is 'The night that drafted it anew';
comment on column claim_version.draft is 'The columns of the claim that a draft sets; none in versions from before they were kept';

-- Its draft, and what was demanded and paid. The rest is as it is now.
create function claim_at(current claim, at timestamptz) returns claim
    language sql stable set search_path from current
as $$
    with move as (
        select m.position, m.state_to, m.amount_minor, m.position <= max(m.position) filter (where m.as_of <= at) over () as made
          from claim_move m
         where m.shipment_id = current.shipment_id and m.ground = current.ground
    )
    select jsonb_populate_record(current,
        coalesce((select v.draft || jsonb_build_object('dossier', v.dossier)
                    from claim_version v
                   where v.shipment_id = current.shipment_id and v.ground = current.ground and v.replaced_as_of > at
                   order by v.replaced_as_of
                   limit 1), '{}')
        || case when (select bool_and(made) from move) then '{}'
                else jsonb_build_object('granted_minor', null, 'credited_minor', null, 'claimed_minor',
                                        (select case when state_to = 'submitted' then amount_minor end
                                           from move
                                          where made and state_to in ('enquiry', 'draft', 'ready', 'submitted')
                                          order by position desc
                                          limit 1)) end)
$$;
comment on function claim_at(claim, timestamptz) is
    'A claim with what it said, demanded and brought at an as-of; of moves those up to the last one made by then count';
