/*
 * detect: judge every shipment on the watch list, and give the cases the night's effect.
 */
#include "core/clock.h"
#include "detectors/stats/fdr.h"
#include "jobs/detect/case_changes.h"
#include "jobs/detect/drift.h"
#include "jobs/detect/forecasts.h"
#include "jobs/detect/judge.h"
#include "jobs/detect/lost_list.h"
#include "jobs/detect/promises.h"
#include "jobs/detect/scorecard.h"
#include "jobs/detect/settle.h"
#include "jobs/detect/surroundings.h"
#include "jobs/detect/tally.h"
#include "jobs/frame/progress.h"
#include "jobs/frame/signals.h"
#include "jobs/outbox/alert_queue.h"
#include "jobs/outbox/mail.h"
#include "sql/learned.h"
#include "sql/nights.h"

#include <stdlib.h>
#include <string.h>

#define BATCH 2000  // shipments read at a time

typedef struct FindingList
{
    Arena *arena;  // of the night
    Finding *items;
    size_t count, capacity;
} FindingList;

typedef struct Detection
{
    Run *run;
    const Bench *bench;
    const Surroundings *surroundings;
    Source *source;
    FindingList findings;
    ForecastBook *forecasts;
    UnmappedTally *unmapped;
    int64_t judged, abstained, excluded;
    int64_t promises[PROMISE_ORIGIN_COUNT];
} Detection;

static void
judge_one(Detection *detection, Shipment *shipment, Scan *scans, Arena *batch)
{
    const Verdict verdict = bench_judge(detection->bench, shipment, scans, batch);

    tally_unmapped(detection->unmapped, shipment,
        catalogue_find(detection->bench->rulebook->catalogue, shipment->carrier) >= 0);
    if (verdict.excluded)
        detection->excluded++;
    if (verdict.excluded)
        return;
    if (verdict.open) {
        detection->judged++;
        detection->promises[shipment_promise_origin(shipment)]++;
        detection->abstained += !text_is_empty(verdict.judgement.abstained);
        forecast_book_add(detection->forecasts, shipment, &verdict);
    }
    if (verdict.signal_count > 0)
        ARENA_PUSH(&detection->findings,
            bench_finding(detection->bench, shipment, &verdict, detection->findings.arena));
}

static bool
judge_batch(Detection *detection, const char *const *ids, size_t count, Arena *batch,
    Progress *progress, Err *err)
{
    SourcePage page;

    if (interrupted(err) || !source_read_ids(detection->source, ids, count,
                                detection->bench->night.as_of, batch, &page, err))
        return false;
    for (size_t i = 0; i < page.count; i++) {
        Shipment *const shipment = &page.shipments[i];

        judge_one(detection, shipment, source_scans_of(&page, i), batch);
    }
    progress_add(progress, (int64_t)(page.count + page.scan_count), page.bytes);
    // Learning has read these shipments too, and set aside the rows that cannot be used at all.
    return run_set_aside_page(detection->run, "detect", &page, SOURCE_VALUE, err);
}

static bool
judge_watched(Detection *detection, Err *err)
{
    Job *const job = detection->run->job;
    Progress *const progress = progress_begin(job->arena, job->log, "detect", 0);
    Arena *const batch = arena_create();
    const char *after = NULL;
    bool more = true;

    while (more && err->kind == ERR_NONE) {
        const char *const *ids;
        size_t count = 0;

        more = watch_read(detection->run->db, batch, job->as_of, after, BATCH, &ids, &count, err) &&
               count > 0 && judge_batch(detection, ids, count, batch, progress, err);
        if (more)
            after = arena_copy(detection->findings.arena, ids[count - 1]);
        arena_reset(batch);
    }
    arena_destroy(batch);
    progress_end(progress);
    return err->kind == ERR_NONE;
}

// What costs most if nobody acts comes first; equals keep the order of their ids.
static int
by_cost(const void *a, const void *b)
{
    const Finding *const x = a, *const y = b;

    if (x->expected_cost_minor != y->expected_cost_minor)
        return x->expected_cost_minor > y->expected_cost_minor ? -1 : 1;
    return strcmp(x->shipment_id, y->shipment_id);
}

// The share of tonight's lost cases that is expected to be false.
static double
lost_false_share(const FindingList *findings)
{
    double *const posteriors = ARENA_ARRAY(findings->arena, double, findings->count);
    size_t lost = 0;

    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].signals[0].kind == CASE_LOST)
            posteriors[lost++] = findings->items[i].signals[0].probability;
    return fdr_false_share(posteriors, lost);
}

