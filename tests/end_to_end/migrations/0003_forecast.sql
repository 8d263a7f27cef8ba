insert into forecast values ('s1', '2026-01-02', 'dpd', 'home', 'in_transit', 'lost', '2025-12-15', '2025-12-20', 300, 1, 0.9, 1, 0.9, 0.9);
insert into outcome values ('s1', 'late', '2025-12-20', '2026-01-02', '2025-12-20', true);
insert into promise_day values ('dpd', '2025-12-20', '2026-01-02', 10, 9);
