/*
 * nightly: the steps of a night, in order. Each is safe to repeat, so a night that broke off is simply run again.
 */
#include "core/clock.h"
#include "jobs/frame/signals.h"
#include "jobs/night/run.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

extern const Command command_nightly;

static const struct
{
    const char *name;
    bool (*step)(Run *run, Err *err);
} steps[] = {
    {"learn", learn_step},
    {"detect", detect_step},
    {"claim", claim_step},
    {"submit", submit_step},
    {"alert", alert_step},
    {"report", report_step},
};
#define STEPS (sizeof steps / sizeof steps[0])

static const OptionSpec options[] = {
    {.name = "deliver",
        .help = "submit claims and send alerts even though the logical date is long past"},
    {.name = "relearn", .help = "read the whole window again instead of adding to the last night"},
    {.name = "only", .argument = "STEP", .help = "run this step alone; may be repeated"},
    {0},
};

static bool
is_chosen(const TextList *only, const char *name)
{
    for (size_t i = 0; i < only->count; i++)
        if (strcmp(only->items[i], name) == 0)
            return true;
    return only->count == 0;
}

static bool
check_choice(const TextList *only, Err *err)
{
    static const char *const names[] = {
        "learn", "detect", "claim", "submit", "alert", "report", NULL};
    size_t ignored;

    for (size_t i = 0; i < only->count; i++)
        if (!job_choose("step", only->items[i], names, &ignored, err))
            return false;
    return true;
}

static bool
run_steps(Run *run, const TextList *only, Err *err)
{
    for (size_t i = 0; i < STEPS; i++) {
        const int64_t started = clock_monotonic_micros();

        if (!is_chosen(only, steps[i].name))
            continue;
        if (interrupted(err) || !steps[i].step(run, err))
            return false;
        run_count(run, steps[i].name, "ms", (clock_monotonic_micros() - started) / 1000);
    }
    return true;
}

// The last line of standard output: what a scheduler keeps.
static void
print_summary(const Run *run)
{
    const Job *const job = run->job;
    json_t *const summary = json_pack("{s:s, s:I, s:s, s:I, s:O, s:i}", "job", job->command->name,
        "run", (json_int_t)run->number, "as_of", instant_print(job->arena, job->as_of), "set_aside",
        (json_int_t)run->set_aside, "counts", run->counts, "exit", job->exit_code);
    char *const line = json_dumps(summary, JSON_COMPACT | JSON_SORT_KEYS);

    fprintf(job->out, "%s\n", line);
    free(line);
    json_decref(summary);
}

static bool
run_nightly(Job *job, Err *err)
{
    const TextList only = job_option_all(job, "only");
    Run run;

    if (!check_choice(&only, err) || !run_begin(job, &run, err) ||
        !run_end(&run, run_steps(&run, &only, err), err))
        return false;
    if (job->format == FORMAT_JSON)
        print_summary(&run);
    else if (!job->quiet && !job->dry_run)
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
        "running it again finishes it.\n\n"
        "A date older than the newest judged night can be run too: it gets its reports, "
        "and leaves newer cases and "
        "claims alone. With --format json the last line of the output is one JSON "
        "object with the counts of each step.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT,
    .options = options,
    .examples = (const char *const[]){"vigie nightly --as-of 2026-11-20",
        "vigie nightly --format json", NULL},
    .run = run_nightly,
};
