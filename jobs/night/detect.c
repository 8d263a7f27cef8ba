/*
 * detect: that step of a night by itself.
 */
#include "jobs/night/steps.h"

extern const Command command_detect;

static bool
run_detect(Job *job, Err *err)
{
    return night_run_step(job, "detect", err);
}

const Command command_detect = {
    .name = "detect",
    .summary = "judge every open shipment and update the cases",
    .usage = "",
    .description =
        "First looks for incidents: feeds that went silent or leave out one kind of scan, and "
        "carriers, services, hubs "
        "and lanes where fewer parcels moved on since the night before than should "
        "have. Then judges every shipment that learn found still on its way, or ended badly "
        "of late: late, at risk, stuck, lost, not handed over, held by customs, sent back "
        "without a reason and so on (README.md lists the kinds); silence during an incident counts "
        "only as "
        "far as things still moved. Opens, confirms, worsens, eases, clears and reopens "
        "cases, and ranks them by what they cost if nobody acts.\n\n"
        "What is said of each parcel is kept; what was said of parcels whose time has come is "
        "held against what happened, and corrects tonight's probabilities. Promises that ended "
        "are counted by carrier: one whose parcels come later than they used to is an incident, "
        "too. How "
        "carriers, services and lanes did of late is kept as scorecards.\n\n"
        "Needs what learn remembered for the same logical date. A date older than the "
        "newest judged night gets "
        "its own list and leaves the cases of newer nights alone.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .examples = (const char *const[]){"vigie detect --as-of 2026-11-20", NULL},
    .run = run_detect,
};
