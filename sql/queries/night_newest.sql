-- The newest judged night, null when there is none.
select max(as_of) from night;
