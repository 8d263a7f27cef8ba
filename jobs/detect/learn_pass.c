#include "jobs/detect/learn_pass.h"

#include "detectors/journey/course.h"
#include "jobs/detect/prepare.h"
#include "jobs/frame/signals.h"

#include <string.h>

typedef struct Worker
{
    Pass *pass;
    Arena *arena;       // its own, for counters and watch list: an arena belongs to one thread
    Arena *connection;  // closed when the pass is over
    Source *source;
    ClockCounter *counter;
    Learner *settled, *fresh, *reversed;
    WatchList watched, unsettled;
    pthread_t thread;
} Worker;

// The sampling pass reads this many pages whole; then it steps over one page, over two, over three ...
#define SAMPLE_WHOLE 10

// With a base: shipments read by id at once.
#define IDS_AT_ONCE 2000

// In the sampling pass: step over the pages that are not sampled.
static bool
skip_pages(Pass *pass, Source *source, Arena *arena, Err *err)
{
    const char *last = NULL;

    const int64_t skipped = pass->pages - SAMPLE_WHOLE;

    if (pass->clocks != NULL || skipped < 1 || pass->exhausted)
        return true;
    if (!source_skip(source, pass->from, pass->plan->as_of, pass->after, skipped * pass->page_size,
            arena, &last, err))
        return false;
    if (last == NULL)
        pass->exhausted = true;
    else {
        arena_reset(pass->after_arena);
        pass->after = arena_copy(pass->after_arena, last);
    }
    return true;
}

// Hand out the next page. Only its shipments are read under the mutex; their scans, the bulk, are not.
static bool
next_page(Pass *pass, Source *source, Arena *arena, SourcePage *page, Err *err)
{
    *page = (SourcePage){0};
    if (pass->exhausted || !skip_pages(pass, source, arena, err) || pass->exhausted)
        return err->kind == ERR_NONE;
    if (!source_read_part(source, pass->from, pass->plan->as_of,
            &(SourcePart){.after = pass->after,
                .upto = pass->upto,
                .limit = pass->page_size,
                .undated = pass->clocks != NULL},
            arena, page, err))
        return false;
    pass->exhausted = page->last == NULL;
    pass->pages++;
    if (page->last != NULL) {
        arena_reset(pass->after_arena);
        pass->after = arena_copy(pass->after_arena, page->last);
    }
    return true;
}

static bool
was_settled(const Pass *pass, const char *id)
{
    return pass->base != NULL && map_get(pass->changed, id, strlen(id), 0) != 0;
}

// Parcels on their way, and until they are settled those that ended badly: somebody must hear of it.
static bool
is_watched(const Pass *pass, const Shipment *shipment)
{
    const Instant as_of = pass->plan->as_of;
    const History history = history_read(shipment, as_of);

    return history_is_open(&history) ||
           (!history.cancelled && course_ended_badly(shipment, as_of,
                                      pass->run->job->settings->detect.contradiction_hours));
}

// One whose news comes late was settled in the base: it is taken out as it stood then.
static void
count_gaps(Worker *worker, const Shipment *shipment)
{
    if (was_settled(worker->pass, shipment->id) && learner_is_settled(worker->reversed, shipment))
        learner_add(worker->reversed, shipment);
    if (learner_is_settled(worker->settled, shipment)) {
        learner_add(worker->settled, shipment);
        return;
    }
    learner_add(worker->fresh, shipment);
    ARENA_PUSH(is_watched(worker->pass, shipment) ? &worker->watched : &worker->unsettled,
        (const char *)arena_copy(worker->arena, shipment->id));
}

static void
count_shipment(Worker *worker, Shipment *shipment, Scan *scans)
{
    shipment_prepare(&worker->pass->run->rulebook, shipment, scans);
    if (worker->counter != NULL)
        clock_counter_add(worker->counter, shipment);
    else
        count_gaps(worker, shipment);
}

// Shipments that were set aside, and not only something of them, are tried again in the next night.
static void
keep_asides(Worker *worker, const SourcePage *page, Arena *batch)
{
    Map *const known = map_create(batch);

    for (size_t i = 0; i < page->count; i++)
        map_put(known, page->shipments[i].id, strlen(page->shipments[i].id), 1);
    for (size_t i = 0; i < page->aside_count; i++) {
        const char *const key = page->asides[i].key;

        if (map_get(known, key, strlen(key), 0) == 0)
            ARENA_PUSH(&worker->unsettled, (const char *)arena_copy(worker->arena, key));
        map_put(known, key, strlen(key), 1);
    }
}

static void
count_page(Worker *worker, SourcePage *page, Arena *batch)
{
    for (size_t i = 0; i < page->count; i++)
        count_shipment(worker, &page->shipments[i], source_scans_of(page, i));
    if (worker->counter == NULL && page->aside_count > 0)
        keep_asides(worker, page, batch);
}

// The next ids, and their shipments; they are read at once, since their scans are scattered.
static bool
take_ids(Worker *worker, Arena *batch, SourcePage *page, bool *more, Err *err)
{
    Pass *const pass = worker->pass;

    pthread_mutex_lock(&pass->mutex);

    const size_t first = pass->next_id;
    const size_t left = pass->id_count - first;
    const size_t count = left < IDS_AT_ONCE ? left : IDS_AT_ONCE;

    pass->next_id += count;
    *more = count > 0 && pass->failure.kind == ERR_NONE;
    pthread_mutex_unlock(&pass->mutex);
    if (!*more)
        return true;
    return !interrupted(err) && source_learn_ids(worker->source, pass->ids + first, count,
                                    pass->plan->as_of, batch, page, err);
}

