#include "core/case_life.h"

static CaseStep
unchanged(const CaseRecord *current, CaseEvent event)
{
    return (CaseStep){
        .kind = current->kind,
        .state = current->state,
        .event = event,
        .snoozed_until = current->snoozed_until,
    };
}

static CaseStep
live_step(const CaseRecord *current, CaseKind lead, Day today)
{
    CaseStep step = unchanged(current, CASE_EVENT_CONFIRMED);

    if (lead == CASE_NONE)
        return (CaseStep){current->kind, CASE_CLEARED, CASE_EVENT_CLEARED, DAY_NONE};
    if (lead > current->kind)
        return (CaseStep){lead, CASE_OPEN, CASE_EVENT_WORSE, DAY_NONE};
    if (current->state == CASE_SNOOZED && current->snoozed_until <= today)
        return (CaseStep){lead, CASE_OPEN, CASE_EVENT_WOKEN, DAY_NONE};
    if (lead < current->kind)
        step.event = CASE_EVENT_EASED;
    step.kind = lead;
    return step;
}

CaseStep
case_step(const CaseRecord *current, CaseKind lead, Day today)
{
    if (current == NULL)
        return lead == CASE_NONE ? (CaseStep){.snoozed_until = DAY_NONE}
                                 : (CaseStep){lead, CASE_OPEN, CASE_EVENT_OPENED, DAY_NONE};
    if (case_state_is_live(current->state))
        return live_step(current, lead, today);

    const bool settled = current->state == CASE_DISMISSED || current->state == CASE_RESOLVED;

    if (lead == CASE_NONE || (settled && lead <= current->kind))
        return unchanged(current, 0);
    return (CaseStep){lead, CASE_OPEN, CASE_EVENT_REOPENED, DAY_NONE};
}

bool
case_act(const CaseRecord *current, CaseEvent action, Day until, Day today, CaseStep *out, Err *err)
{
    if (!case_state_is_live(current->state))
        return err_set(err, ERR_CONFIG, "case %lld is %s already", (long long)current->number,
            case_state_name(current->state));
    if (action == CASE_EVENT_SNOOZED && until <= today)
        return err_set(err, ERR_CONFIG, "case %lld: the day to snooze until has passed",
            (long long)current->number);

    *out = unchanged(current, action);
    out->snoozed_until = action == CASE_EVENT_SNOOZED ? until : DAY_NONE;
    out->state = action == CASE_EVENT_ACKNOWLEDGED ? CASE_ACKNOWLEDGED
                 : action == CASE_EVENT_SNOOZED    ? CASE_SNOOZED
                 : action == CASE_EVENT_DISMISSED  ? CASE_DISMISSED
                                                   : CASE_RESOLVED;
    return true;
}
