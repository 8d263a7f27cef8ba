-- The lines of a file that need no more: booked, or repeating what was.
-- $1 text  SHA-256 of the file
select line from settlement_line where file_sha256 = $1 and state in ('matched', 'repeated') order by line;
