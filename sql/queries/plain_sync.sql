-- From now on a commit waits for its log, and with it for those before it: VACUUM calls no row visible to all whose
-- commit could still be lost (synchronous_commit = off).
select set_config('synchronous_commit', 'on', false);
