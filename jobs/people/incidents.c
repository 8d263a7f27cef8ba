/*
 * incidents: what went wrong with whole groups of parcels, as the nights remember it.
 */
#include "sql/incidents.h"
#include "core/incident_words.h"
#include "core/text.h"
#include "jobs/frame/screen.h"
#include "jobs/run/run.h"
#include "reports/json_incidents.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_incidents;

#define LIMIT_DEFAULT 50
#define LIMIT_MAX     1000000

enum
{
    ACTION_LIST,
    ACTION_SHOW,
};

static bool
read_filter(const Job *job, IncidentFilter *out, Err *err)
{
    static const char *const states[] = {"open", "closed", "all", NULL};
    const char *const kind = job_option(job, "kind"), *const state = job_option(job, "state");
    const char *const carrier = job_option(job, "carrier");
    const char *kinds[INCIDENT_KIND_COUNT] = {0};
    IncidentFilter filter = {.kind = kind ? kind : "", .state = "open", .carrier = ""};
    size_t index;

    for (int i = INCIDENT_FEED; i < INCIDENT_KIND_COUNT; i++)
        kinds[i - 1] = incident_kind_name((IncidentKind)i);
    if ((kind && !job_choose("kind", kind, kinds, &index, err)) ||
        (state && !job_choose("state", state, states, &index, err)) ||
        !job_option_int(job, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &filter.limit, err))
        return false;
    if (state)
        filter.state = strcmp(state, "all") == 0 ? "" : state;
    if (carrier)
        filter.carrier = text_clean(job->arena, carrier);
    *out = filter;
    return true;
}

static const char *
when(const Job *job, Instant at)
{
    return at == INSTANT_NONE ? "" : zone_print(job->arena, job->zone, at);
}

// "Incident 3: slow hub LIL of dpd, open".
static void
head_text(const Job *job, Text *out, const Incident *incident)
{
    text_add_format(out, "Incident %" PRId64 ": %s, %s\n", incident->number,
        text_clean(job->arena, words_incident(job->arena, LANGUAGE_ENGLISH, incident)),
        incident->closed_as_of == INSTANT_NONE ? "open" : "over");
}

static void
incident_text(const Job *job, Text *out, size_t columns, const Incident *incident)
{
    Arena *const arena = job->arena;

    head_text(job, out, incident);
    screen_line(out, columns, "since", when(job, incident->since));
    screen_line(out, columns, "found", when(job, incident->opened_as_of));
    screen_line(out, columns, "last judged", when(job, incident->judged_as_of));
    screen_line(out, columns, "over", when(job, incident->closed_as_of));
    if (incident->kind != INCIDENT_DRIFT)
        screen_line(out, columns, "pace", words_share(arena, LANGUAGE_ENGLISH, incident->pace));
    screen_line(out, columns, "parcels", words_count(arena, LANGUAGE_ENGLISH, incident->members));
    screen_line(out, columns, "why", text_clean(arena, incident->evidence));
}

static void
list_json(const Job *job, const Incident *items, size_t count)
{
    screen_json(job, json_incidents(job->arena, items, count));
}

static bool
list(Job *job, Err *err)
{
    const size_t columns = screen_columns(job);
    IncidentFilter filter;
    const Incident *items;
    size_t count;
    Text out = {.arena = job->arena};

    if (!read_filter(job, &filter, err))
        return false;

    Db *const db = run_connect(job, job->arena, err);
    const size_t limit = (size_t)filter.limit++;  // one more tells whether there are more

    if (db == NULL || !incidents_list(db, job->arena, &filter, &items, &count, err))
        return false;

    const size_t shown = count < limit ? count : limit;

    if (job->format == FORMAT_JSON) {
        list_json(job, items, shown);
        return true;
    }
    for (size_t i = 0; i < shown; i++) {
        text_add(&out, i > 0 ? "\n" : "");
        incident_text(job, &out, columns, &items[i]);
    }
    fputs(count == 0 ? "no such incident\n" : text_get(&out), job->out);
    if (count > limit)
        fprintf(job->out, "and more: --limit shows more than %zu\n", limit);
    return true;
}

static void
nights_text(const Job *job, Text *out, size_t columns, const Incident *nights, size_t count)
{
    text_add(out, "History\n");
    for (size_t i = 0; i < count; i++) {
        const char *const at = when(job, nights[i].judged_as_of);

        text_add_format(out, "  %s  ", at);
        screen_wrap(out, columns, strlen(at) + 4, strlen(at) + 4,
            arena_printf(job->arena, "%s: %s", incident_event_name(nights[i].event),
                text_clean(job->arena, nights[i].evidence)));
    }
}

static bool
show(Job *job, Err *err)
{
    const size_t columns = screen_columns(job);
    const Incident *nights;
    int64_t number;
    size_t count;
    Text out = {.arena = job->arena};

    if (!text_parse_int(job->arguments[1], &number) || number < 1)
        return err_set(err, ERR_CONFIG, "\"%s\" is not the number of an incident",
            text_clean(job->arena, job->arguments[1]));

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !incidents_nights(db, job->arena, number, &nights, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_CONFIG, "there is no incident %" PRId64, number);
    if (job->format == FORMAT_JSON) {
        list_json(job, nights, count);
        return true;
    }
    incident_text(job, &out, columns, &nights[count - 1]);
    nights_text(job, &out, columns, nights, count);
    text_add_format(
        &out, "Cases of its parcels: vigie cases list --incident %" PRId64 "\n", number);
    fputs(text_get(&out), job->out);
    return true;
}

static bool
incidents_run(Job *job, Err *err)
{
    static const char *const listing[] = {"kind", "state", "carrier", "limit"};
    size_t action = ACTION_LIST;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &action, err))
        return false;
    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"incidents\" prints text or json");
    for (size_t i = 0; i < sizeof listing / sizeof listing[0] && action == ACTION_SHOW; i++)
        if (job_option(job, listing[i]))
            return err_set(
                err, ERR_CONFIG, "option \"--%s\" means nothing to \"show\"", listing[i]);
    if (action == ACTION_SHOW && job->argument_count != 2)
        return err_set(err, ERR_CONFIG, "\"show\" needs the number of one incident");
    if (action == ACTION_LIST && job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "\"list\" takes no more arguments (\"show\" does)");
    return action == ACTION_LIST ? list(job, err) : show(job, err);
}

static const OptionSpec options[] = {
    {"kind", 'k', "KIND", "list: only feed, carrier, service, hub, lane or drift"},
    {"state", 0, "STATE", "list: open (the default), closed or all"},
    {"carrier", 0, "NAME", "list: only this carrier"},
    {"limit", 'l', "NUMBER", "list: at most so many (50 by default)"},
    {0},
};

const Command command_incidents = {
    .name = "incidents",
    .summary = "list what goes wrong with whole groups of parcels, or look at one",
    .usage = "[ACTION] [NUMBER]",
    .description =
        "An incident is an anomaly of a group of parcels: a carrier's feed that went silent, or "
        "leaves out one kind of scan; a "
        "carrier, a service, a hub or a lane that runs below its pace; a carrier whose parcels "
        "come later than they used to. It explains its parcels' silence, which counts only as far "
        "as "
        "things still moved.\n\n"
        "ACTION is list (the default) or show, which prints the nights of one incident. The cases "
        "of its parcels: vigie cases list --incident NUMBER. --format json prints the same as "
        "data.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_FORMAT,
    .options = options,
    .arguments_max = 2,
    .actions = (const char *const[]){"list", "show", NULL},
    .examples = (const char *const[]){"vigie incidents", "vigie incidents show 3", NULL},
    .run = incidents_run,
};
