#include "jobs/detect/case_changes.h"

#include "core/clock.h"
#include "core/map.h"
#include "sql/cases.h"

#include <inttypes.h>
#include <string.h>

#define BATCH 2000  // shipments looked up at a time

typedef struct ChangeList
{
    Arena *arena;
    CaseChange *items;
    size_t count, capacity;
} ChangeList;

typedef struct IdList
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} IdList;

// The night's work on the cases.
typedef struct Changes
{
    const Run *run;
    const Bench *bench;
    const CaseRecord *cases;
    Map *by_shipment;  // index into cases
    ChangeList list;
    int64_t events[CASE_EVENT_COUNT];
} Changes;

static const CaseRecord *
case_of(const Changes *changes, const char *shipment_id)
{
    const int64_t index = map_get(changes->by_shipment, shipment_id, strlen(shipment_id), -1);

    return index < 0 ? NULL : &changes->cases[index];
}

static bool
is_judged(const Changes *changes, const CaseRecord *current)
{
    return current != NULL && current->judged_as_of >= changes->run->job->as_of;
}

static void
change(Changes *changes, const CaseRecord *current, const char *shipment_id, CaseKind lead,
    const char *note)
{
    const CaseStep step = case_step(current, lead, changes->run->job->day);

    if (step.event == 0 || is_judged(changes, current))
        return;
    changes->events[step.event]++;
    ARENA_PUSH(&changes->list, ((CaseChange){
                                   .shipment_id = shipment_id,
                                   .number = current == NULL ? 0 : current->number,
                                   .kind_before = current == NULL ? CASE_NONE : current->kind,
                                   .step = step,
                                   .note = note,
                               }));
}

// Why a case cleared, in words: the scan that explains it.
static const char *
clearing_note(const Changes *changes, const Shipment *shipment, const Verdict *verdict)
{
    Arena *const arena = changes->list.arena;
    const History *const history = &verdict->history;
    const int index =
        history->final > history->last_physical ? history->final : history->last_physical;

    if (history->cancelled)
        return "cancelled";
    if (verdict->incident && verdict->incident->number > 0)
        return arena_printf(
            arena, "incident %" PRId64 " explains its silence", verdict->incident->number);
    if (index < 0)
        return "no detector speaks any more";

    const Scan *const scan = &shipment->scans[index];
    const char *const place = *scan->place ? scan->place : "";

    return arena_printf(arena, "%s%s%s on %s", milestone_label(scan->milestone),
        *place ? " at " : "", place, zone_print(arena, changes->run->job->zone, scan->occurred_at));
}

// Shipments that were made by then are watched no more.
static Instant
window_begin(const Job *job)
{
    return job->as_of - job->settings->learn.window_days * HOURS_24;
}

static const char *
old_note(const Changes *changes, const char *what)
{
    return arena_printf(changes->list.arena, "%s more than %" PRId64 " days ago: no longer watched",
        what, changes->run->job->settings->learn.window_days);
}

static void
clear_one(Changes *changes, Shipment *shipment, Scan *scans, Arena *batch)
{
    const Verdict verdict = bench_judge(changes->bench, shipment, scans, batch);
    const CaseRecord *const current = case_of(changes, shipment->id);
    const bool watched = shipment->created_at > window_begin(changes->run->job);

    if (current == NULL || (watched && verdict.signal_count > 0))
        return;
    // Where nothing explains the silence it is age alone that ends the case.
    change(changes, current, current->shipment_id, CASE_NONE,
        !watched && (verdict.open || verdict.signal_count > 0)
            ? old_note(changes, "made")
            : clearing_note(changes, shipment, &verdict));
}

// The case of a shipment that the source has no more. A source may be away for a while, so it stays until the shipment would have
// left the window anyway.
static void
clear_missing(Changes *changes, const CaseRecord *current)
{
    if (current->judged_as_of <= window_begin(changes->run->job))
        change(changes, current, current->shipment_id, CASE_NONE,
            old_note(changes, "gone from the source, and last judged"));
}

