/*
 * learn: that step of a night by itself.
 */
#include "jobs/detect/learn_shard.h"
#include "jobs/night/steps.h"

extern const Command command_learn;

static const OptionSpec options[] = {
    {.name = "shard",
        .argument = "K/N",
        .help = "count only the K-th of N parts of the window, for the night to add up"},
    {.name = "relearn", .help = "read the whole window again instead of adding to the last night"},
    {0},
};

static bool
run_learn(Job *job, Err *err)
{
    int64_t part, parts;
    bool asked;

    if (!learn_shard_asked(job, &asked, &part, &parts, err))
        return false;
    return asked ? learn_shard(job, part, parts, err) : night_run_step(job, "learn", err);
}

const Command command_learn = {
    .name = "learn",
    .summary = "learn what is normal from the shipments of the window",
    .usage = "",
    .description =
        "Counts how long parcels wait at each milestone, as it was known at the logical "
        "date, and remembers the sums and the list of shipments still on their way.\n\n"
        "The first night of a month reads all shipments of learn.window_days; a later one "
        "reads those that are new, were still open or had late news, and adds to the sums "
        "of the night before: the result is the same. Rows that were changed without a new "
        "recorded_at are seen when the month is over, or with --relearn.\n\n"
        "On several hosts, each counts a part of the window with --shard 1/3, 2/3 and 3/3, at the "
        "same time and in any order; learn or nightly without it then adds the parts up instead of "
        "reading the source. Where a part is missing everything is read. Parts are counted by the "
        "settings of the night, and only learning can be divided: what follows looks at few "
        "parcels, and at all of them together.\n\n"
        "Several workers read at once (source.workers); their number changes nothing in "
        "the result.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .options = options,
    .examples = (const char *const[]){"vigie learn --as-of 2026-11-20", NULL},
    .run = run_learn,
};
