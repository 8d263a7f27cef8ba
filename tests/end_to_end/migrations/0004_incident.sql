insert into incident values (1, 'hub', 'dpd', 'LIL', '2025-12-20', '2026-01-01', '2026-01-02', null, 1, 9, 0.001, 0.1, 5, 'few moved on');
insert into incident_night values (1, '2026-01-02', 'opened', '2025-12-20', 1, 9, 0.001, 0.1, 5, 0, 'few moved on');
insert into flow values ('2026-01-02', 'hub', 'dpd', 'LIL', 1, 9, 0, null, true);
