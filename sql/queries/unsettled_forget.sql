-- Forget unsettled shipments from before an instant.
-- $1 timestamptz  instant
delete from unsettled where as_of < $1;
