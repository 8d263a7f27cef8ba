#include "core/case.h"

#include <string.h>

static const char *const kinds[CASE_KIND_COUNT] = {
    [CASE_NONE] = "none",
    [CASE_AT_RISK] = "at_risk",
    [CASE_IMPOSSIBLE_HISTORY] = "impossible_history",
    [CASE_LATE] = "late",
    [CASE_OUT_NOT_CLOSED] = "out_not_closed",
    [CASE_NOT_HANDED_OVER] = "not_handed_over",
    [CASE_STUCK] = "stuck",
    [CASE_TRACKING_DEAD] = "tracking_dead",
    [CASE_PICKUP_EXPIRING] = "pickup_expiring",
    [CASE_ATTEMPT_FAILED] = "attempt_failed",
    [CASE_CUSTOMS_HELD] = "customs_held",
    [CASE_MISROUTED] = "misrouted",
    [CASE_HANDOFF_GAP] = "handoff_gap",
    [CASE_RETURN_STALLED] = "return_stalled",
    [CASE_DAMAGED] = "damaged",
    [CASE_LOST] = "lost",
};

static const char *const states[CASE_STATE_COUNT] = {
    [CASE_OPEN] = "open",
    [CASE_ACKNOWLEDGED] = "acknowledged",
    [CASE_SNOOZED] = "snoozed",
    [CASE_DISMISSED] = "dismissed",
    [CASE_RESOLVED] = "resolved",
    [CASE_CLEARED] = "cleared",
};

static const char *const events[CASE_EVENT_COUNT] = {
    [CASE_EVENT_OPENED] = "opened",
    [CASE_EVENT_CONFIRMED] = "confirmed",
    [CASE_EVENT_WORSE] = "worse",
    [CASE_EVENT_EASED] = "eased",
    [CASE_EVENT_CLEARED] = "cleared",
    [CASE_EVENT_REOPENED] = "reopened",
    [CASE_EVENT_WOKEN] = "woken",
    [CASE_EVENT_ACKNOWLEDGED] = "acknowledged",
    [CASE_EVENT_SNOOZED] = "snoozed",
    [CASE_EVENT_DISMISSED] = "dismissed",
    [CASE_EVENT_RESOLVED] = "resolved",
};

const char *
case_kind_name(CaseKind kind)
{
    return kinds[kind];
}

bool
case_kind_parse(const char *name, CaseKind *out)
{
    for (int i = CASE_NONE + 1; i < CASE_KIND_COUNT; i++)
        if (strcmp(name, kinds[i]) == 0) {
            *out = (CaseKind)i;
            return true;
        }
    return false;
}

const char *
case_state_name(CaseState state)
{
    return states[state];
}

bool
case_state_parse(const char *name, CaseState *out)
{
    for (int i = CASE_OPEN; i < CASE_STATE_COUNT; i++)
        if (strcmp(name, states[i]) == 0) {
            *out = (CaseState)i;
            return true;
        }
    return false;
}

const char *
case_event_name(CaseEvent event)
{
    return events[event];
}

bool
case_event_parse(const char *name, CaseEvent *out)
{
    for (int i = CASE_EVENT_OPENED; i < CASE_EVENT_COUNT; i++)
        if (strcmp(name, events[i]) == 0) {
            *out = (CaseEvent)i;
            return true;
        }
    return false;
}

bool
case_state_is_live(CaseState state)
{
    return state == CASE_OPEN || state == CASE_ACKNOWLEDGED || state == CASE_SNOOZED;
}
