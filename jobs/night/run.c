#include "jobs/night/run.h"

#include "core/clock.h"
#include "core/file.h"
#include "jobs/frame/signals.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define ASIDE_BATCH 1000  // rows set aside are written in batches of this size

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

    job_report_problems(job, &problems);
    if (calendars == NULL)
        return false;
    *out = (Rulebook){
        .catalogue = catalogue, .calendar = calendar, .calendars = calendars, .terms = terms};
    out->promises = promises_of(job, out);
    return true;
}

static void
release_json(void *json)
{
    json_decref(json);
}

static bool
record_begin(Run *run, Err *err)
{
    const Job *const job = run->job;

    if (job->dry_run)
        return true;
    return runs_begin(run->db,
        &(RunRecord){
            .job = job->command->name,
            .as_of = job->as_of,
            .version = VIGIE_VERSION,
            .settings_sha256 = job->loaded->sha256,
            .started_at = job->now,
        },
        &run->number, err);
}

bool
run_begin(Job *job, Run *run, Err *err)
{
    *run = (Run){.job = job, .counts = json_object(), .asides = {.arena = arena_create()}};
    arena_defer(job->arena, release_json, run->counts);
    run->db = run_connect(job, job->arena, err);
    if (run->db == NULL || !migrate_check(run->db, err) || !db_lock_run(run->db, err) ||
        !rulebook_load(job, &run->rulebook, err) || !record_begin(run, err)) {
        arena_destroy(run->asides.arena);
        return false;
    }
    log_info(job->log, "begin",
        FIELDS(field_text("job", job->command->name), field_int("run", run->number),
            field_text("version", VIGIE_VERSION),
            field_text("as_of", instant_print(job->arena, job->as_of)),
            field_text("config", *job->settings->file ? job->settings->file : "defaults")));
    return true;
}

static void
destroy(void *arena)
{
    arena_destroy(arena);
}

bool
run_begin_reading(Job *job, Run *run, Err *err)
{
    Run reading = {.job = job, .counts = json_object(), .asides = {.arena = arena_create()}};

    arena_defer(job->arena, release_json, reading.counts);
    arena_defer(job->arena, destroy, reading.asides.arena);
    if (!rulebook_load(job, &reading.rulebook, err))
        return false;
    *run = reading;
    return true;
}

static bool
flush_asides(Run *run, Err *err)
{
    const size_t count = run->asides.count;
    Arena *const arena = run->asides.arena;
    bool written = true;

    if (count > 0 && run->number > 0)
        written = runs_set_aside(run->db, run->number, run->set_aside - (int64_t)count + 1,
            run->asides.items, count, err);
    arena_reset(arena);
    run->asides.items = NULL;
    run->asides.count = run->asides.capacity = 0;
    return written;
}

bool
run_set_aside(Run *run, const SetAside *row, Err *err)
{
    Arena *const arena = run->asides.arena;

    ARENA_PUSH(&run->asides, ((SetAside){
                                 .step = arena_copy(arena, row->step),
                                 .source = arena_copy(arena, row->source),
                                 .line = row->line,
                                 .key = text_clean(arena, arena_copy(arena, row->key)),
                                 .reason = arena_copy(arena, row->reason),
                                 .detail = text_clean(arena, arena_copy(arena, row->detail)),
                             }));
    run->set_aside++;
    return run->asides.count < ASIDE_BATCH || flush_asides(run, err);
}

bool
run_set_aside_page(Run *run, const char *step, const SourcePage *page, Err *err)
{
    for (size_t i = 0; i < page->aside_count; i++)
        if (!run_set_aside(run,
                &(SetAside){
                    .step = step,
                    .source = run->job->settings->source.shipments,
                    .key = page->asides[i].key,
                    .reason = page->asides[i].reason,
                    .detail = page->asides[i].detail,
                },
                err))
            return false;
    return true;
}

void
run_count(Run *run, const char *step, const char *name, int64_t value)
{
    json_t *counts = json_object_get(run->counts, step);

    if (counts == NULL) {
        counts = json_object();
        json_object_set_new(run->counts, step, counts);
    }
    json_object_set_new(counts, name, json_integer(value));
}

static const char *
state_of(const Job *job, bool done, const Err *err)
{
    if (!done)
        return err->kind == ERR_INTERRUPTED ? "interrupted" : "failed";
    return job->exit_code == EXIT_INCOMPLETE ? "incomplete" : "done";
}

static bool
record_end(Run *run, bool done, const Err *failure, Err *err)
{
    char *const counts = json_dumps(run->counts, JSON_COMPACT | JSON_SORT_KEYS);
    const bool recorded = runs_end(run->db,
        &(RunRecord){
            .number = run->number,
            .state = state_of(run->job, done, failure),
            .ended_at = clock_now(),
            .exit_code = done ? run->job->exit_code : job_exit_code(failure),
            .counts_json = counts,
            .error = done ? NULL : failure->text,
        },
        err);

    free(counts);
    return recorded;
}

bool
run_end(Run *run, bool done, Err *err)
{
    Job *const job = run->job;
    Err later = {0};
    bool recorded = true;

    if (done && run->set_aside > job->settings->tolerate.set_aside)
        job->exit_code = EXIT_INCOMPLETE;
    if (run->number > 0) {
        // A job that failed may have left a transaction open, in which nothing more could be written.
        db_rollback(run->db);
        recorded = flush_asides(run, &later) && record_end(run, done, err, &later);
    }
    arena_destroy(run->asides.arena);
    log_info(job->log, "end",
        FIELDS(field_text("job", job->command->name), field_int("run", run->number),
            field_text("state", state_of(job, done, err)), field_int("set_aside", run->set_aside),
            field_int("ms", (clock_now() - job->now) / 1000)));
    if (done && !recorded)
        *err = later;
    return done && recorded;
}

bool
run_step(Job *job, bool (*step)(Run *run, Err *err), Err *err)
{
    Run run;

    return run_begin(job, &run, err) && run_end(&run, step(&run, err), err);
}

const char *
run_folder(const Job *job, Arena *arena)
{
    return run_folder_of(job, job->as_of, arena);
}

const char *
run_folder_of(const Job *job, Instant as_of, Arena *arena)
{
    const Day local_day = zone_day(job->zone, as_of);
    const char *name = day_print(arena, local_day);

    if (as_of != zone_day_end(job->zone, local_day)) {
        int year, month, day;
        const Day utc_day = (Day)(as_of / HOURS_24);
        const int64_t seconds = as_of / SECOND % 86400;

        day_to_civil(utc_day, &year, &month, &day);
        name = arena_printf(arena, "%04d-%02d-%02dT%02d%02d%02dZ", year, month, day,
            (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    }
    return file_join(arena, file_real(arena, job->settings->output), name);
}
