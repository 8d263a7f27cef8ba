/*
 * The settings of care: what a run puts up with, and how long what Vigie wrote is kept ("vigie prune").
 */
#include "config/fields.h"

#include <stddef.h>

const Field config_care_fields[] = {
    {
        .path = "tolerate.set_aside",
        .type = FIELD_INT,
        MEMBER(tolerate.set_aside),
        .initial = "1000",
        .min = 0,
        .max = 1000000000,
        .help = "more rows set aside than this make the run end with exit code 3",
    },
    {
        .path = "retention.messages_days",
        .type = FIELD_INT,
        MEMBER(retention.messages_days),
        .initial = "90",
        .min = 0,
        .max = 36600,
        .help = "messages that were delivered or given up are emptied of addressee and words "
                "after so many days; 0 keeps them for ever",
    },
    {
        .path = "retention.set_aside_days",
        .type = FIELD_INT,
        MEMBER(retention.set_aside_days),
        .initial = "90",
        .min = 0,
        .max = 36600,
        .help = "rows set aside, which quote the source, are forgotten after so many days; 0 "
                "keeps them",
    },
    {
        .path = "retention.findings_days",
        .type = FIELD_INT,
        MEMBER(retention.findings_days),
        .initial = "400",
        .min = 0,
        .max = 36600,
        .help =
            "the same for what nights found and counted and for scorecards, but for the last word "
            "on a living case",
    },
    {
        .path = "retention.cases_days",
        .type = FIELD_INT,
        MEMBER(retention.cases_days),
        .initial = "1100",
        .min = 0,
        .max = 36600,
        .help = "the same for cases that ended, with their histories, for refusals of claims "
                "and for incidents",
    },
    {
        .path = "retention.claims_days",
        .type = FIELD_INT,
        MEMBER(retention.claims_days),
        .initial = "3660",
        .min = 0,
        .max = 36600,
        .help = "the same for claims that are over, with their papers and histories: as long as "
                "books must be kept",
    },
    {
        .path = "retention.runs_days",
        .type = FIELD_INT,
        MEMBER(retention.runs_days),
        .initial = "1100",
        .min = 0,
        .max = 36600,
        .help = "the same for the records of runs",
    },
};

const size_t config_care_field_count = sizeof config_care_fields / sizeof config_care_fields[0];
