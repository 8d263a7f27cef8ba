/*
 * alert: that step of a night by itself.
 */
#include "jobs/night/steps.h"

extern const Command command_alert;

static const OptionSpec options[] = {
    {.name = "deliver", .help = "send even though the logical date is long past"},
    {0},
};

static bool
run_alert(Job *job, Err *err)
{
    return night_run_step(job, "alert", err);
}

const Command command_alert = {
    .name = "alert",
    .summary = "queue the night's digest and what is due, and deliver",
    .usage = "",
    .description =
        "Puts one digest for each of alerts.to into the outbox, and what alerts.rules make of "
        "claims that are due; what they make of cases and incidents was put there by detect, "
        "together with the change. Then delivers what is due through the channels. A message has a "
        "key and is queued once, however often the night runs; a delivery that fails is tried "
        "again "
        "later, with growing pauses, up to alerts.attempts times. A channel that cannot be reached "
        "makes the run end with exit code 3 and the reason.\n\n"
        "Nothing is sent for a logical date more than alerts.deliver_within_days ago, unless "
        "--deliver is given. What was queued, sent and given up: vigie alerts.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .options = options,
    .examples = (const char *const[]){"vigie alert --as-of 2026-11-20 --deliver", NULL},
    .run = run_alert,
};
