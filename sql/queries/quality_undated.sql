-- Scans without a date, and scans that say nothing.
select count(*) filter (where occurred_at is null or not isfinite(occurred_at)),
       count(*) filter (where coalesce(code, '') = '' and coalesce(milestone, '') = '')
  from source_scan
 where occurred_at is null or not isfinite(occurred_at) or (coalesce(code, '') = '' and coalesce(milestone, '') = '');
