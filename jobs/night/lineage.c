/*
 * OpenLineage, "OpenLineage.json" 2-0-2: a run of a job, what it reads and what it writes. Its number is not unique in the
 * world, so the run's name is made of the settings, the schema and the number, in the form of a UUID of version 8 (RFC 9562).
 */
#include "jobs/night/lineage.h"

#include "alerts/web.h"
#include "core/backoff.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/hash.h"
#include "jobs/frame/signals.h"
#include "jobs/outbox/channels.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define PRODUCER "https://github.com/vigie/vigie"
#define SCHEMA   "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
#define FACETS   "https://openlineage.io/spec/facets/1-0-0/"
#define POSTS    4  // of one event: at once, then after 1, 2 and 4 seconds

static const char *
run_id(const Run *run, Arena *arena)
{
    const Job *const job = run->job;
    const char *const seed =
        arena_printf(arena, "%s %s %s %" PRId64 " %" PRId64, job->settings->lineage.namespace,
            job->loaded->sha256, job->settings->database.schema, run->number, job->now);
    const char *const hex = text_sha256(arena, seed, strlen(seed));

    return arena_printf(
        arena, "%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

static json_t *
data_set(const Run *run, const char *name)
{
    return json_pack(
        "{s:s, s:s}", "namespace", run->job->settings->lineage.namespace, "name", name);
}

static json_t *
facets(const Run *run, const Err *failure, Arena *arena)
{
    json_t *const all = json_pack("{s:{s:s, s:s, s:s}}", "nominalTime", "_producer", PRODUCER,
        "_schemaURL", FACETS "NominalTimeRunFacet.json", "nominalStartTime",
        instant_print(arena, run->job->as_of));

    if (failure != NULL)
        json_object_set_new(all, "errorMessage",
            json_pack("{s:s, s:s, s:s, s:s}", "_producer", PRODUCER, "_schemaURL",
                FACETS "ErrorMessageRunFacet.json", "message", text_clean(arena, failure->text),
                "programmingLanguage", "C"));
    return all;
}

static json_t *
event(const Run *run, const char *type, const Err *failure, Arena *arena)
{
    static const char *const written[] = {"night", "finding", "cases", "incident", "claim"};
    const Settings *const settings = run->job->settings;
    json_t *const inputs = json_array(), *const outputs = json_array();

    json_array_append_new(inputs, data_set(run, text_clean(arena, settings->source.shipments)));
    json_array_append_new(inputs, data_set(run, text_clean(arena, settings->source.scans)));
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++)
        json_array_append_new(outputs,
            data_set(run, arena_printf(arena, "%s.%s", settings->database.schema, written[i])));
    return json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:o}, s:{s:s, s:s}, s:o, s:o}", "eventType",
        type, "eventTime", instant_print(arena, clock_now()), "producer", PRODUCER, "schemaURL",
        SCHEMA, "run", "runId", run_id(run, arena), "facets", facets(run, failure, arena), "job",
        "namespace", settings->lineage.namespace, "name", run->job->command->name, "inputs", inputs,
        "outputs", outputs);
}

static bool
append(const Settings *settings, const char *line, Arena *arena, Err *err)
{
    const char *const whole = arena_printf(arena, "%s\n", line);

    return *settings->lineage.file == '\0' ||
           file_append(settings->lineage.file, whole, strlen(whole), err);
}

static Delivery
post_once(const Job *job, Arena *arena, const char *secret, const char *body)
{
    const Settings *const settings = job->settings;
    const Channel channel = {.name = "lineage",
        .url = settings->lineage.url,
        .secret = secret,
        .timeout_seconds = settings->alerts.timeout_seconds};

    return web_send(arena, &channel,
        &(WebRequest){.method = "POST",
            .url = "",
            .type = "application/json",
            .body = body,
            .authorization = *secret == '\0' ? NULL : arena_printf(arena, "Bearer %s", secret)},
        NULL);
}

// An event says the same when it comes twice, so it is sent again also when nobody knows whether it arrived. Whoever asked the run
// to stop does not wait for pauses.
static bool
post(const Job *job, Arena *arena, const char *body, Err *err)
{
    const char *const file = job->settings->lineage.secret_file;
    const char *problem = "";
    const char *const secret =
        secret_look_for(job, arena, (SecretName){"LINEAGE", "lineage", "secret"}, file, &problem);
    Err stop = {0};

    if (*job->settings->lineage.url == '\0')
        return true;
    if (*file != '\0' && *problem != '\0')
        return err_set(err, ERR_TEMPORARY, "lineage.secret_file: %s", problem);
    for (int64_t i = 1;; i++) {
        const Delivery delivery = post_once(job, arena, secret, body);

        if (delivery.outcome == DELIVERY_SENT)
            return true;
        if (delivery.outcome == DELIVERY_REFUSED || i == POSTS || interrupted(&stop))
            return err_set(err, ERR_TEMPORARY, "lineage.url: %s", delivery.reason);
        clock_sleep_micros(backoff_pause(i, 1, POSTS) * SECOND);
    }
}

bool
lineage_tell(const Run *run, const char *type, const Err *failure, Err *err)
{
    const Settings *const settings = run->job->settings;

    if ((*settings->lineage.file == '\0' && *settings->lineage.url == '\0') || run->number == 0)
        return true;

    Arena *const arena = arena_create();
    json_t *const json = event(run, type, failure, arena);
    char *const line = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    const bool kept = append(settings, line, arena, err);
    Err posting = {0};
    const bool posted = post(run->job, arena, line, &posting);

    if (!posted)
        *err = posting;
    free(line);
    json_decref(json);
    arena_destroy(arena);
    return kept && posted;
}
