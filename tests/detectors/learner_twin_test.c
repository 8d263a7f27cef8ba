/*
 * The sums of learning equal those of a slow twin that follows every hour of every wait.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/baseline/clocks.h"
#include "detectors/baseline/learner.h"
#include "detectors/stats/bins.h"
#include "detectors/stats/slack.h"
#include "tests/harness/histories.h"
#include "tests/harness/learning.h"

#include <math.h>

/*
 * The slow twin: no stops, no stamps, no tables. It asks of every pair of scans whether one is the wait of the other,
 * and walks the wait hour by hour.
 */
typedef struct Twin
{
    const Learning *f;
    const OperatingClocks *clocks;
    double ended[MEASURE_COUNT][STAGE_COUNT][BIN_COUNT];
    double waited[MEASURE_COUNT][STAGE_COUNT][BIN_COUNT];
    double by_slack[MEASURE_COUNT][STAGE_COUNT][SLACK_PARTS];
    double by_next[STAGE_COUNT][STAGE_COUNT];  // moves, by what ended them
    int64_t gaps;
} Twin;

#define NOTHING (-1)  // ended it

static bool
twin_works(const Twin *twin, Instant at)
{
    const LearnPlan *const plan = &twin->f->plan;

    return calendar_day_class(plan->calendar, zone_day(plan->zone, at)) == DAY_WORKING;
}

static int
twin_slack(const Twin *twin, Instant from, Instant promise)
{
    static const int64_t limits[] = {0, 24, 48, 72, 120};
    const LearnPlan *const plan = &twin->f->plan;
    const Day day = zone_day(plan->zone, from);
    const Instant hour = (from - zone_day_start(plan->zone, day)) / HOUR;
    int64_t working = 0;
    int class = 0, start = 2;

    for (Instant at = from; at < promise; at += HOUR)
        working += twin_works(twin, at);
    while (class < 5 && working > limits[class])
        class ++;
    if (twin_works(twin, from))
        start = twin_works(twin, zone_day_start(plan->zone, day + 1)) ? 1 : 0;
    return (class * 3 + start) * 24 + (int)(hour < 24 ? hour : 23);
}

static void
twin_count(Twin *twin, const Shipment *s, Measure measure, Stage milestone, Instant from,
    Instant to, Stage next)
{
    const LearnPlan *const plan = &twin->f->plan;
    const double *const rates = clocks_of(twin->clocks, s->carrier)->of[measure][milestone];
    const int64_t age = zone_day(plan->zone, plan->as_of) - zone_day(plan->zone, from);
    double hours = 0;
    int bin = 0;

    if (zone_day(plan->zone, from) <
        zone_day(plan->zone, plan->as_of - plan->window_days * HOURS_24))
        return;
    for (Instant at = from; at < to; at += HOUR)
        hours += rates[calendar_day_class(plan->calendar, zone_day(plan->zone, at))];
    while (bin + 1 < BIN_COUNT && bin_edge(bin + 1) <= hours + 1e-9)
        bin++;

    const double weight = round(1024 * pow(.5, (double)age / plan->half_life_days));

    twin->gaps++;
    (next != NOTHING ? twin->ended : twin->waited)[measure][milestone][bin] += weight;
    if (s->promised_at != INSTANT_NONE)
        twin->by_slack[measure][milestone][twin_slack(twin, from, s->promised_at)] += weight;
    if (next != NOTHING && measure == MEASURE_MOVE)
        twin->by_next[milestone][next] += weight;
}

static bool
twin_is_stop(const Scan *scan, Instant until)
{
    return scan->occurred_at <= until && scan->milestone != MILESTONE_UNMAPPED &&
           scan->milestone != MILESTONE_INFORMATION && scan->milestone != MILESTONE_LOST;
}

static void
twin_add(Twin *twin, const Shipment *s)
{
    const Instant as_of = twin->f->plan.as_of;
    const Instant until =
        s->cancelled_at != INSTANT_NONE && s->cancelled_at < as_of ? s->cancelled_at : as_of;
    Instant at[20] = {s->created_at};
    Milestone milestone[20] = {MILESTONE_ANNOUNCED};
    Stage stage[20];
    size_t n = 1;
    bool over = false;

    for (size_t i = 0; i < s->scan_count && !over; i++)
        if (twin_is_stop(&s->scans[i], until)) {
            at[n] = s->scans[i].occurred_at > at[n - 1] ? s->scans[i].occurred_at : at[n - 1];
            milestone[n] = s->scans[i].milestone;
            over = milestone[n] == MILESTONE_DELIVERED || milestone[n] == MILESTONE_RETURNED;
            n++;
        }
    const Instant end = over || at[n - 1] > until ? at[n - 1] : until;

    // The second and later scans in transit are told apart, up to the fourth.
    for (size_t i = 0; i < n; i++) {
        int earlier = 0;

        for (size_t j = 0; j < i; j++)
            earlier += milestone[j] == MILESTONE_IN_TRANSIT;
        stage[i] = milestone[i] == MILESTONE_IN_TRANSIT && earlier > 0
                       ? MILESTONE_COUNT + (earlier > 3 ? 3 : earlier) - 1
                       : (Stage)milestone[i];
    }
    for (size_t i = 0; i < n; i++) {
        size_t presented = 0;

        for (size_t j = n; j-- > 1;)
            if (milestone[j] == MILESTONE_DELIVERED || milestone[j] == MILESTONE_ATTEMPT_FAILED)
                presented = j;
        if (i + 1 < n)
            twin_count(twin, s, MEASURE_MOVE, stage[i], at[i], at[i + 1], stage[i + 1]);
        else if (!over)
            twin_count(twin, s, MEASURE_MOVE, stage[i], at[i], end, NOTHING);
        if (presented > i)
            twin_count(twin, s, MEASURE_ARRIVE, stage[i], at[i], at[presented], stage[presented]);
        else if (presented == 0 && !(over && i + 1 == n))
            twin_count(twin, s, MEASURE_ARRIVE, stage[i], at[i], end, NOTHING);
    }
}

