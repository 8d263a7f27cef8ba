/*
 * What a run works with: connections as the settings describe them, and the rulebook.
 */
#include "alerts/happening.h"
#include "jobs/frame/signals.h"
#include "jobs/run/run.h"

#include <string.h>

static bool
was_interrupted(void)
{
    Err ignored = {0};

    return interrupted(&ignored);
}

static Db *
connect_to(Job *job, Arena *arena, const char *url, Err *err)
{
    const Settings *const settings = job->settings;

    return db_connect(arena,
        &(DbOptions){
            .url = url,
            .schema = settings->database.schema,
            .application_name = arena_printf(arena, "vigie %s", job->command->name),
            .connect_timeout_seconds = settings->database.connect_timeout_seconds,
            .statement_timeout_seconds = settings->database.statement_timeout_seconds,
            .lock_timeout_seconds = settings->database.lock_timeout_seconds,
            .interrupted = was_interrupted,
        },
        err);
}

Db *
run_connect(Job *job, Arena *arena, Err *err)
{
    return connect_to(job, arena, job->settings->database.url, err);
}

Db *
run_connect_source(Job *job, Arena *arena, Err *err)
{
    const Settings *const settings = job->settings;

    return connect_to(
        job, arena, *settings->source.url ? settings->source.url : settings->database.url, err);
}

SourceOptions
run_source_options(const Job *job)
{
    const Settings *const settings = job->settings;

    return (SourceOptions){
        .shipments = settings->source.shipments,
        .scans = settings->source.scans,
        .time_zone = *settings->source.time_zone ? settings->source.time_zone : settings->time_zone,
        .promise_time_zone = settings->time_zone,
        .currency = settings->currency,
        .contacts = rules_reach_customers(settings),
    };
}

// A parcel that names no origin comes from the country of the configured calendar.
static PromiseBook
promises_of(const Job *job, const Rulebook *rulebook)
{
    const Settings *const settings = job->settings;
    const bool learn = strcmp(settings->promises.use, "learned") == 0;

    return (PromiseBook){.catalogue = rulebook->catalogue,
        .calendars = rulebook->calendars,
        .zone = job->zone,
        .home = arena_copy_bytes(job->arena, settings->calendar, 2),
        .derive = strcmp(settings->promises.use, "stated") != 0,
        .learned_share = learn ? settings->promises.learned_share : 0};
}

bool
rulebook_load(Job *job, Rulebook *out, Err *err)
{
    const Settings *const settings = job->settings;
    Problems problems = {.arena = job->arena};
    const Calendar *const calendar = calendar_load(job->arena, settings->calendar, &problems, err);
    const Catalogue *const catalogue =
        calendar == NULL ? NULL
                         : catalogue_load(job->arena, settings->carriers.catalogues,
                               settings->carriers.vocabularies, &problems, err);
    const TermsBook *const terms =
        catalogue == NULL ? NULL : terms_load(job->arena, settings->claims.terms, &problems, err);
    const CalendarBook *const calendars =
        terms == NULL ? NULL : calendar_book_load(job->arena, calendar, &problems, err);
    const Letters *const letters =
        calendars == NULL ? NULL
                          : letters_load(job->arena, settings->alerts.templates, &problems, err);

    job_report_problems(job, &problems);
    if (letters == NULL)
        return false;
    *out = (Rulebook){.catalogue = catalogue,
        .calendar = calendar,
        .calendars = calendars,
        .terms = terms,
        .letters = letters,
        .fitted = ARENA_NEW(job->arena, Fitted)};
    out->promises = promises_of(job, out);
    return true;
}