static bool
clear_batch(Changes *changes, Source *source, const char *const *ids, size_t count, Err *err)
{
    Arena *const batch = arena_create();
    SourcePage page;
    Map *const there = map_create(batch);
    const bool read =
        source_read_ids(source, ids, count, changes->run->job->as_of, batch, &page, err);

    for (size_t i = 0; read && i < page.count; i++) {
        Shipment *const shipment = &page.shipments[i];

        map_put(there, shipment->id, strlen(shipment->id), 1);
        clear_one(changes, shipment, source_scans_of(&page, i), batch);
    }
    for (size_t i = 0; read && i < count; i++)
        if (map_get(there, ids[i], strlen(ids[i]), 0) == 0)
            clear_missing(changes, case_of(changes, ids[i]));
    arena_destroy(batch);
    return read;
}

// Live cases whose shipment has no finding tonight.
static IdList
without_finding(const Changes *changes, size_t case_count, const Finding *findings, size_t count)
{
    Arena *const arena = changes->list.arena;
    Map *const found = map_create(arena);
    IdList ids = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        map_put(found, findings[i].shipment_id, strlen(findings[i].shipment_id), 1);
    for (size_t i = 0; i < case_count; i++) {
        const CaseRecord *const record = &changes->cases[i];

        if (case_state_is_live(record->state) && !is_judged(changes, record) &&
            map_get(found, record->shipment_id, strlen(record->shipment_id), 0) == 0)
            ARENA_PUSH(&ids, record->shipment_id);
    }
    return ids;
}

static void
record_events(Run *run, const Changes *changes)
{
    for (int event = CASE_EVENT_OPENED; event <= CASE_EVENT_WOKEN; event++)
        run_count(run, "cases", case_event_name((CaseEvent)event), changes->events[event]);
    log_info(run->job->log, "cases",
        FIELDS(field_int("opened", changes->events[CASE_EVENT_OPENED]),
            field_int("confirmed", changes->events[CASE_EVENT_CONFIRMED]),
            field_int("worse", changes->events[CASE_EVENT_WORSE]),
            field_int("eased", changes->events[CASE_EVENT_EASED]),
            field_int("cleared", changes->events[CASE_EVENT_CLEARED]),
            field_int("reopened", changes->events[CASE_EVENT_REOPENED])));
}

static bool
apply_changes(Run *run, Arena *arena, const Bench *bench, Source *source, const Finding *findings,
    size_t count, Err *err)
{
    Changes changes = {
        .run = run, .bench = bench, .by_shipment = map_create(arena), .list = {.arena = arena}};
    size_t case_count;

    if (!cases_current(run->db, arena, run->job->as_of, &changes.cases, &case_count, err))
        return false;
    for (size_t i = 0; i < case_count; i++)
        map_put(changes.by_shipment, changes.cases[i].shipment_id,
            strlen(changes.cases[i].shipment_id), (int64_t)i);
    for (size_t i = 0; i < count; i++)
        change(&changes, case_of(&changes, findings[i].shipment_id), findings[i].shipment_id,
            findings[i].signals[0].kind, "");

    const IdList ids = without_finding(&changes, case_count, findings, count);

    for (size_t i = 0; i < ids.count; i += BATCH)
        if (!clear_batch(&changes, source, ids.items + i,
                ids.count - i < BATCH ? ids.count - i : BATCH, err))
            return false;
    record_events(run, &changes);
    return cases_apply(run->db, run->job->as_of, "vigie", clock_now(), changes.list.items,
        changes.list.count, err);
}

bool
case_changes(
    Run *run, const Bench *bench, Source *source, const Finding *findings, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    const bool done = apply_changes(run, arena, bench, source, findings, count, err);

    arena_destroy(arena);
    return done;
}
