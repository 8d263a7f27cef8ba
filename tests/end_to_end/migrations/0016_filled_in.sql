insert into night_again (as_of, papers) values ('2026-01-02', '{a.pdf}');
