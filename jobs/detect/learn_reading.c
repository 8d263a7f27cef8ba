/*
 * Reading the source to learn: all of the window, a part of it, or what became known since an earlier night.
 */
#include "core/hash.h"
#include "jobs/detect/learn.h"
#include "jobs/detect/learn_pass.h"
#include "jobs/detect/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// The clock is learned from a sample of pages of this size, whatever source.page_shipments says, so that the setting
// changes nothing in the result.
#define SAMPLE_PAGE 2000

// With fewer gap ends by the landmark, clocks are learned by as-of, and nothing can be added to such sums.
#define CLOCK_EVENTS_MIN 2000

// The way of counting: raise it when the same shipments give other sums.
#define COUNTING 4

static int
by_id(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort_ids(WatchList *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_id);
}

// Sums counted by other rules, of other relations or by another program are not to be added to.
const char *
learn_fingerprint(const Run *run, Arena *arena)
{
    const Settings *const settings = run->job->settings;
    const char *const all = arena_printf(arena,
        "%s %d\n%s\n%s\n%s\n%s\n%s\n%s\n%d\n%" PRId64 " %" PRId64 " %" PRId64, VIGIE_VERSION,
        COUNTING, catalogue_fingerprint(run->rulebook.catalogue), settings->source.shipments,
        settings->source.scans, settings->source.time_zone, settings->time_zone, settings->calendar,
        (int)run->rulebook.promises.derive, settings->learn.window_days,
        settings->learn.half_life_days, settings->learn.loss_horizon_days);

    return text_sha256(arena, all, strlen(all));
}

// The reading of the source for one as-of: both passes see one state of it, whatever is written to it meanwhile.
typedef struct Reading
{
    Run *run;
    Db *db;
    Source *source;
    const char *snapshot;
    Arena *arena;
    LearnPlan *plan;
} Reading;

static bool
reading_begin(Reading *reading, Run *run, Db *db, Instant as_of, Arena *arena, Err *err)
{
    const SourceOptions options = run_source_options(run->job);

    *reading = (Reading){.run = run,
        .db = db,
        .arena = arena,
        .plan = plan_at(run->job, run->rulebook.calendar, as_of, arena)};
    if (!db_begin_snapshot(db, arena, &reading->snapshot, err))
        return false;
    reading->source = source_open(db, arena, &options, NULL, err);
    return reading->source != NULL;
}

// Clocks by what was known at the landmark; where that was too little, by what is known now.
static const OperatingClocks *
learn_clocks(Reading *reading, Err *err)
{
    LearnPlan *const plan = reading->plan;
    PassResult result = {0};
    bool known = false;

    for (int late = 0; late < 2 && !known; late++) {
        LearnPlan *const early = ARENA_NEW(reading->arena, LearnPlan);

        if (late)
            plan->landmark = plan->as_of;
        *early = *plan;
        early->as_of = plan->landmark;

        Pass sample = {.run = reading->run,
            .plan = early,
            .from = learn_from(plan),
            .page_size = SAMPLE_PAGE,
            .progress =
                progress_begin(reading->arena, reading->run->job->log, "learn the clock", 0)};

        if (!pass_make(&sample, reading->source, reading->snapshot, reading->arena, NULL, NULL,
                &result, err))
            return NULL;
        progress_end(sample.progress);
        known = clock_counter_events(result.counter) >= CLOCK_EVENTS_MIN;
    }
    return clock_counter_finish(reading->arena, result.counter);
}

static void
give_learning(const Reading *reading, const Pass *pass, WatchList *watched, WatchList *unsettled,
    Learning *out)
{
    sort_ids(watched);
    sort_ids(unsettled);
    out->fingerprint = learn_fingerprint(reading->run, reading->arena);
    out->watched = watched->items;
    out->watched_count = watched->count;
    out->unsettled = unsettled->items;
    out->unsettled_count = unsettled->count;
    out->shipments = pass->shipments;
    out->scans = pass->scans;
    out->scans_of_others = pass->scans_of_others;
}

// The shipments of the window, or of a part of it.
static bool
count_window(Reading *reading, const LearnPart *part, WatchList *watched, WatchList *unsettled,
    Pass *pass, PassResult *result, Err *err)
{
    Job *const job = reading->run->job;
    Arena *const arena = reading->arena;
    const int64_t estimate = source_estimate(reading->source, err);
    const OperatingClocks *const clocks = err->kind == ERR_NONE ? learn_clocks(reading, err) : NULL;

    if (clocks == NULL)
        return false;
    *pass = (Pass){
        .run = reading->run,
        .plan = reading->plan,
        .clocks = clocks,
        .from = learn_from(reading->plan),
        .after = part->after,
        .upto = part->upto,
        .exhausted = part->empty,
        .page_size = job->settings->source.page_shipments,
        .progress = progress_begin(arena, job->log, "learn", estimate > 0 ? estimate : 0),
    };
    if (!pass_make(
            pass, reading->source, reading->snapshot, arena, watched, unsettled, result, err))
        return false;
    progress_end(pass->progress);
    return true;
}