// The next page of the window; its scans are read outside the mutex.
static bool
take_page(Worker *worker, Arena *batch, SourcePage *page, bool *more, Err *err)
{
    Pass *const pass = worker->pass;

    pthread_mutex_lock(&pass->mutex);
    const bool taken =
        pass->failure.kind == ERR_NONE && next_page(pass, worker->source, batch, page, err);
    *more = taken && page->count + page->aside_count > 0;
    pthread_mutex_unlock(&pass->mutex);
    if (!*more)
        return taken || err->kind == ERR_NONE;
    return !interrupted(err) &&
           source_read_scans(worker->source, pass->plan->as_of, batch, page, err);
}

// One round: take a page with its scans, count. *more is false when there are none left.
static bool
work_once(Worker *worker, Arena *batch, bool *more, Err *err)
{
    Pass *const pass = worker->pass;
    SourcePage page = {0};
    const bool taken = pass->base != NULL ? take_ids(worker, batch, &page, more, err)
                                          : take_page(worker, batch, &page, more, err);

    if (!taken || !*more)
        return taken;
    count_page(worker, &page, batch);
    progress_add(pass->progress, (int64_t)(page.count + page.scan_count), page.bytes);

    pthread_mutex_lock(&pass->mutex);
    pass->shipments += (int64_t)page.count;
    pass->scans += (int64_t)page.scan_count;
    pass->scans_of_others += page.scans_of_others;

    const bool kept =
        pass->clocks == NULL || run_set_aside_page(pass->run, "learn", &page, SOURCE_ROW, err);

    pthread_mutex_unlock(&pass->mutex);
    return kept;
}

static void *
work(void *data)
{
    Worker *const worker = data;
    Arena *const batch = arena_create();
    Err err = {0};
    bool more = true;

    while (more && work_once(worker, batch, &more, &err))
        arena_reset(batch);
    arena_destroy(batch);
    if (err.kind != ERR_NONE) {
        pthread_mutex_lock(&worker->pass->mutex);
        if (worker->pass->failure.kind == ERR_NONE)
            worker->pass->failure = err;
        pthread_mutex_unlock(&worker->pass->mutex);
    }
    return NULL;
}

static void
destroy(void *arena)
{
    arena_destroy(arena);
}

// Give a worker its connection on the shared snapshot and its counters.
static bool
prepare_worker(
    Worker *worker, Pass *pass, const Source *source, const char *snapshot, Arena *arena, Err *err)
{
    *worker = (Worker){.pass = pass, .arena = arena_create(), .connection = arena_create()};
    arena_defer(arena, destroy, worker->arena);
    worker->watched.arena = worker->unsettled.arena = worker->arena;

    Db *const db = run_connect_source(pass->run->job, worker->connection, err);

    if (db == NULL || !db_join_snapshot(db, snapshot, err))
        return false;
    worker->source = source_on(source, db, worker->connection);
    if (pass->clocks == NULL)
        worker->counter = clock_counter_create(worker->arena, pass->plan);
    else {
        worker->settled = learner_create(worker->arena, pass->plan, pass->clocks);
        worker->fresh = learner_create(worker->arena, pass->plan, pass->clocks);
    }
    if (pass->base != NULL)
        worker->reversed = learner_create(worker->arena, pass->base, pass->clocks);
    return true;
}

static bool
run_workers(Pass *pass, Worker *workers, size_t count, Err *err)
{
    size_t started = 0;

    while (started < count &&
           pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    for (size_t i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    if (started < count)
        return err_set(err, ERR_TEMPORARY, "could not start a worker thread");
    if (pass->failure.kind != ERR_NONE)
        *err = pass->failure;
    return err->kind == ERR_NONE;
}

static void
release_workers(Worker *workers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        arena_destroy(workers[i].connection);
}

static void
merge_worker(Worker *into, const Worker *from)
{
    if (into->counter != NULL) {
        clock_counter_merge(into->counter, from->counter);
        return;
    }
    learner_merge(into->settled, from->settled);
    learner_merge(into->fresh, from->fresh);
    if (into->reversed != NULL)
        learner_merge(into->reversed, from->reversed);
}

static void
gather_ids(WatchList *into, const WatchList *from)
{
    for (size_t i = 0; into != NULL && i < from->count; i++)
        ARENA_PUSH(into, (const char *)arena_copy(into->arena, from->items[i]));
}

static PassResult
gather(Worker *workers, size_t count, WatchList *watched, WatchList *unsettled)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            merge_worker(&workers[0], &workers[i]);
        gather_ids(watched, &workers[i].watched);
        gather_ids(unsettled, &workers[i].unsettled);
    }
    return (PassResult){.counter = workers[0].counter,
        .settled = workers[0].settled,
        .fresh = workers[0].fresh,
        .reversed = workers[0].reversed};
}

bool
pass_make(Pass *pass, const Source *source, const char *snapshot, Arena *arena, WatchList *watched,
    WatchList *unsettled, PassResult *result, Err *err)
{
    const size_t count = (size_t)pass->run->job->settings->source.workers;
    Worker *const workers = ARENA_ARRAY(arena, Worker, count);
    bool ready = true;
    size_t prepared = 0;

    pthread_mutex_init(&pass->mutex, NULL);
    pass->after_arena = arena_create();
    for (; ready && prepared < count; prepared++)
        ready = prepare_worker(&workers[prepared], pass, source, snapshot, arena, err);

    const bool done = ready && run_workers(pass, workers, count, err);

    if (done)
        *result = gather(workers, count, watched, unsettled);
    release_workers(workers, prepared);
    arena_destroy(pass->after_arena);
    pthread_mutex_destroy(&pass->mutex);
    return done;
}
