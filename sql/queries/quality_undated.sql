-- Scans without a date, or known at no time, whenever; and scans of a window that say nothing.
-- $1 timestamptz  occurred after
-- $2 timestamptz  as-of
select count(*) filter (where isfinite(occurred_at) is not true or recorded_at = 'infinity'),
       count(*) filter (where occurred_at > $1 and occurred_at <= $2 and coalesce(code, '') = '' and coalesce(milestone, '') = '')
  from source_scan
 where isfinite(occurred_at) is not true or recorded_at = 'infinity'
    or (occurred_at > $1 and occurred_at <= $2 and coalesce(code, '') = '' and coalesce(milestone, '') = '');
