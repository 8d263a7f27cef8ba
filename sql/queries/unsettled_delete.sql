-- Forget the unsettled shipments of one as-of, to write them again.
-- $1 timestamptz  as-of
delete from unsettled where as_of = $1;