// Everything from the beginning of the window.
static bool
learn_whole(Reading *reading, Learning *out, Err *err)
{
    Arena *const arena = reading->arena;
    WatchList watched = {.arena = arena}, unsettled = {.arena = arena};
    PassResult result;
    Pass pass;

    if (!count_window(reading, &(LearnPart){0}, &watched, &unsettled, &pass, &result, err))
        return false;
    *out = (Learning){.settled = learner_finish(arena, result.settled)};
    if (!learned_combine(
            arena, out->settled, learner_finish(arena, result.fresh), 1, &out->learned))
        return err_set(err, ERR_FAILED, "sums of settled and other shipments do not add up");
    give_learning(reading, &pass, &watched, &unsettled, out);
    return true;
}

bool
learn_at(Run *run, Db *db, Instant as_of, Arena *arena, Learning *out, Err *err)
{
    Reading reading;

    if (!reading_begin(&reading, run, db, as_of, arena, err) || !learn_whole(&reading, out, err))
        return false;
    db_rollback(db);
    return true;
}

// Read again what was open or not settled in the base, what was created since, and what has late news.
static bool
list_ids(Reading *reading, const LearnBase *base, WatchList *ids, Map *changed, Err *err)
{
    const Instant known = base->settled->as_of;
    Map *const listed = map_create(reading->arena);
    const char *const *news;
    size_t news_count;
    const char *after = NULL;
    SourcePage page;

    for (size_t i = 0; i < base->id_count; i++)
        ARENA_PUSH(ids, base->ids[i]);
    do {
        if (!source_read_shipments(reading->source, known, reading->plan->as_of, after, SAMPLE_PAGE,
                reading->arena, &page, err))
            return false;
        for (size_t i = 0; i < page.count; i++)
            ARENA_PUSH(ids, page.shipments[i].id);
        for (size_t i = 0; i < page.aside_count; i++)
            ARENA_PUSH(ids, page.asides[i].key);
        after = page.last;
    } while (after != NULL);
    for (size_t i = 0; i < ids->count; i++)
        map_put(listed, ids->items[i], strlen(ids->items[i]), 1);
    if (!source_changed(
            reading->source, known, reading->plan->as_of, reading->arena, &news, &news_count, err))
        return false;
    for (size_t i = 0; i < news_count; i++)
        if (map_get(listed, news[i], strlen(news[i]), 0) == 0) {
            map_put(changed, news[i], strlen(news[i]), 1);
            ARENA_PUSH(ids, news[i]);
        }
    return true;
}

// The base, without what was changed in it, and with what has settled since. False when it does not add up.
static bool
add_up(Arena *arena, const LearnBase *base, const PassResult *result, Learning *out)
{
    const Learned *kept;

    return learned_combine(
               arena, base->settled, learner_finish(arena, result->reversed), -1, &kept) &&
           learned_combine(arena, kept, learner_finish(arena, result->settled), 1, &out->settled) &&
           learned_combine(
               arena, out->settled, learner_finish(arena, result->fresh), 1, &out->learned);
}

// What is set aside is kept until it is known that the sums add up: else all is read again, and sets it aside again.
static bool
learn_more(Reading *reading, const LearnBase *base, Learning *out, Err *err)
{
    Job *const job = reading->run->job;
    const size_t asides = reading->run->asides.count;
    Arena *const arena = reading->arena;
    LearnPlan *const before = ARENA_NEW(arena, LearnPlan);
    WatchList ids = {.arena = arena}, watched = {.arena = arena}, unsettled = {.arena = arena};
    Map *const changed = map_create(arena);
    PassResult result;

    *before = *reading->plan;
    before->as_of = base->settled->as_of;
    if (!list_ids(reading, base, &ids, changed, err))
        return false;

    Pass pass = {
        .run = reading->run,
        .plan = reading->plan,
        .clocks = clocks_of_learned(arena, reading->plan, base->settled),
        .base = before,
        .ids = ids.items,
        .id_count = ids.count,
        .changed = changed,
        .page_size = job->settings->source.page_shipments,
        .progress = progress_begin(arena, job->log, "learn", (int64_t)ids.count),
    };

    reading->run->asides.all = true;

    const bool read = pass_make(
        &pass, reading->source, reading->snapshot, arena, &watched, &unsettled, &result, err);

    reading->run->asides.all = false;
    if (!read)
        return false;
    progress_end(pass.progress);
    *out = (Learning){.added = true};
    if (!add_up(arena, base, &result, out)) {
        run_forget_asides(reading->run, asides);
        log_warn(job->log, "rows of settled shipments were changed in the source",
            FIELDS(field_text("then", "everything is read again")));
        return learn_whole(reading, out, err);
    }
    give_learning(reading, &pass, &watched, &unsettled, out);
    return true;
}

