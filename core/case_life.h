/*
 * case_life.h - what a night, or a person, does to a case: one pure function each.
 */
#ifndef CORE_CASE_LIFE_H
#define CORE_CASE_LIFE_H

#include "core/case.h"
#include "core/err.h"

// A case before and after: kind, state, and the event that goes into its history.
typedef struct CaseStep
{
    CaseKind kind;
    CaseState state;
    CaseEvent event;    // 0 when nothing happened that people need to know (no case and no signal)
    Day snoozed_until;  // DAY_NONE unless snoozed
} CaseStep;

// The night's effect. current is NULL when the shipment never had a case; lead is the gravest signal tonight,
// CASE_NONE when there is none; today is the logical date.
//   live:               graver lead - worse, and open again; lighter - eased; the same - confirmed; none - cleared;
//                       a snooze that ends today or earlier - woken, open
//   cleared:            any lead - reopened
//   dismissed/resolved: a person settled it: only a graver lead reopens it
CaseStep case_step(const CaseRecord *current, CaseKind lead, Day today);

// A person's action: acknowledge, snooze (until a day after today), dismiss, resolve. ERR_CONFIG when the case is
// closed already or the day has passed.
bool case_act(
    const CaseRecord *current, CaseEvent action, Day until, Day today, CaseStep *out, Err *err);

#endif
