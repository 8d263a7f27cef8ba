insert into learn_part values ('2026-01-02', 2, 1, 'f', null, 'S1', '{}');
