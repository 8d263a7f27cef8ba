-- Write, or write again, the summary of a night.
-- $1 timestamptz       as-of
-- $2 bigint            judged
-- $3 bigint            abstained
-- $4 double precision  p-value below which silence is a case
-- $5 double precision  expected share of false ones among the lost
-- $6 double precision  expected number of false ones among the newly stuck
-- $7 jsonb             unmapped codes
-- $8 bigint            judged with a promise that the source states
-- $9 bigint            with one derived from the carrier's service
-- $10 bigint           with a learned one
-- $11 bigint           with none
-- $12 boolean          judged so late that nobody is told; once somebody could be told, it stays so
insert into night (as_of, judged, abstained, stuck_alpha, lost_false_share, stuck_false_expected, unmapped,
                   promises_stated, promises_derived, promises_learned, promises_none, filled_in)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (as_of) do update
   set (judged, abstained, stuck_alpha, lost_false_share, stuck_false_expected, unmapped,
        promises_stated, promises_derived, promises_learned, promises_none, filled_in) =
       (excluded.judged, excluded.abstained, excluded.stuck_alpha, excluded.lost_false_share,
        excluded.stuck_false_expected, excluded.unmapped, excluded.promises_stated, excluded.promises_derived,
        excluded.promises_learned, excluded.promises_none, night.filled_in and excluded.filled_in)
 where (night.judged, night.abstained, night.stuck_alpha, night.lost_false_share, night.stuck_false_expected,
        night.unmapped, night.promises_stated, night.promises_derived, night.promises_learned, night.promises_none,
        night.filled_in)
       is distinct from
       (excluded.judged, excluded.abstained, excluded.stuck_alpha, excluded.lost_false_share,
        excluded.stuck_false_expected, excluded.unmapped, excluded.promises_stated, excluded.promises_derived,
        excluded.promises_learned, excluded.promises_none, night.filled_in and excluded.filled_in);