static bool
write_night(Detection *detection, Err *err)
{
    Run *const run = detection->run;
    const Bench *const bench = detection->bench;
    FindingList *const findings = &detection->findings;
    NightRecord night = {
        .as_of = run->job->as_of,
        .judged = detection->judged,
        .abstained = detection->abstained,
        .stuck_alpha = bench->night.stuck_alpha,
        .lost_false_share = lost_false_share(findings),
        .stuck_false_expected =
            bench->night.stuck_alpha * baselines_closing_a_night(bench->baselines),
        .unmapped_json = tally_json(detection->unmapped, run->job->arena),
        .filled_in = !mail_allowed(run->job),
    };

    memcpy(night.promises, detection->promises, sizeof night.promises);
    if (findings->count > 1)
        qsort(findings->items, findings->count, sizeof *findings->items, by_cost);
    return surroundings_write(run, detection->surroundings, err) &&
           night_write(run->db, &night, findings->items, findings->count, err) &&
           forecast_book_write(
               detection->forecasts, run, findings->items, findings->count, findings->arena, err) &&
           drifts_tell(run, detection->forecasts, err) &&
           scorecards_tell(run, detection->bench, err);
}

static void
record_counts(const Detection *detection, int64_t started)
{
    Run *const run = detection->run;
    int64_t kinds[CASE_KIND_COUNT] = {0};

    for (size_t i = 0; i < detection->findings.count; i++)
        kinds[detection->findings.items[i].signals[0].kind]++;

    const int64_t others = (int64_t)detection->findings.count - kinds[CASE_LOST] -
                           kinds[CASE_STUCK] - kinds[CASE_NOT_HANDED_OVER] - kinds[CASE_LATE] -
                           kinds[CASE_AT_RISK];

    run_count(run, "detect", "judged", detection->judged);
    run_count(run, "detect", "abstained", detection->abstained);
    run_count(run, "detect", "excluded", detection->excluded);
    for (int origin = 0; origin < PROMISE_ORIGIN_COUNT; origin++)
        run_count(run, "detect",
            arena_printf(
                run->job->arena, "promises_%s", promise_origin_name((PromiseOrigin)origin)),
            detection->promises[origin]);
    for (int kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
        run_count(run, "detect", case_kind_name((CaseKind)kind), kinds[kind]);
    log_info(run->job->log, "detected",
        FIELDS(field_int("judged", detection->judged), field_int("abstained", detection->abstained),
            field_int("lost", kinds[CASE_LOST]), field_int("stuck", kinds[CASE_STUCK]),
            field_int("not_handed_over", kinds[CASE_NOT_HANDED_OVER]),
            field_int("late", kinds[CASE_LATE]), field_int("at_risk", kinds[CASE_AT_RISK]),
            field_int("others", others),
            field_int("ms", (clock_monotonic_micros() - started) / 1000)));
}

// The cases take the night's effect, and who is to hear of it is told, both or neither.
static bool
change_cases(Detection *detection, Err *err)
{
    Run *const run = detection->run;
    const FindingList *const findings = &detection->findings;

    return case_changes(
               run, detection->bench, detection->source, findings->items, findings->count, err) &&
           alert_queue_night(run, detection->source, findings->items, findings->count, err);
}

// A night older than the newest one is judged for its own list, but must not disturb the cases of newer nights.
static bool
write_all(Detection *detection, Err *err)
{
    Run *const run = detection->run;
    const Instant as_of = run->job->as_of;
    Instant newest;

    if (run->job->dry_run)
        return true;
    if (!night_newest(run->db, &newest, err) || !db_begin(run->db, err))
        return false;
    if (write_night(detection, err) &&
        ((newest != INSTANT_NONE && newest > as_of) || change_cases(detection, err)) &&
        db_commit(run->db, err))
        return true;
    db_rollback(run->db);
    return false;
}

static bool
detect_with(Run *run, Arena *arena, Db *db, Err *err)
{
    const int64_t started = clock_monotonic_micros();
    const SourceOptions options = run_source_options(run->job);
    Source *const source = source_open(db, arena, &options, NULL, err);
    Surroundings surroundings;
    Instant learned_as_of;
    Bench bench;

    if (source == NULL || !settle_outcomes(run, source, err) ||
        !bench_prepare(run->job, &run->rulebook, run->db, arena, &bench, &learned_as_of, err))
        return false;
    if (learned_as_of != run->job->as_of)
        return err_set(err, ERR_FAILED,
            "nothing was learned for %s, the newest knowledge is of %s: run vigie learn",
            instant_print(arena, run->job->as_of), instant_print(arena, learned_as_of));

    if (!promises_count(run, &bench, source, err) ||
        !surroundings_read(run, &bench, source, arena, &surroundings, err))
        return false;
    bench.incidents = surroundings.items;
    bench.incident_count = surroundings.count;

    Detection detection = {
        .run = run,
        .bench = &bench,
        .surroundings = &surroundings,
        .source = source,
        .findings = {.arena = arena},
        .forecasts = forecast_book_create(arena, run->job->as_of),
        .unmapped = tally_create(arena),
    };

    if (!judge_watched(&detection, err))
        return false;
    detection.findings.count = lost_list_cut(detection.findings.items, detection.findings.count,
        run->job->settings->detect.lost_false_share, arena);
    if (!write_all(&detection, err))
        return false;
    record_counts(&detection, started);
    return true;
}

bool
detect_step(Run *run, Err *err)
{
    Arena *const arena = arena_create();
    Db *const db = run_connect_source(run->job, arena, err);
    const bool done = db != NULL && detect_with(run, arena, db, err);

    arena_destroy(arena);
    return done || err_context(err, "detect");
}