static void
compare_with_twin(const Twin *twin, const Learned *learned, bool lanes)
{
    Twin *const rest = ARENA_NEW(twin->f->arena, Twin);

    *rest = *twin;
    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const c = &learned->cohorts[i];

        if (c->kind != (lanes ? COHORT_LANE : COHORT_SERVICE))
            continue;
        for (size_t k = 0; k < c->bin_count; k++) {
            if (lanes && c->bins[k] >= BIN_COARSE_COUNT)
                continue;  // what came next

            int first = c->bins[k];
            int last = first + 1;

            if (lanes) {
                first = bin_coarse_start(c->bins[k]);
                last = bin_coarse_start(c->bins[k] + 1);
            }
            rest->ended[c->measure][c->stage][first] -= (double)c->ended[k];
            rest->waited[c->measure][c->stage][first] -= (double)c->waited[k];
            for (int b = first + 1; b < last; b++) {
                rest->ended[c->measure][c->stage][first] += rest->ended[c->measure][c->stage][b];
                rest->waited[c->measure][c->stage][first] += rest->waited[c->measure][c->stage][b];
                rest->ended[c->measure][c->stage][b] = 0;
                rest->waited[c->measure][c->stage][b] = 0;
            }
        }
    }
    for (int measure = 0; measure < MEASURE_COUNT; measure++)
        for (int m = 0; m < STAGE_COUNT; m++)
            for (int b = 0; b < BIN_COUNT; b++) {
                assert_true(rest->ended[measure][m][b] == 0);
                assert_true(rest->waited[measure][m][b] == 0);
            }
}

static double
sum_of(const Cohort *cohort)
{
    double sum = 0;

    for (size_t k = 0; k < cohort->bin_count; k++)
        sum += (double)(cohort->ended[k] + cohort->waited[k]);
    return sum;
}

// How far ahead the promise lay, by part; what came next, by carrier and by lane.
static void
compare_parts_with_twin(const Twin *twin, const Learned *learned)
{
    double slack[MEASURE_COUNT][STAGE_COUNT][SLACK_PARTS] = {0};
    double by_carrier[STAGE_COUNT][STAGE_COUNT] = {0}, by_lane[STAGE_COUNT][STAGE_COUNT] = {0};

    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const c = &learned->cohorts[i];

        if (c->kind == COHORT_SLACK)
            slack[c->measure][c->stage][c->part] += sum_of(c);
        if (c->kind == COHORT_NEXT)
            by_carrier[c->stage][c->part] += sum_of(c);
        for (size_t k = 0; k < c->bin_count && c->kind == COHORT_LANE; k++)
            if (c->bins[k] >= COHORT_LANE_NEXT)
                by_lane[c->stage][c->bins[k] - COHORT_LANE_NEXT] += (double)c->ended[k];
    }
    assert_memory_equal(slack, twin->by_slack, sizeof slack);
    assert_memory_equal(by_carrier, twin->by_next, sizeof by_carrier);
    assert_memory_equal(by_lane, twin->by_next, sizeof by_lane);
}

static void
sums_equal_those_of_a_slow_twin(void **state)
{
    Learning *const f = *state;
    Dice dice = {77};
    const size_t count = 500;
    Shipment *const all = histories_random(f->arena, &dice, count, f->plan.as_of, 75);
    Twin *const twin = ARENA_NEW(f->arena, Twin);

    for (size_t i = 0; i < count; i += 7)
        all[i].promised_at = INSTANT_NONE;
    twin->f = f;
    twin->clocks = learning_clocks(f, all, count);
    for (size_t i = 0; i < count; i++)
        twin_add(twin, &all[i]);

    const Learned *const learned = learning_sums(f, twin->clocks, all, count);

    assert_int_equal(learned->gaps, twin->gaps);
    assert_true(learned->gaps > 1500);
    compare_with_twin(twin, learned, false);
    compare_with_twin(twin, learned, true);
    compare_parts_with_twin(twin, learned);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            sums_equal_those_of_a_slow_twin, learning_setup, learning_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
