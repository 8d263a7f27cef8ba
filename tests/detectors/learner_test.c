/*
 * Learning is counting: the sums must not depend on who counted what.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/clocks.h"
#include "detectors/history.h"
#include "detectors/learner.h"
#include "detectors/stats/bins.h"
#include "tests/harness/histories.h"
#include "tests/harness/learning.h"

#include <math.h>
#include <string.h>

static void
assert_same(const Learned *a, const Learned *b)
{
    assert_int_equal(a->shipments, b->shipments);
    assert_int_equal(a->scans, b->scans);
    assert_int_equal(a->gaps, b->gaps);
    assert_int_equal(a->first_start, b->first_start);
    assert_int_equal(a->last_start, b->last_start);
    assert_int_equal(a->cohort_count, b->cohort_count);
    assert_int_equal(a->total_count, b->total_count);
    for (size_t i = 0; i < a->cohort_count; i++) {
        const Cohort *const x = &a->cohorts[i];
        const Cohort *const y = &b->cohorts[i];

        assert_int_equal(x->measure, y->measure);
        assert_int_equal(x->milestone, y->milestone);
        assert_string_equal(x->carrier, y->carrier);
        assert_string_equal(x->service, y->service);
        assert_string_equal(x->origin, y->origin);
        assert_string_equal(x->destination, y->destination);
        assert_int_equal(x->bin_count, y->bin_count);
        assert_memory_equal(x->bins, y->bins, x->bin_count * sizeof *x->bins);
        assert_memory_equal(x->ended, y->ended, x->bin_count * sizeof *x->ended);
        assert_memory_equal(x->waited, y->waited, x->bin_count * sizeof *x->waited);
    }
    for (size_t i = 0; i < a->total_count; i++) {
        CohortTotals x = a->totals[i];
        CohortTotals y = b->totals[i];

        assert_string_equal(x.carrier, y.carrier);
        x.carrier = y.carrier = NULL;
        assert_memory_equal(&x, &y, sizeof x);
    }
}

static void
any_division_of_work_gives_the_same_sums(void **state)
{
    Learning *const f = *state;

    for (uint64_t seed = 1; seed <= 6; seed++) {
        Dice dice = {seed};
        const size_t count = 300;
        const size_t workers = 1 + (size_t)dice_below(&dice, 5);
        const Shipment *const all = histories_random(f->arena, &dice, count, f->plan.as_of, 75);
        ClockCounter *counters[5];
        Learner *learners[5];

        for (size_t w = 0; w < workers; w++)
            counters[w] = clock_counter_create(f->arena, &f->plan);
        for (size_t i = 0; i < count; i++)
            clock_counter_add(counters[dice_below(&dice, (int64_t)workers)], &all[count - 1 - i]);
        for (size_t w = 1; w < workers; w++)
            clock_counter_merge(counters[w], counters[w - 1]);

        const OperatingClocks *const clocks = clock_counter_finish(f->arena, counters[workers - 1]);

        for (size_t w = 0; w < workers; w++)
            learners[w] = learner_create(f->arena, &f->plan, clocks);
        for (size_t i = 0; i < count; i++)
            learner_add(learners[dice_below(&dice, (int64_t)workers)], &all[count - 1 - i]);
        for (size_t w = workers; w-- > 1;)
            learner_merge(learners[w - 1], learners[w]);

        assert_same(learner_finish(f->arena, learners[0]),
            learning_sums(f, learning_clocks(f, all, count), all, count));
    }
}

static const CohortTotals *
totals_of(const Learned *learned, Measure measure, Milestone milestone)
{
    for (size_t i = 0; i < learned->total_count; i++)
        if (learned->totals[i].measure == measure && learned->totals[i].milestone == milestone)
            return &learned->totals[i];
    return NULL;
}

// Accepted 25 days before as-of, so ripe at a horizon of 10 days; half of them never heard of again.
static void
ripe_gaps_and_their_losses_are_counted_with_their_own_half_life(void **state)
{
    Learning *const f = *state;
    const Instant start = f->plan.as_of - 25 * HOURS_24;
    const Scan scans[] = {
        {.occurred_at = start,
            .recorded_at = INSTANT_NONE,
            .milestone = MILESTONE_ACCEPTED,
            .physical = true,
            .code = ""},
        {.occurred_at = start + 30 * HOUR,
            .recorded_at = INSTANT_NONE,
            .milestone = MILESTONE_DELIVERED,
            .physical = true,
            .code = ""},
    };
    Shipment pair[2] = {history_blank(), history_blank()};

    for (size_t i = 0; i < 2; i++) {
        pair[i].carrier = "alpha";
        pair[i].created_at = start;
        pair[i].scans = scans;
        pair[i].scan_count = 1 + i;
    }

    const Learned *const learned = learning_sums(f, learning_clocks(f, pair, 2), pair, 2);
    const CohortTotals *const moves = totals_of(learned, MEASURE_MOVE, MILESTONE_ACCEPTED);

    // 1024 x 2^(-25/40) = 663.98...; the gap's own weight is 1024 x 2^(-25/20) = 430.54
    assert_non_null(moves);
    assert_int_equal(moves->ripe_gaps, 2 * 664);
    assert_int_equal(moves->ripe_lost, 664);
    assert_int_equal(moves->next[MILESTONE_DELIVERED], 431);
    assert_int_equal(moves->events[DAY_WORKING] + moves->events[DAY_SATURDAY] +
                         moves->events[DAY_SUNDAY] + moves->events[DAY_HOLIDAY],
        1);
    assert_int_equal(moves->closed_recent, 0);
}

static void
what_lies_outside_the_window_or_after_as_of_teaches_nothing(void **state)
{
    Learning *const f = *state;
    Shipment both[2] = {history_blank(), history_blank()};
    const Scan late = {.occurred_at = f->plan.as_of - HOUR,
        .recorded_at = f->plan.as_of + HOUR,
        .milestone = MILESTONE_ACCEPTED,
        .physical = true,
        .code = ""};

    both[0].created_at = f->plan.as_of - 62 * HOURS_24;
    both[1].created_at = f->plan.as_of + HOUR;
    assert_int_equal(learning_sums(f, learning_clocks(f, both, 2), both, 2)->gaps, 0);

    both[1].created_at = f->plan.as_of - 2 * HOURS_24;
    both[1].scans = &late;
    both[1].scan_count = 1;

    const Learned *const learned = learning_sums(f, learning_clocks(f, both, 2), both, 2);

    assert_int_equal(learned->gaps, 2);  // the label still waits, for hand-over and for delivery
    assert_int_equal(learned->cohorts[0].bin_count, 1);
    assert_int_equal(learned->cohorts[0].ended[0], 0);
    assert_int_equal(learned->cohorts[0].waited[0], 955);  // 1024 x 2^(-2/20)
}

static void
nothing_at_all_is_learned_from_nothing(void **state)
{
    Learning *const f = *state;
    const Learned *const learned = learning_sums(f, learning_clocks(f, NULL, 0), NULL, 0);

    assert_int_equal(learned->gaps, 0);
    assert_int_equal(learned->cohort_count, 0);
    assert_int_equal(learned->total_count, 0);
    assert_true(learned->first_start == INSTANT_NONE);
}

// A depot that never works on Sundays and Saturdays is told apart from one that does; holidays lean on Sundays.
static void
clocks_learn_the_days_of_rest(void **state)
{
    Learning *const f = *state;
    const size_t count = 4000;
    Shipment *const all = ARENA_ARRAY(f->arena, Shipment, count);
    Dice dice = {5};

    for (size_t i = 0; i < count; i++) {
        Scan *const scan = ARENA_NEW(f->arena, Scan);
        Instant at = f->plan.as_of - dice_below(&dice, 50 * 24) * HOUR;

        all[i] = history_blank();
        all[i].carrier = i % 2 ? "rests" : "works";
        all[i].created_at = at;
        for (int64_t wait = dice_below(&dice, 30); wait >= 0; at += HOUR) {
            const DayClass class = calendar_day_class(f->plan.calendar, zone_day(f->plan.zone, at));

            wait -= i % 2 == 0 || class == DAY_WORKING;
        }
        *scan = (Scan){.occurred_at = at,
            .recorded_at = INSTANT_NONE,
            .milestone = MILESTONE_DELIVERED,
            .physical = true,
            .code = ""};
        all[i].scans = scan;
        all[i].scan_count = at <= f->plan.as_of;
    }

    const OperatingClocks *const clocks = learning_clocks(f, all, count);
    const double *const works = clocks_of(clocks, "works")->of[MEASURE_MOVE][MILESTONE_ANNOUNCED];
    const double *const rests = clocks_of(clocks, "rests")->of[MEASURE_MOVE][MILESTONE_ANNOUNCED];

    for (int class = 0; class < OPERATING_CLASSES; class ++)
        assert_true(works[class] == 1);
    assert_true(rests[DAY_WORKING] == 1);
    assert_true(rests[DAY_SATURDAY] < .1);
    assert_true(rests[DAY_SUNDAY] < .1);
    assert_true(rests[DAY_HOLIDAY] < .2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            any_division_of_work_gives_the_same_sums, learning_setup, learning_teardown),
        cmocka_unit_test_setup_teardown(
            ripe_gaps_and_their_losses_are_counted_with_their_own_half_life, learning_setup,
            learning_teardown),
        cmocka_unit_test_setup_teardown(what_lies_outside_the_window_or_after_as_of_teaches_nothing,
            learning_setup, learning_teardown),
        cmocka_unit_test_setup_teardown(
            nothing_at_all_is_learned_from_nothing, learning_setup, learning_teardown),
        cmocka_unit_test_setup_teardown(
            clocks_learn_the_days_of_rest, learning_setup, learning_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
