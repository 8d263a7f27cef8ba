#include "jobs/detect/settle.h"

#include "core/map.h"
#include "detectors/journey/outcome.h"
#include "jobs/detect/prepare.h"
#include "jobs/frame/signals.h"
#include "sql/forecasts.h"

#include <string.h>

#define BATCH 2000  // statements settled at a time

typedef struct Settling
{
    const Run *run;
    Source *source;
    struct
    {
        Arena *arena;
        Due *items;
        size_t count, capacity;
    } settled;
} Settling;

// A statement is held against the promise, or the acceptance, that it was made about.
static Fate
fate_of(const Settling *settling, const Due *due, Ending ending)
{
    const Job *const job = settling->run->job;
    const int32_t horizon = (int32_t)job->settings->learn.loss_horizon_days;

    if (due->kind == CASE_LATE) {
        ending.promised_at = due->anchor;
        return outcome_of(&ending, job->as_of, horizon).late;
    }
    ending.accepted_at = due->anchor;
    return outcome_of(&ending, job->as_of, horizon).lost;
}

static Ending
ending_of(const Settling *settling, Shipment *shipment, Scan *scans)
{
    shipment_prepare(&settling->run->rulebook, shipment, scans);
    return ending_read(shipment, settling->run->job->as_of);
}

// Statements about one parcel stand together. A parcel that the source no longer has, or whose fate can never be told,
// is left unsettled.
static bool
settle_batch(Settling *settling, const Due *due, size_t count, Arena *batch, Err *err)
{
    const char **const ids = ARENA_ARRAY(batch, const char *, count);
    Map *const index = map_create(batch);
    SourcePage page;
    size_t parcels = 0;

    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(due[i].shipment_id, due[i - 1].shipment_id) != 0)
            ids[parcels++] = due[i].shipment_id;
    if (interrupted(err) || !source_read_ids(settling->source, ids, parcels,
                                settling->run->job->as_of, batch, &page, err))
        return false;

    Ending *const endings = ARENA_ARRAY(batch, Ending, page.count);

    for (size_t i = 0; i < page.count; i++) {
        endings[i] = ending_of(settling, &page.shipments[i], source_scans_of(&page, i));
        map_put(index, page.shipments[i].id, strlen(page.shipments[i].id), (int64_t)i);
    }
    for (size_t i = 0; i < count; i++) {
        const int64_t at = map_get(index, due[i].shipment_id, strlen(due[i].shipment_id), -1);
        const Fate fate = at < 0 ? FATE_UNKNOWN : fate_of(settling, &due[i], endings[at]);
        Due settled = due[i];

        settled.happened = fate == FATE_YES;
        if (fate != FATE_UNKNOWN)
            ARENA_PUSH(&settling->settled, settled);
    }
    return true;
}

static bool
settle_all(Settling *settling, const Due *due, size_t count, Err *err)
{
    Arena *const batch = arena_create();
    bool good = true;

    for (size_t i = 0; good && i < count; i += BATCH) {
        good = settle_batch(settling, due + i, count - i < BATCH ? count - i : BATCH, batch, err);
        arena_reset(batch);
    }
    arena_destroy(batch);
    return good;
}

static bool
remember(const Settling *settling, Err *err)
{
    Db *const db = settling->run->db;

    if (!db_begin(db, err))
        return false;
    if (outcomes_write(
            db, settling->run->job->as_of, settling->settled.items, settling->settled.count, err) &&
        db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

bool
settle_outcomes(Run *run, Source *source, Err *err)
{
    Arena *const arena = arena_create();
    Settling settling = {.run = run, .source = source, .settled = {.arena = arena}};
    const Due *due;
    size_t count;
    const bool done =
        forecasts_due(run->db, arena, run->job->as_of,
            (int32_t)run->job->settings->learn.loss_horizon_days, &due, &count, err) &&
        settle_all(&settling, due, count, err) && (run->job->dry_run || remember(&settling, err));

    if (done)
        run_count(run, "detect", "outcomes", (int64_t)settling.settled.count);
    arena_destroy(arena);
    return done || err_context(err, "outcomes");
}
