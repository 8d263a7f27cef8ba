-- Forget what old nights counted, and the names of their papers that belong to no one claim (bordereaux, the schema). The newest
-- night is kept.
-- $1 timestamptz  as of nights before
with papers as (
    delete from claim_document
     where as_of < $1 and claim_number is null and as_of < (select max(as_of) from claim_document)),
     gone as (
    delete from night where as_of < $1 and as_of < (select max(as_of) from night)
    returning 1)
select count(*) from gone;
