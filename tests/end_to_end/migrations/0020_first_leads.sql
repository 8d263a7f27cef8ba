insert into promise_day values ('dpd', '2025-12-22', '2026-01-02', 0, 0, null, '{0,0,0,0,1,2,1}');
