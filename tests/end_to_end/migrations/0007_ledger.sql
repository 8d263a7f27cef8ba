insert into claim_remark values ('s1', 'loss', 'note', 'k', '2026-01-03', '2026-01-03', 'anna', 'called them');
insert into claim_version values ('s1', 'loss', '2026-01-01', '<dossier/>');
insert into claim_condition values ('s1', 'loss', 1, 'lost', true, 'silent', 'art. 1');
