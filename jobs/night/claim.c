/*
 * claim: that step of a night by itself.
 */
#include "jobs/night/steps.h"

extern const Command command_claim;

static bool
run_claim(Job *job, Err *err)
{
    return night_run_step(job, "claim", err);
}

const Command command_claim = {
    .name = "claim",
    .summary = "open claims, keep them up to date, and write their documents",
    .usage = "",
    .description =
        "For every parcel that the night found lost, damaged or sent back without a reason, and "
        "for "
        "those that came after their promise, opens a claim in the ledger where the terms give a "
        "right, or remembers why there is none.\n\n"
        "What was not submitted yet is drafted anew from the source: a draft that got its missing "
        "value becomes ready, one that brings less than filing costs (claims.filing) is waived, "
        "one "
        "whose parcel turned up is void. What was submitted is flagged when its parcel turns up, "
        "and "
        "moved by the carrier's own news of it. A deadline of the carrier's that passed is a "
        "caution; only the law's bar ends a claim.\n\n"
        "Then the papers are written: for each claim that changed, and one bordereau per carrier "
        "with the claims that became ready. Doing it again changes nothing.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .examples = (const char *const[]){"vigie claim --as-of 2026-11-20", NULL},
    .run = run_claim,
};
