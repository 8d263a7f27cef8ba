-- One scan once: importing a file twice adds nothing. The columns that learning reads ride along, so that it never
-- visits the table.
create unique index if not exists scans_once
    on scans (shipment_id, occurred_at, code, subcode, milestone, place) include (recorded_at, carrier);
-- A night asks which scans became known since the one before: a summary of each range of pages finds them.
create index if not exists scans_by_time on scans using brin (recorded_at, occurred_at);
