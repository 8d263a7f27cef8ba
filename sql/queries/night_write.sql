-- Write, or write again, the summary of a night.
-- $1 timestamptz       as-of
-- $2 bigint            judged
-- $3 bigint            abstained
-- $4 double precision  p-value below which silence is a case
-- $5 double precision  expected share of false ones among the lost
-- $6 double precision  expected number of false ones among the newly stuck
-- $7 jsonb             unmapped codes
insert into night (as_of, judged, abstained, stuck_alpha, lost_false_share, stuck_false_expected, unmapped)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (as_of) do update
   set (judged, abstained, stuck_alpha, lost_false_share, stuck_false_expected, unmapped) =
       (excluded.judged, excluded.abstained, excluded.stuck_alpha, excluded.lost_false_share,
        excluded.stuck_false_expected, excluded.unmapped)
 where (night.judged, night.abstained, night.stuck_alpha, night.lost_false_share, night.stuck_false_expected,
        night.unmapped)
       is distinct from
       (excluded.judged, excluded.abstained, excluded.stuck_alpha, excluded.lost_false_share,
        excluded.stuck_false_expected, excluded.unmapped);
