insert into settlement_line values (repeat('b', 64), 1, 'dpd.csv', 'dpd', 'VG-1', 'T1', 'N1', '', '45.00', 4500, 'EUR', '2026-01-05', 'matched', '', 's1', 'loss', '2026-01-05', '2026-01-05', 'anna');
