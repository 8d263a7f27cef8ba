#include "jobs/detect/promises.h"

#include "core/map.h"
#include "detectors/incidents/promise_day.h"
#include "jobs/frame/signals.h"
#include "sql/promises.h"

#include <stdio.h>
#include <string.h>

#define BATCH      2000  // shipments read at a time
#define SPAN_DAYS  10    // days whose shipments are asked for at a time
#define KEY_LENGTH 300

// Days up to `last` are counted for good; the next one has just ended, or has ended `after_end` microseconds ago, which is when
// all of them are counted first.
typedef struct Count
{
    const Run *run;
    const Bench *bench;
    Source *source;
    Day last;
    Instant after_end;
    Map *index;  // carrier and day into items
    struct
    {
        Arena *arena;
        PromiseDay *items;
        size_t count, capacity;
    } days;
} Count;

static PromiseDay *
day_of(Count *count, const char *carrier, Day day)
{
    char key[KEY_LENGTH];
    bool is_new;
    const int length = snprintf(key, sizeof key, "%d %s", (int)day, carrier);
    const size_t used = length < KEY_LENGTH ? (size_t)length : sizeof key;
    const int64_t index = map_intern(count->index, key, used, (int64_t)count->days.count, &is_new);

    if (is_new)
        ARENA_PUSH(&count->days,
            ((PromiseDay){.carrier = arena_copy(count->days.arena, carrier), .day = day}));
    return &count->days.items[index];
}

typedef void
AddPromise(PromiseDay *day, const Ending *ending, const Zone *zone, const Calendar *calendar);

// By what was known at an instant.
static void
count_as_known(Count *count, const Shipment *shipment, Day day, Instant known_at, AddPromise *add)
{
    const Ending ending = ending_read(shipment, known_at);

    if (promise_counts(&ending, known_at))
        add(day_of(count, shipment->carrier, day), &ending, count->run->job->zone,
            count->run->rulebook.calendar);
}

static void
count_one(Count *count, Shipment *shipment, Scan *scans)
{
    const Job *const job = count->run->job;

    bench_normalise(count->bench, shipment, scans);
    if (shipment->promised_at == INSTANT_NONE || bench_excludes(count->bench, shipment))
        return;

    const Day day = zone_day(job->zone, shipment->promised_at);
    const Instant first = zone_day_end(job->zone, day) + count->after_end;

    count_as_known(count, shipment, day, first, promise_day_add_first);
    if (day <= count->last)
        count_as_known(count, shipment, day, job->as_of, promise_day_add);
}

static bool
count_batch(Count *count, const char *const *ids, size_t id_count, Arena *batch, Err *err)
{
    SourcePage page;

    if (interrupted(err) ||
        !source_read_ids(count->source, ids, id_count, count->run->job->as_of, batch, &page, err))
        return false;
    for (size_t i = 0; i < page.count; i++) {
        Shipment *const shipment = &page.shipments[i];

        count_one(count, shipment, source_scans_of(&page, i));
    }
    return true;
}

// The promises of days first to last.
static bool
count_span(Count *count, Day first, Day last, Err *err)
{
    const Job *const job = count->run->job;
    Arena *const arena = arena_create(), *const batch = arena_create();
    const char *const *ids;
    size_t id_count = 0;
    bool good = source_promised(count->source, zone_day_start(job->zone, first) - 1,
        zone_day_end(job->zone, last), job->as_of, arena, &ids, &id_count, err);

    for (size_t i = 0; good && i < id_count; i += BATCH) {
        good = count_batch(count, ids + i, id_count - i < BATCH ? id_count - i : BATCH, batch, err);
        arena_reset(batch);
    }
    arena_destroy(batch);
    arena_destroy(arena);
    return good;
}

static bool
remember(const Count *count, Err *err)
{
    const Job *const job = count->run->job;
    Db *const db = count->run->db;

    if (job->dry_run)
        return true;
    if (!db_begin(db, err))
        return false;
    if (promises_write(db, job->as_of, count->days.items, count->days.count,
            job->day - PROMISES_KEPT_DAYS, err) &&
        db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

bool
promises_count(Run *run, const Bench *bench, Source *source, Err *err)
{
    const Job *const job = run->job;
    // The last day that ended a day before as-of, or earlier.
    const Day last = zone_day(job->zone, job->as_of - HOURS_24 + 1) - 1;
    const Day newest = last + 1;
    Arena *const arena = arena_create();
    Count count = {.run = run,
        .bench = bench,
        .source = source,
        .last = last,
        .after_end = job->as_of - zone_day_end(job->zone, newest),
        .index = map_create(arena),
        .days = {.arena = arena}};
    Day counted = DAY_NONE;
    bool good = promises_last(run->db, job->as_of, &counted, err);
    Day first = last - PROMISES_FIRST_DAYS + 1;

    if (counted != DAY_NONE && counted + 1 > first)
        first = counted + 1;
    for (; good && first <= newest; first += SPAN_DAYS)
        good = count_span(
            &count, first, first + SPAN_DAYS - 1 < newest ? first + SPAN_DAYS - 1 : newest, err);
    good = good && remember(&count, err);
    if (good)
        run_count(run, "detect", "promise_days", (int64_t)count.days.count);
    arena_destroy(arena);
    return good || err_context(err, "promises");
}
