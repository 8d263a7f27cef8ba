insert into claim_attempt values ('k', 1, 'dpd', 'email', 'claims@example.org', '{1}', '2026-01-06', '2026-01-06', '2026-01-06', 'sent', '', 'vigie');
