insert into promise_day values ('dpd', '2025-12-21', '2026-01-02', 3, 2, '{0,0,0,0,1,1,1}');
