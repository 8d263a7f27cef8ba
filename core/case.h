/*
 * case.h - what a manager reviews: kinds of case, their states and the events of their life.
 */
#ifndef CORE_CASE_H
#define CORE_CASE_H

#include "core/instant.h"
#include "core/milestone.h"
#include "core/money.h"
#include "core/shipment.h"

#include <stddef.h>

// In order of severity: when several detectors speak, the gravest leads.
typedef enum CaseKind
{
    CASE_NONE = 0,
    CASE_AT_RISK,
    CASE_IMPOSSIBLE_HISTORY,
    CASE_LATE,
    CASE_OUT_NOT_CLOSED,
    CASE_NOT_HANDED_OVER,
    CASE_STUCK,
    CASE_TRACKING_DEAD,
    CASE_PICKUP_EXPIRING,
    CASE_ATTEMPT_FAILED,
    CASE_CUSTOMS_HELD,
    CASE_MISROUTED,
    CASE_HANDOFF_GAP,
    CASE_RETURN_STALLED,
    CASE_DAMAGED,
    CASE_LOST,
    CASE_KIND_COUNT,
} CaseKind;

typedef enum CaseState
{
    CASE_OPEN = 1,
    CASE_ACKNOWLEDGED,  // somebody looks after it
    CASE_SNOOZED,       // out of sight until a day
    CASE_DISMISSED,     // a person said it is no anomaly; the reason is kept
    CASE_RESOLVED,      // a person settled it
    CASE_CLEARED,       // a scan explained it
    CASE_STATE_COUNT,
} CaseState;

typedef enum CaseEvent
{
    CASE_EVENT_OPENED = 1,
    CASE_EVENT_CONFIRMED,  // still so, same kind
    CASE_EVENT_WORSE,      // a graver kind leads now
    CASE_EVENT_EASED,      // a lighter kind leads now
    CASE_EVENT_CLEARED,    // no signal any more; the note names the scan
    CASE_EVENT_REOPENED,   // a signal after it was cleared, resolved or dismissed as lighter
    CASE_EVENT_WOKEN,      // the snooze ended
    CASE_EVENT_ACKNOWLEDGED,
    CASE_EVENT_SNOOZED,
    CASE_EVENT_DISMISSED,
    CASE_EVENT_RESOLVED,
    CASE_EVENT_COUNT,
} CaseEvent;

const char *case_kind_name(CaseKind kind);  // "at_risk"
bool case_kind_parse(const char *name, CaseKind *out);
const char *case_state_name(CaseState state);
bool case_state_parse(const char *name, CaseState *out);
const char *case_event_name(CaseEvent event);
bool case_event_parse(const char *name, CaseEvent *out);

// Open, acknowledged and snoozed cases are live: at most one per shipment.
bool case_state_is_live(CaseState state);

// One detector's opinion on one shipment tonight.
typedef struct Signal
{
    CaseKind kind;
    double probability;    // that the parcel is what the kind says; 0..1
    Instant since;         // when the condition began
    const char *evidence;  // one sentence for people, with its numbers
} Signal;

// What is believed of one open shipment tonight, whether or not it is a case. Probabilities are NAN where
// the data could not tell (abstention), and `abstained` then says why in words.
typedef struct Judgement
{
    Milestone milestone;     // of the last physical scan; ANNOUNCED when there was none
    Instant last_scan_at;    // its instant; created_at when there was none
    const char *last_place;  // its place, "" when unknown
    double silence_hours;    // from last_scan_at to as-of
    double typical_hours;    // 99 of 100 parcels of this segment move on within; NAN when never
    double silence_p_value;  // share of parcels that will move yet still wait this long
    double p_late;           // P(not presented by the promise); NAN without a promise
    double p_lost;           // P(never moves again)
    Instant expected_low, expected_high;  // 10 % and 90 % of delivery; INSTANT_NONE when unknown
    double segment_weight;                // events behind the segment, after forgetting
    const char
        *segment;  // the narrowest group with events: "colissimo / home / IDF>PACA / in_transit"
    const char *abstained;  // "" when it did not
    double
        excused_hours;  // at the end of the silence, that do not count: things around it stood still
    const char *excuse;  // why part of the silence says less than the clock: "of which 38 h while
                         // the feed of dpd was silent (incident 3)"; NULL or "" when it does not
} Judgement;

// A shipment with at least one signal tonight.
typedef struct Finding
{
    const char *shipment_id, *tracking_number, *carrier, *service, *origin, *destination;
    Instant promised_at;
    PromiseOrigin promise_origin;
    Money value;  // see shipment_value()
    Judgement judgement;
    const Signal *signals;  // gravest first
    size_t signal_count;
    Money contact_cost;   // P(late or lost) x cost of a contact
    Money value_at_risk;  // P(lost) x value
    Money expected_recovery;
    int64_t
        expected_cost_minor;  // the sum of the above in the merchant's currency; what ranks the list
    int64_t incident_number;  // of the incident that concerns it; 0 for none
} Finding;

// A case as people see it.
typedef struct CaseRecord
{
    int64_t number;
    CaseKind kind;
    CaseState state;
    Instant opened_as_of, judged_as_of;
    Day snoozed_until;  // DAY_NONE unless snoozed
    const char *shipment_id, *tracking_number, *carrier, *service, *origin, *destination;
    Instant promised_at;
    PromiseOrigin promise_origin;          // PROMISE_NONE also where an old night did not say
    double p_late, p_lost, silence_hours;  // NAN when not known
    Money value;
    int64_t expected_cost_minor;
    const char *evidence;     // of the leading signal
    CaseEvent last_event;     // of the night judged_as_of
    int64_t incident_number;  // of the incident that concerned it then; 0 for none
} CaseRecord;

typedef struct CaseHistory
{
    Instant as_of, recorded_at;
    CaseEvent event;
    CaseKind kind_before, kind_after;
    const char *actor, *note;
} CaseHistory;

#endif
