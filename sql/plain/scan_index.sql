-- One scan once: importing a file twice adds nothing. The columns that learning reads ride along, so that it never
-- visits the table.
create unique index if not exists scans_once
    on scans (shipment_id, occurred_at, code, subcode, milestone, place) include (recorded_at, carrier);
-- A night asks which scans became known since the one before: a summary of each range of pages finds them. One scan in thousands has
-- a wrong date far ahead, and where a summary knows but the least and the greatest its whole range is read every night; so where
-- the server can (from 14 on), it knows several spans.
do $$ begin
    if current_setting('server_version_num')::integer >= 140000 then
        create index if not exists scans_by_time
            on scans using brin (recorded_at timestamptz_minmax_multi_ops, occurred_at timestamptz_minmax_multi_ops);
    else
        create index if not exists scans_by_time on scans using brin (recorded_at, occurred_at);
    end if;
end $$;
