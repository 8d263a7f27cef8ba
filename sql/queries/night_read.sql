-- The summary of a night.
-- $1 timestamptz  as-of
select judged, abstained, stuck_alpha, lost_false_share, stuck_false_expected, unmapped::text,
       promises_stated, promises_derived, promises_learned, promises_none
  from night
 where as_of = $1;
