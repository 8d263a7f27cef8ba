/*
 * Prometheus, "Exposition formats", text-based. All of it is read from the database: a job that ran by itself leaves what the
 * others last did as it was.
 */
#include "jobs/night/metrics.h"

#include "core/file.h"
#include "sql/metrics.h"

#include <inttypes.h>
#include <string.h>

typedef enum Value
{
    VALUE_COUNT,
    VALUE_ASKED,
    VALUE_CREDITED,
    VALUE_END,       // seconds since 1970
    VALUE_SUCCESS,   // likewise; no line where there was none
    VALUE_DURATION,  // seconds
} Value;

static const struct
{
    const char *name, *help;
    MetricQuestion question;
    Value value;
    const char *label, *second;  // second NULL for none
} metrics[] = {
    {"vigie_last_success_timestamp_seconds", "When a job last ended well", METRIC_RUNS,
        VALUE_SUCCESS, "job", NULL},
    {"vigie_last_end_timestamp_seconds", "When a job last ended", METRIC_RUNS, VALUE_END, "job",
        NULL},
    {"vigie_last_exit_code", "How a job last ended", METRIC_RUNS, VALUE_COUNT, "job", NULL},
    {"vigie_step_duration_seconds", "How long a step took when it was last done", METRIC_STEPS,
        VALUE_DURATION, "step", NULL},
    {"vigie_step_count", "What a step last counted: rows read, cases found, claims opened",
        METRIC_COUNTS, VALUE_COUNT, "step", "of"},
    {"vigie_cases", "Live cases", METRIC_CASES, VALUE_COUNT, "kind", NULL},
    {"vigie_claims", "Claims in the ledger", METRIC_CLAIMS, VALUE_COUNT, "state", "currency"},
    {"vigie_claims_asked_minor_units", "What claims ask for, in cents and the like", METRIC_CLAIMS,
        VALUE_ASKED, "state", "currency"},
    {"vigie_claims_credited_minor_units", "What was credited, in cents and the like", METRIC_CLAIMS,
        VALUE_CREDITED, "state", "currency"},
    {"vigie_messages", "Messages by state: dead ones were given up", METRIC_MESSAGES, VALUE_COUNT,
        "state", NULL},
};

static void
add_label(Text *out, const char *name, const char *value)
{
    text_add_format(out, "%s=\"", name);
    for (const char *c = value; *c != '\0'; c++)
        text_add_format(out, "%s%c", *c == '"' || *c == '\\' ? "\\" : "", *c == '\n' ? ' ' : *c);
    text_add(out, "\"");
}

static void
add_seconds(Text *out, int64_t micros)
{
    text_add_format(out, "%" PRId64 ".%03" PRId64, micros / SECOND, micros / 1000 % 1000);
}

static void
add_value(Text *out, Value value, const MetricRow *row)
{
    switch (value) {
    case VALUE_COUNT:
        text_add_format(out, "%" PRId64, row->count);
        break;
    case VALUE_ASKED:
        text_add_format(out, "%" PRId64, row->asked);
        break;
    case VALUE_CREDITED:
        text_add_format(out, "%" PRId64, row->credited);
        break;
    case VALUE_END:
        add_seconds(out, row->at);
        break;
    case VALUE_SUCCESS:
        add_seconds(out, row->success);
        break;
    case VALUE_DURATION:
        add_seconds(out, row->at > row->success ? row->at - row->success : 0);
        break;
    }
}

static void
add_metric(Text *out, size_t index, const MetricRow *rows, size_t count)
{
    text_add_format(out, "# HELP %s %s\n# TYPE %s gauge\n", metrics[index].name,
        metrics[index].help, metrics[index].name);
    for (size_t i = 0; i < count; i++) {
        if (metrics[index].value == VALUE_SUCCESS && rows[i].success == INSTANT_NONE)
            continue;
        text_add_format(out, "%s{", metrics[index].name);
        add_label(out, metrics[index].label, rows[i].name);
        if (metrics[index].second != NULL) {
            text_add(out, ",");
            add_label(out, metrics[index].second, rows[i].of);
        }
        text_add(out, "} ");
        add_value(out, metrics[index].value, &rows[i]);
        text_add(out, "\n");
    }
}

bool
metrics_write(const Job *job, Db *db, Err *err)
{
    const char *const path = job->settings->metrics.textfile;
    Arena *const arena = arena_create();
    Text out = {.arena = arena};
    bool done = true;

    for (size_t i = 0; *path != '\0' && done && i < sizeof metrics / sizeof metrics[0]; i++) {
        const MetricRow *rows;
        size_t count;

        done = metrics_ask(db, arena, metrics[i].question, &rows, &count, err);
        if (done)
            add_metric(&out, i, rows, count);
    }
    done = done && (*path == '\0' || file_write(path, text_get(&out), out.length, err));
    arena_destroy(arena);
    return done;
}
