-- Write the findings of a night.
copy finding (shipment_id, as_of, kind, tracking_number, carrier, service, origin, destination, promised_at, promise_origin,
              value_minor, value_currency, milestone, last_scan_at, last_place, silence_hours, typical_hours,
              silence_p_value, p_late, p_lost, expected_low, expected_high, segment, segment_weight,
              contact_minor, at_risk_minor, recovery_minor, expected_cost_minor, signal_kinds, probabilities,
              since, evidence, incident_number)
from stdin;
