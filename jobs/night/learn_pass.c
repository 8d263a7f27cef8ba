#include "jobs/night/learn_pass.h"

#include "detectors/history.h"
#include "jobs/frame/signals.h"

typedef struct Worker
{
    Pass *pass;
    Arena *arena;       // its own, for counters and watch list: an arena belongs to one thread
    Arena *connection;  // closed when the pass is over
    Source *source;
    ClockCounter *counter;
    Learner *learner;
    WatchList watched;
    pthread_t thread;
} Worker;

// The sampling pass reads this many pages whole; then it steps over one page, over two, over three ...
#define SAMPLE_WHOLE 10

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
    if (!source_read_shipments(
            source, pass->from, pass->plan->as_of, pass->after, pass->page_size, arena, page, err))
        return false;
    pass->exhausted = page->last == NULL;
    pass->pages++;
    if (page->last != NULL) {
        arena_reset(pass->after_arena);
        pass->after = arena_copy(pass->after_arena, page->last);
    }
    return pass->clocks == NULL || run_set_aside_page(pass->run, "learn", page, err);
}

static void
count_shipment(Worker *worker, const Catalogue *catalogue, Shipment *shipment, Scan *scans)
{
    const int carrier = history_settle_carrier(catalogue, shipment);

    shipment->scan_count = history_normalise(catalogue, carrier, scans, shipment->scan_count);
    if (worker->learner == NULL) {
        clock_counter_add(worker->counter, shipment);
        return;
    }
    learner_add(worker->learner, shipment);

    const History history = history_read(shipment, worker->pass->plan->as_of);

    if (history_is_open(&history))
        ARENA_PUSH(&worker->watched, (const char *)arena_copy(worker->arena, shipment->id));
}

static void
count_page(Worker *worker, SourcePage *page)
{
    const Catalogue *const catalogue = worker->pass->run->rulebook.catalogue;

    for (size_t i = 0; i < page->count; i++) {
        count_shipment(worker, catalogue, &page->shipments[i], source_scans_of(page, i));
    }
}

// One round: take a page, read its scans, count. *more is false when there are no pages left.
static bool
work_once(Worker *worker, Arena *batch, bool *more, Err *err)
{
    Pass *const pass = worker->pass;
    SourcePage page;

    pthread_mutex_lock(&pass->mutex);
    const bool taken =
        pass->failure.kind == ERR_NONE && next_page(pass, worker->source, batch, &page, err);
    *more = taken && page.count > 0;
    if (*more)
        pass->shipments += (int64_t)page.count;
    pthread_mutex_unlock(&pass->mutex);
    if (!*more)
        return taken || err->kind == ERR_NONE;

    if (interrupted(err) ||
        !source_read_scans(worker->source, pass->plan->as_of, batch, &page, err))
        return false;
    count_page(worker, &page);
    progress_add(pass->progress, (int64_t)(page.count + page.scan_count), page.bytes);

    pthread_mutex_lock(&pass->mutex);
    pass->scans += (int64_t)page.scan_count;
    pass->scans_of_others += page.scans_of_others;
    pthread_mutex_unlock(&pass->mutex);
    return true;
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
    worker->watched.arena = worker->arena;

    Db *const db = run_connect_source(pass->run->job, worker->connection, err);

    if (db == NULL || !db_join_snapshot(db, snapshot, err))
        return false;
    worker->source = source_on(source, db, worker->connection);
    if (pass->clocks == NULL)
        worker->counter = clock_counter_create(worker->arena, pass->plan);
    else
        worker->learner = learner_create(worker->arena, pass->plan, pass->clocks);
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
gather(Worker *workers, size_t count, WatchList *watched)
{
    for (size_t i = 1; i < count; i++)
        if (workers[0].learner != NULL)
            learner_merge(workers[0].learner, workers[i].learner);
        else
            clock_counter_merge(workers[0].counter, workers[i].counter);
    for (size_t i = 0; watched != NULL && i < count; i++)
        for (size_t j = 0; j < workers[i].watched.count; j++)
            ARENA_PUSH(
                watched, (const char *)arena_copy(watched->arena, workers[i].watched.items[j]));
}

bool
pass_make(Pass *pass, const Source *source, const char *snapshot, Arena *arena, WatchList *watched,
    PassResult *result, Err *err)
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

    if (done) {
        gather(workers, count, watched);
        *result = (PassResult){.counter = workers[0].counter, .learner = workers[0].learner};
    }
    release_workers(workers, prepared);
    arena_destroy(pass->after_arena);
    pthread_mutex_destroy(&pass->mutex);
    return done;
}
