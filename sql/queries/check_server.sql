-- Who we are, and where.
select current_user::text, current_database()::text, current_setting('server_version');
