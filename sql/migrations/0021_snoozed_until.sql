-- Until when a case was put off stood in the case alone, so that the list of an older night, written again, told of what was put
-- off since. It belongs to the step that did it. Of what was put off and is open again, the day is not known any more.
alter table case_event add column snoozed_until date;
comment on column case_event.snoozed_until is 'Where the step leaves the case snoozed: until when';
update case_event e
   set snoozed_until = c.snoozed_until
  from cases c
 cross join lateral (select x.as_of, x.recorded_at
                       from case_event x
                      where x.shipment_id = c.shipment_id and x.event = 'snoozed'
                      order by x.as_of desc, x.recorded_at desc
                      limit 1) put_off
 where c.state = 'snoozed' and e.shipment_id = c.shipment_id and e.state_after = 'snoozed'
   and (e.as_of, e.recorded_at) >= (put_off.as_of, put_off.recorded_at);
