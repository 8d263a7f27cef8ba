insert into learned values ('2026-01-02', false, '2025-01-01', 'f', 1, 2, 1), ('2026-01-02', true, '2025-01-01', 'f', 1, 2, 1);
insert into learned_cohort values ('2026-01-02', false, 1, 1, 'in_transit', 'dpd', '', '', '', 0, '{1,2}', '{1,0}', '{3,4}');
insert into learned_day values ('2026-01-02', false, 1, 'in_transit', 'dpd', '2025-12-01', 3, 1);
insert into learned_clock values ('2026-01-02', false, 1, 'in_transit', 'dpd', '{1,2}', '{3,4}');
insert into unsettled values ('2026-01-02', 's1');
