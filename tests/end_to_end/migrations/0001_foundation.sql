-- Rows as the first schema had them.
insert into run values (1, 'nightly', '2026-01-01', '0.1.0', '', 'done', '2026-01-01', '2026-01-01', 0, '{}', null);
insert into set_aside values (1, 1, 'detect', 'scans', null, 's1', 'no time', null);
insert into learned values ('2026-01-01', '2025-01-01', '2025-12-31', 1, 2, 1);
insert into learned_cohort values ('2026-01-01', 1, 'in_transit', 'dpd', '', '', '', '{1,2}', '{1,0}', '{3,4}');
insert into learned_total values ('2026-01-01', 1, 'in_transit', 'dpd', 1, 0, 1, '{1}', '{1}', '{1}');
insert into watch values ('2026-01-01', 's1');
insert into night values ('2026-01-01', 1, 0, 0.01, null, null, '[]');
insert into finding values ('s1', '2026-01-01', 'lost', 'T1', 'dpd', 'home', 'FR/IDF', 'FR/PACA', '2025-12-20', 4500, 'EUR', 'in_transit',
    '2025-12-18', 'CDG', 300, 20, 0.0001, 1, 0.9, null, null, 'dpd', 50, 500, 4500, 0, 5000, '{lost}', '{0.9}', '{2025-12-25}', '{"silent for 300 h"}');
insert into cases values ('s1', 1, 'lost', 'open', '2026-01-01', '2026-01-01', null, 'opened');
insert into case_event values ('s1', '2026-01-01', 'opened', 1, null, 'lost', 'open', 'vigie', '', '2026-01-01');
insert into claim values ('s1', 'loss', 1, 'VG-1', 'draft', '2026-01-01', 'T1', 'dpd', 'dpd', 'home', 'FR/IDF', 'FR/PACA', '13001', 'O1', 'I1', 'shoes',
    '2025-12-15', '2025-12-20', '2025-12-18', 'left', 1200, 4500, 4500, 'EUR', null, null, null, '2026-01-01', '2026-12-01', '2026-12-15',
    'a', 'b', 'c', 'd', 'dpd', 'e', 'f', 'g', 'weight', '{goods}', '{shoes}', '{art. 1}', '{4500}', '{1}');
insert into claim_move values ('s1', 'loss', 1, null, 'draft', '2026-01-01', '2026-01-01', 'vigie', null, ''),
    ('s1', 'loss', 2, 'draft', 'ready', '2026-01-02', '2026-01-02', 'vigie', null, '');
update claim set state = 'ready';
insert into claim_refusal values ('s2', 'loss', '2026-01-01', 'delivered');
insert into claim_document values ('2026-01-01', 'VG-1-letter.pdf', 'dpd', 1, 4500, 'EUR', 10, repeat('a', 64));
insert into outbox values ('k1', 'email', 'a@example.org', 's', 't', 'h', '2026-01-01', 'sent', 1, '2026-01-01', '2026-01-01', '2026-01-01', null);