bool
learn_after(
    Run *run, Db *db, Instant as_of, const LearnBase *base, Arena *arena, Learning *out, Err *err)
{
    Reading reading;

    if (!reading_begin(&reading, run, db, as_of, arena, err) ||
        !learn_more(&reading, base, out, err))
        return false;
    db_rollback(db);
    return true;
}

// Where the parts of the window end, by the planner's guess of how many shipments there are: some may be larger, none is needed.
static bool
divide(Reading *reading, int64_t parts, LearnEnds *ends, Err *err)
{
    const int64_t estimate = source_estimate(reading->source, err);
    const int64_t each = estimate / parts > 0 ? estimate / parts : 1;
    const char *after = NULL;

    for (int64_t i = 1; err->kind == ERR_NONE && i < parts; i++) {
        if (!source_skip(reading->source, learn_from(reading->plan), reading->plan->as_of, after,
                each, reading->arena, &after, err))
            return false;
        if (after == NULL)
            break;
        ARENA_PUSH(ends, after);
    }
    return err->kind == ERR_NONE;
}

bool
learn_divide(
    Run *run, Db *db, Instant as_of, int64_t parts, Arena *arena, LearnEnds *ends, Err *err)
{
    Reading reading;

    if (!reading_begin(&reading, run, db, as_of, arena, err) || !divide(&reading, parts, ends, err))
        return false;
    db_rollback(db);
    return true;
}

bool
learn_part(
    Run *run, Db *db, Instant as_of, const LearnPart *part, Arena *arena, LearnSums *out, Err *err)
{
    Reading reading;
    PassResult result;
    Pass pass;

    *out = (LearnSums){.watched.arena = arena, .unsettled.arena = arena};
    if (!reading_begin(&reading, run, db, as_of, arena, err) ||
        !count_window(&reading, part, &out->watched, &out->unsettled, &pass, &result, err))
        return false;
    out->settled = learner_finish(arena, result.settled);
    out->fresh = learner_finish(arena, result.fresh);
    out->shipments = pass.shipments;
    out->scans = pass.scans;
    out->scans_of_others = pass.scans_of_others;
    db_rollback(db);
    return true;
}

// The clocks of all parts must be the same: each learned them from the same sample, unless the source changed in between.
static bool
add_part(Arena *arena, const LearnSums *part, LearnSums *into)
{
    const Learned *settled, *fresh;

    if (into->settled->landmark != part->settled->landmark ||
        into->settled->clock_count != part->settled->clock_count)
        return false;
    for (size_t i = 0; i < part->settled->clock_count; i++)
        if (memcmp(part->settled->clocks[i].events, into->settled->clocks[i].events,
                sizeof part->settled->clocks[i].events) != 0 ||
            memcmp(part->settled->clocks[i].exposure_hours, into->settled->clocks[i].exposure_hours,
                sizeof part->settled->clocks[i].exposure_hours) != 0)
            return false;
    if (!learned_combine(arena, into->settled, part->settled, 1, &settled) ||
        !learned_combine(arena, into->fresh, part->fresh, 1, &fresh))
        return false;
    into->settled = settled;
    into->fresh = fresh;
    for (size_t i = 0; i < part->watched.count; i++)
        ARENA_PUSH(&into->watched, part->watched.items[i]);
    for (size_t i = 0; i < part->unsettled.count; i++)
        ARENA_PUSH(&into->unsettled, part->unsettled.items[i]);
    into->shipments += part->shipments;
    into->scans += part->scans;
    into->scans_of_others += part->scans_of_others;
    return true;
}

bool
learn_add_up(const Run *run, const LearnSums *parts, size_t count, Arena *arena, Learning *out)
{
    LearnSums all = parts[0];

    for (size_t i = 1; i < count; i++)
        if (!add_part(arena, &parts[i], &all))
            return false;
    *out = (Learning){.settled = all.settled,
        .shipments = all.shipments,
        .scans = all.scans,
        .scans_of_others = all.scans_of_others,
        .fingerprint = learn_fingerprint(run, arena)};
    sort_ids(&all.watched);
    sort_ids(&all.unsettled);
    out->watched = all.watched.items;
    out->watched_count = all.watched.count;
    out->unsettled = all.unsettled.items;
    out->unsettled_count = all.unsettled.count;
    return learned_combine(arena, all.settled, all.fresh, 1, &out->learned);
}
