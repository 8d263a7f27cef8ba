#include "jobs/proof/replay.h"

#include "core/clock.h"
#include "detectors/stats/fdr.h"
#include "jobs/detect/learn.h"
#include "jobs/detect/prepare.h"
#include "jobs/detect/trust.h"
#include "jobs/frame/signals.h"
#include "jobs/proof/matured.h"

#include <math.h>

#define BATCH 2000  // shipments read at a time

// A night while it is judged.
typedef struct Work
{
    Replay *replay;
    Bench bench;
    const DeliveredTimes *times;
    BacktestNight *night;
    BacktestRow *rows;
    Arena *arena;  // of the night
    double *lost;  // probabilities of its lost cases
} Work;

int32_t
replay_recalibration_days(const ReplayPlan *plan)
{
    const int32_t nights = RECALIBRATION_NIGHTS * plan->every_days;

    return nights > TRUST_DAYS ? nights : TRUST_DAYS;
}

int32_t
replay_horizon_days(const Replay *replay)
{
    return (int32_t)replay->run->job->settings->learn.loss_horizon_days;
}

static Instant
window_start(const Replay *replay, Instant as_of)
{
    return as_of - replay->run->job->settings->learn.window_days * HOURS_24;
}

static void
note_delivered(Replay *replay, SourcePage *page, Instant as_of)
{
    for (size_t i = 0; i < page->count; i++) {
        Shipment *const shipment = &page->shipments[i];

        shipment_prepare(&replay->run->rulebook, shipment, source_scans_of(page, i));

        const Ending ending = ending_read(shipment, as_of);
        const uint32_t lane = delivered_lane(replay->delivered, shipment);

        if (ending.presented_at != INSTANT_NONE)
            delivered_add(replay->delivered, lane, ending.accepted_at, ending.presented_at);
    }
}

// Look at the shipments made since the night before. Those still on their way are looked at again later.
static bool
read_new(Replay *replay, Instant as_of, Err *err)
{
    Arena *const after_arena = arena_create();
    Arena *const batch = arena_create();
    const char *after = NULL;
    bool more = true;

    while (more && !interrupted(err)) {
        SourcePage page;

        more = source_read_shipments(replay->source, replay->delivered_until, as_of, after,
                   replay->run->job->settings->source.page_shipments, batch, &page, err) &&
               source_read_scans(replay->source, as_of, batch, &page, err);
        if (!more)
            break;
        note_delivered(replay, &page, as_of);
        more = page.last != NULL;
        arena_reset(after_arena);
        after = arena_copy(after_arena, page.last);
        arena_reset(batch);
    }
    arena_destroy(batch);
    arena_destroy(after_arena);
    replay->delivered_until = as_of;
    return err->kind == ERR_NONE;
}

static void
fill_row(Work *work, const Shipment *shipment, const Verdict *verdict, BacktestRow *row)
{
    const Replay *const replay = work->replay;
    const Instant as_of = work->night->as_of;
    const Parcel *const parcel = &replay->parcels.items[row->parcel];
    const Judgement *const judgement = &verdict->judgement;
    const int first = verdict->history.first_physical;
    const Instant accepted = first < 0 ? INSTANT_NONE : shipment->scans[first].occurred_at;
    const double age = first < 0 ? NAN : (double)(as_of - accepted) / (double)HOUR;
    const Instant promise = shipment->promised_at;
    const bool carried = first >= 0 && verdict->history.first_presentation < 0;
    const bool young = age <= 24.0 * replay->plan.age_days;

    row->p_late = verdict->p_late;
    row->p_lost = verdict->p_lost;
    row->p_late_stated = judgement->p_late;
    row->p_lost_stated = judgement->p_lost;
    row->silence_hours = (float)judgement->silence_hours;
    row->silence_p = (float)judgement->silence_p_value;
    row->age_hours = (float)age;
    row->milestone = (uint8_t)judgement->milestone;
    row->kind = (uint8_t)(verdict->signal_count > 0 ? verdict->signals[0].kind : CASE_NONE);
    row->carried = carried;
    row->told[BACKTEST_LATE] = verdict->history.first_presentation < 0 &&
                               shipment_promised_by(shipment, as_of) && promise > as_of;
    row->told[BACKTEST_LOST] = carried && age < 24.0 * replay_horizon_days(replay);
    for (int q = 0; q < BACKTEST_QUESTIONS; q++)
        row->asked[q] = row->told[q] && carried && young;
    row->rule_late = NAN;
    if (row->asked[BACKTEST_LATE])
        row->rule_late = (float)delivered_p_late(
            work->times, parcel->lane, age, (double)(promise - as_of) / (double)HOUR);
}

static void
judge_one(Work *work, Shipment *shipment, Scan *scans, Arena *batch)
{
    Replay *const replay = work->replay;
    BacktestNight *const night = work->night;
    const Verdict verdict = bench_judge(&work->bench, shipment, scans, batch);
    BacktestRow *const row = &work->rows[night->row_count];

    if (!verdict.open || verdict.excluded)
        return;
    row->parcel = parcels_take(&replay->parcels, shipment, night->as_of, replay->delivered);
    row->night = (uint16_t)replay->night_count;
    fill_row(work, shipment, &verdict, row);
    if (row->kind == CASE_LOST)
        work->lost[night->cases[CASE_LOST]] = verdict.signals[0].probability;
    night->cases[row->kind]++;
    night->abstained += *verdict.judgement.abstained != '\0';
    night->judged++;
    night->row_count++;
}

