/*
 * report: that step of a night by itself.
 */
#include "jobs/night/steps.h"

extern const Command command_report;

static bool
run_report(Job *job, Err *err)
{
    return night_run_step(job, "report", err);
}

const Command command_report = {
    .name = "report",
    .summary = "write the night's HTML, XLSX, CSV and JSON",
    .usage = "",
    .description =
        "Writes night.html, night.xlsx, night.json, cases.csv and carriers.csv of a judged night "
        "into a folder named for the logical date under the "
        "output folder, a page for each of the costliest cases beside it, and index.html over all "
        "nights into the output folder. Each file appears "
        "whole or not at all; the same night gives the same bytes.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES | TAKES_FORMAT |
             TAKES_SCHEDULE,
    .examples = (const char *const[]){"vigie report --as-of 2026-11-20", NULL},
    .run = run_report,
};
