/*
 * metrics.h - how Vigie is doing, in numbers, for whoever watches many programs.
 */
#ifndef SQL_METRICS_H
#define SQL_METRICS_H

#include "core/instant.h"
#include "sql/db.h"

#include <stddef.h>

// One row of an answer. Which members mean something depends on the question.
typedef struct MetricRow
{
    const char *name, *of;  // "learn", "shipments"
    int64_t count, asked, credited;
    Instant at, success;
} MetricRow;

typedef enum MetricQuestion
{
    METRIC_RUNS =
        0,  // name: job; at: its last end; count: exit code; success: when it last did well, INSTANT_NONE
    METRIC_STEPS,   // name: step; success: when it was last begun; at: when it was done
    METRIC_COUNTS,  // name: step; of: what; count
    METRIC_CASES,   // name: kind; count: live ones
    METRIC_CLAIMS,  // name: state; of: currency, "" for none; count; asked and credited in minor units
    METRIC_MESSAGES,  // name: state; count
    METRIC_QUESTIONS,
} MetricQuestion;

// Ask. Owned by the arena.
bool metrics_ask(
    Db *db, Arena *arena, MetricQuestion question, const MetricRow **rows, size_t *count, Err *err);

#endif