static bool
judge_watched(Work *work, const Learning *learning, Err *err)
{
    Arena *const batch = arena_create();
    const size_t count = learning->watched_count;

    for (size_t at = 0; at < count && !interrupted(err); at += BATCH) {
        const size_t some = count - at < BATCH ? count - at : BATCH;
        SourcePage page;

        if (!source_read_ids(work->replay->source, learning->watched + at, some, work->night->as_of,
                batch, &page, err))
            break;
        for (size_t i = 0; i < page.count; i++)
            judge_one(work, &page.shipments[i], source_scans_of(&page, i), batch);
        arena_reset(batch);
    }
    arena_destroy(batch);
    return err->kind == ERR_NONE;
}

static void
keep_night(const Work *work, const Recalibration *recalibration)
{
    Replay *const replay = work->replay;
    BacktestNight *const night = &replay->nights[replay->night_count];
    Instant *const due = replay->latest_due[replay->night_count];

    *night = *work->night;
    night->rows = work->rows;
    night->lost_false_share = fdr_false_share(work->lost, (size_t)night->cases[CASE_LOST]);
    night->of[BACKTEST_LATE].recalibrated_by =
        (int64_t)recalibration_count(recalibration, RECALIBRATION_LATE);
    night->of[BACKTEST_LOST].recalibrated_by =
        (int64_t)recalibration_count(recalibration, RECALIBRATION_LOST);
    for (int q = 0; q < BACKTEST_QUESTIONS; q++) {
        due[q] = INSTANT_NONE;
        for (size_t i = 0; i < night->row_count; i++) {
            const Instant at = matured_due(replay, &night->rows[i], (BacktestQuestion)q);

            due[q] = night->rows[i].told[q] && at > due[q] ? at : due[q];
        }
    }
    replay->night_count++;
}

static void
log_night(const Work *work, int64_t started)
{
    const BacktestNight *const night = work->night;
    const Job *const job = work->replay->run->job;

    log_info(job->log, "replayed",
        FIELDS(field_text("as_of", instant_print(work->arena, night->as_of)),
            field_int("judged", night->judged), field_int("abstained", night->abstained),
            field_int("at_risk", night->cases[CASE_AT_RISK]),
            field_int("lost", night->cases[CASE_LOST]),
            field_int("ms", (clock_monotonic_micros() - started) / 1000)));
}

static bool
replay_night(Replay *replay, Day day, Arena *arena, Err *err)
{
    const int64_t started = clock_monotonic_micros();
    Run *const run = replay->run;
    const Instant as_of = zone_day_end(run->job->zone, day);
    BacktestNight night = {.as_of = as_of, .day = day};
    Work work = {.replay = replay, .night = &night, .arena = arena};
    Learning learning;

    run->set_aside = 0;
    if (!learn_at(run, replay->db, as_of, arena, &learning, err))
        return false;
    replay->set_aside = run->set_aside > replay->set_aside ? run->set_aside : replay->set_aside;
    if (!bench_make(run->job, &run->rulebook, learning.learned, as_of, arena, &work.bench, err) ||
        !read_new(replay, as_of, err) ||
        !parcels_look_again(&replay->parcels, replay->source, &run->rulebook,
            window_start(replay, as_of), as_of, replay->delivered, err))
        return false;
    work.bench.recalibration = matured_fit(replay, as_of, arena);
    work.times = delivered_sort(replay->delivered, window_start(replay, as_of), arena);
    work.rows = ARENA_ARRAY(replay->arena, BacktestRow, learning.watched_count);
    work.lost = ARENA_ARRAY(arena, double, learning.watched_count);
    if (!judge_watched(&work, &learning, err))
        return false;
    keep_night(&work, work.bench.recalibration);
    log_night(&work, started);
    return true;
}

static bool
begin(Replay *replay, Err *err)
{
    Job *const job = replay->run->job;
    const SourceOptions options = run_source_options(job);
    const ReplayPlan *const plan = &replay->plan;
    const size_t nights = (size_t)((plan->to - plan->from) / plan->every_days) + 1;

    replay->db = run_connect_source(job, replay->arena, err);
    replay->source =
        replay->db == NULL ? NULL : source_open(replay->db, replay->arena, &options, NULL, err);
    replay->nights = ARENA_ARRAY(replay->arena, BacktestNight, nights);
    replay->latest_due = arena_alloc_array(replay->arena, sizeof *replay->latest_due, nights);
    replay->delivered = delivered_create(replay->arena);
    replay->delivered_until = window_start(replay, zone_day_end(job->zone, plan->from));
    parcels_begin(&replay->parcels, replay->arena, replay_horizon_days(replay));
    return replay->source != NULL;
}

bool
replay_nights(Run *run, const ReplayPlan *plan, Arena *arena, Replay *out, Err *err)
{
    Replay replay = {.run = run, .plan = *plan, .arena = arena};

    if (!begin(&replay, err))
        return false;
    for (Day day = plan->from; day <= plan->to; day += plan->every_days) {
        Arena *const night = arena_create();
        const bool done = replay_night(&replay, day, night, err);

        arena_destroy(night);
        if (!done)
            return err_context(err, "night of %s", day_print(arena, day));
    }
    *out = replay;
    return true;
}
