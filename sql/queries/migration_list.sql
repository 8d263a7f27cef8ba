-- Migrations that were applied, in order.
select name, sha256 from migration order by name;
