#include "sql/metrics.h"

#include "sql/queries.h"
#include "sql/rows.h"

static MetricRow
read_run(const Rows *rows, Arena *arena)
{
    return (MetricRow){.name = rows_text(rows, arena, 0),
        .at = rows_instant(rows, 1),
        .count = rows_int(rows, 2),
        .success = rows_instant(rows, 3)};
}

static MetricRow
read_step(const Rows *rows, Arena *arena)
{
    return (MetricRow){.name = rows_text(rows, arena, 0),
        .success = rows_instant(rows, 1),
        .at = rows_instant(rows, 2)};
}

static MetricRow
read_count(const Rows *rows, Arena *arena)
{
    return (MetricRow){.name = rows_text(rows, arena, 0),
        .of = rows_text(rows, arena, 1),
        .count = rows_int(rows, 2)};
}

static MetricRow
read_named(const Rows *rows, Arena *arena)
{
    return (MetricRow){.name = rows_text(rows, arena, 0), .count = rows_int(rows, 1)};
}

static MetricRow
read_claims(const Rows *rows, Arena *arena)
{
    return (MetricRow){.name = rows_text(rows, arena, 0),
        .of = rows_text(rows, arena, 1),
        .count = rows_int(rows, 2),
        .asked = rows_int(rows, 3),
        .credited = rows_int(rows, 4)};
}

bool
metrics_ask(
    Db *db, Arena *arena, MetricQuestion question, const MetricRow **rows, size_t *count, Err *err)
{
    const struct
    {
        const char *sql;
        MetricRow (*read)(const Rows *rows, Arena *arena);
    } questions[METRIC_QUESTIONS] = {
        [METRIC_RUNS] = {SQL_METRICS_RUNS, read_run},
        [METRIC_STEPS] = {SQL_METRICS_STEPS, read_step},
        [METRIC_COUNTS] = {SQL_METRICS_COUNTS, read_count},
        [METRIC_CASES] = {SQL_METRICS_CASES, read_named},
        [METRIC_CLAIMS] = {SQL_METRICS_CLAIMS, read_claims},
        [METRIC_MESSAGES] = {SQL_METRICS_MESSAGES, read_named},
    };
    struct
    {
        Arena *arena;
        MetricRow *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Rows *const answer = rows_open(db, arena, "metrics", questions[question].sql, NULL, err);

    while (answer != NULL && rows_next(answer, err))
        ARENA_PUSH(&list, questions[question].read(answer, arena));
    if (err->kind != ERR_NONE)
        return false;
    *rows = list.items;
    *count = list.count;
    return true;
}
