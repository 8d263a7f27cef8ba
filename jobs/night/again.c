/*
 * What nights found is forgotten and found again rather than moved about: the state is then that of nights in their order by
 * construction. It costs the more the later a night comes, so the log says what is cheaper.
 */
#include "jobs/night/again.h"

#include "claims/papers/manifest.h"
#include "core/file.h"
#include "jobs/night/steps.h"
#include "jobs/outbox/mail.h"

#include <jansson.h>
#include <string.h>

// Why judged nights come to be done again, or cannot be: this one is older than they are, or one that waits is.
typedef struct Reason
{
    const char *forgotten, *kept;
    const char *name;  // of the count
    int64_t count;
} Reason;

static Reason
reason_of(const NightPlace *place, bool late)
{
    return late ? (Reason){"nights are done again, since this one comes before them",
                      "newer nights were told of or worked upon: their cases and claims stay as "
                      "they are",
                      "newer", place->newer}
                : (Reason){"nights are done again, since some in line come before them",
                      "nights in line are older than some that were told of or worked upon: they "
                      "get their lists and reports, cases and claims stay as they are",
                      "in_line", place->waiting};
}

static bool
make_wait(Run *run, const Reason *reason, Err *err)
{
    const Job *const job = run->job;
    bool forgotten = false;

    if (!again_forget(run->db, job->as_of, &forgotten, err))
        return false;
    log_warn(job->log, forgotten ? reason->forgotten : reason->kept,
        FIELDS(field_text("as_of", instant_print(job->arena, job->as_of)),
            field_int(reason->name, reason->count),
            field_text("cheaper", "nights of the past from the oldest to the newest")));
    return true;
}

static bool
is_deferred(const Job *job, const NightPlace *place)
{
    return !place->judged && (place->newer > 0 || place->waiting > 0) &&
           command_has_option(job->command, "defer") && job_option(job, "defer") != NULL;
}

// A night that cannot be judged, since nothing was learned for it, is no reason to forget others.
static bool
look_ahead(Run *run, Asked asked, Waiting *out, Err *err)
{
    const Job *const job = run->job;
    NightPlace place = {0};

    if (!asked.detect || job->dry_run)
        return true;
    if (!night_place(run->db, job->as_of, &place, err))
        return false;
    out->deferred = !mail_allowed(job) && is_deferred(job, &place);
    if (out->deferred)
        return again_add(run->db, job->as_of, job->run_key, err);

    const bool late =
        !mail_allowed(job) && !place.judged && place.newer > 0 && (asked.learn || place.learned);

    const Reason reason = reason_of(&place, late);

    return (!late && !place.behind) || make_wait(run, &reason, err);
}

bool
waiting_read(Run *run, Asked asked, Waiting *out, Err *err)
{
    *out = (Waiting){0};
    return look_ahead(run, asked, out, err) &&
           again_list(run->db, run->job->arena, &out->items, &out->count, err);
}

const NightAgain *
waiting_find(const Waiting *waiting, Instant as_of)
{
    for (size_t i = 0; i < waiting->count; i++)
        if (waiting->items[i].as_of == as_of)
            return &waiting->items[i];
    return NULL;
}

bool
waiting_clear(const Job *job, const NightAgain *night, Err *err)
{
    Arena *const arena = job->arena;
    const char *const folder = file_join(arena, run_folder_of(job, night->as_of, arena), "claims");

    for (size_t i = 0; i < night->paper_count; i++)
        if (strchr(night->papers[i], '/') == NULL &&
            !file_remove(file_join(arena, folder, night->papers[i]), err))
            return false;
    return night->paper_count == 0 || file_remove(file_join(arena, folder, MANIFEST_NAME), err);
}

// All of them, also where a night once did fewer or broke off: what is left out would be missed by those after it.
static TextList
all_steps(void)
{
    return (TextList){.items = NIGHT_STEPS, .count = NIGHT_STEP_COUNT};
}

static Job
job_of(const Job *job, const NightAgain *night, Arena *arena)
{
    Job again = *job;

    again.arena = arena;
    again.as_of = night->as_of;
    again.day = zone_day(job->zone, night->as_of);
    again.as_of_text = night->as_of == zone_day_end(job->zone, again.day)
                           ? day_print(arena, again.day)
                           : instant_print(arena, night->as_of);
    again.run_key = night->run_key;
    again.options = NULL;
    again.option_count = 0;
    again.exit_code = EXIT_DONE;
    return again;
}

static bool
do_one(Run *run, const NightAgain *night, bool (*work)(Run *run, const TextList *steps, Err *err),
    Err *err)
{
    Arena *const arena = arena_create(), *const asides = arena_create();
    Job job = job_of(run->job, night, arena);
    Run again = *run;
    const TextList steps = all_steps();

    again.job = &job;
    again.rulebook.fitted = ARENA_NEW(arena, Fitted);  // not another night's, whose memory is gone
    again.number = again.set_aside = 0;
    again.remark = NULL;
    again.counts = json_object();
    memset(&again.asides, 0, sizeof again.asides);
    again.asides.arena = asides;

    const bool done = waiting_clear(&job, night, err) && work(&again, &steps, err) &&
                      again_done(run->db, night->as_of, err);

    if (job.exit_code == EXIT_INCOMPLETE)
        run->job->exit_code = EXIT_INCOMPLETE;
    json_decref(again.counts);
    arena_destroy(asides);
    arena_destroy(arena);
    return done;
}

bool
waiting_do(Run *run, const Waiting *waiting, Instant after, Instant before,
    bool (*work)(Run *run, const TextList *steps, Err *err), Err *err)
{
    for (size_t i = 0; i < waiting->count && !run->job->dry_run; i++) {
        const NightAgain *const night = &waiting->items[i];

        if (night->as_of > after && night->as_of < before && !do_one(run, night, work, err))
            return err_context(
                err, "the night of %s, again", instant_print(run->job->arena, night->as_of));
    }
    return true;
}
