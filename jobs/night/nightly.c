/*
 * nightly: the steps of a night, in order. Each is safe to repeat, so a night that broke off is simply run again.
 */
#include "jobs/night/steps.h"

extern const Command command_nightly;

static const OptionSpec options[] = {
    {.name = "deliver",
        .help = "submit claims and send alerts even though the logical date is long past"},
    {.name = "defer", .help = "put a night of the past in line that would have others done again"},
    {.name = "relearn", .help = "read the whole window again instead of adding to the last night"},
    {.name = "only", .argument = "STEP", .help = "run this step alone; may be repeated"},
    {0},
};

static bool
choose(const Job *job, TextList *names, Err *err)
{
    size_t ignored;

    *names = job_option_all(job, "only");
    for (size_t i = 0; i < names->count; i++)
        if (!job_choose("step", names->items[i], NIGHT_STEPS, &ignored, err))
            return false;
    if (names->count == 0) {
        names->items = NIGHT_STEPS;
        while (NIGHT_STEPS[names->count] != NULL)
            names->count++;
    }
    return true;
}

static bool
run_nightly(Job *job, Err *err)
{
    TextList names;

    if (!choose(job, &names, err) || !night_run(job, &names, err))
        return false;
    if (job->format == FORMAT_TEXT && !job->quiet && !job->dry_run &&
        job->exit_code != EXIT_NOTHING_TO_DO)
        fprintf(job->out, "The night of %s is in %s\n", day_print(job->arena, job->day),
            run_folder(job, job->arena));
    return true;
}

const Command command_nightly = {
    .name = "nightly",
    .summary = "learn, detect, claim, submit, alert and report for a logical date",
    .usage = "",
    .description =
        "Does, in order, what the commands learn, detect, claim, claims submit, alert and "
        "report do for one logical date. Running it again "
        "for the same date changes nothing and sends nothing twice; if it broke off, "
        "running it again finishes it. What fails for a while (the server restarts) is tried "
        "again, database.attempts times in all.\n\n"
        "Nights of the past may be run in any order and end as in order: one that comes late has "
        "the others done again, before and after it, each as a run of its own. With --defer it is "
        "put in line instead, and the next night without --defer does all that wait, once. Nights "
        "that somebody may have been told of, and any once a case or a claim was worked upon, stay "
        "as they are: an older one then gets its list and reports and leaves newer cases and "
        "claims alone.\n\n"
        "For schedulers: --run-key names the run, --if-exists says what becomes of a night that "
        "ran before, and with --format json the last line of the output is one JSON "
        "object with the state, the counts of each step and the exit code, also of a failure "
        "(docs/operations.md).",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .options = options,
    .examples = (const char *const[]){"vigie nightly --as-of 2026-11-20",
        "vigie nightly --as-of 2026-11-20 --if-exists resume --format json", NULL},
    .run = run_nightly,
};
