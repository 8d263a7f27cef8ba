-- Write what a night said of the open parcels.
copy forecast (shipment_id, as_of, carrier, service, milestone, kind, accepted_at, promised_at, silence_hours, p_late,
               p_lost, p_late_stated, p_lost_stated, p_listed)
from stdin;
