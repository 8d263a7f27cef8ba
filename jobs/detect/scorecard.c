#include "jobs/detect/scorecard.h"

#include "detectors/baseline/scorecard.h"
#include "detectors/incidents/drift.h"
#include "jobs/detect/plan.h"
#include "jobs/detect/promises.h"
#include "sql/promises.h"
#include "sql/scorecards.h"

#include <math.h>
#include <string.h>

static ScoreDrift
score_drift(const PromiseDay *days, size_t count, double limit)
{
    const Drift drift = drift_of(days, count, limit);

    return (ScoreDrift){.known = drift.known,
        .on = drift.on,
        .since = drift.since,
        .statistic = drift.statistic,
        .usual = drift.known ? drift.usual : (double)NAN,
        .of = drift.promised,
        .count = drift.kept};
}

// The drift of each carrier that has a card of its own.
static bool
add_drifts(Run *run, Arena *arena, Scorecard *items, size_t count, Err *err)
{
    const Job *const job = run->job;
    const PromiseDay *days;
    size_t day_count;

    if (!promises_read(run->db, arena, job->as_of, job->day - PROMISES_KEPT_DAYS,
            job->settings->time_zone, &days, &day_count, err))
        return false;

    const double limit = drift_limit(drift_carriers(days, day_count));

    for (size_t first = 0; first < day_count;) {
        const size_t end = drift_days_end(days, day_count, first);

        for (size_t i = 0; i < count && items[i].level == SCORE_CARRIER; i++)
            if (strcmp(items[i].carrier, days[first].carrier) == 0)
                items[i].drift = score_drift(days + first, end - first, limit);
        first = end;
    }
    return true;
}

bool
scorecards_tell(Run *run, const Bench *bench, Err *err)
{
    const Job *const job = run->job;
    Arena *const arena = arena_create();
    Scorecards cards = scorecards_make(
        arena, bench->learned, plan_at(job, run->rulebook.calendar, job->as_of, arena));
    Scorecard *const items =
        arena_grow_array(arena, cards.items, sizeof *items, cards.count, cards.count);

    cards.items = items;

    const bool done = add_drifts(run, arena, items, cards.count, err) &&
                      scorecards_write(run->db, job->as_of, &cards, err);

    if (done)
        run_count(run, "detect", "scorecards", (int64_t)cards.count);
    arena_destroy(arena);
    return done || err_context(err, "scorecards");
}
