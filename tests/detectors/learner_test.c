/*
 * Learning is counting: the sums must not depend on who counted what.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/baseline/clocks.h"
#include "detectors/baseline/learner.h"
#include "detectors/journey/history.h"
#include "detectors/stats/bins.h"
#include "tests/harness/histories.h"
#include "tests/harness/learning.h"

#include <math.h>
#include <string.h>

// Who counts a shipment: anybody, or with odd seeds only the last one, so that the others have nothing to merge into.
static size_t
worker_of(uint64_t seed, size_t workers, Dice *dice)
{
    return seed % 2 != 0 ? workers - 1 : (size_t)dice_below(dice, (int64_t)workers);
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
            learner_add(learners[worker_of(seed, workers, &dice)], &all[count - 1 - i]);
        for (size_t w = workers; w-- > 1;)
            learner_merge(learners[w - 1], learners[w]);

        assert_true(learned_equal(learner_finish(f->arena, learners[0]),
            learning_sums(f, learning_clocks(f, all, count), all, count)));
    }
}

static const Cohort *
cohort_of(const Learned *learned, CohortKind kind, Measure measure, Milestone milestone, int part)
{
    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        if (cohort->kind == kind && cohort->measure == measure &&
            cohort->stage == (Stage)milestone && (part < 0 || cohort->part == part))
            return cohort;
    }
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
    const Cohort *const next =
        cohort_of(learned, COHORT_NEXT, MEASURE_MOVE, MILESTONE_ACCEPTED, MILESTONE_DELIVERED);
    const CohortDay *ripe = NULL;

    for (size_t i = 0; i < learned->day_count; i++)
        if (learned->days[i].measure == MEASURE_MOVE &&
            learned->days[i].stage == MILESTONE_ACCEPTED)
            ripe = &learned->days[i];

    // Days are not forgotten: 1024 a parcel. The gap's own weight is 1024 x 2^(-26/20) = 415.87: summer time
    // began meanwhile, so it started on the 26th day before.
    assert_non_null(ripe);
    assert_int_equal(ripe->day, zone_day(f->plan.zone, start));
    assert_int_equal(ripe->closed, 1024);
    assert_int_equal(ripe->open, 1024);
    assert_non_null(next);
    assert_int_equal(next->ended[0], 416);
    assert_int_equal(
        learned->clocks[0].events[DAY_WORKING] + learned->clocks[0].events[DAY_SATURDAY] +
            learned->clocks[0].events[DAY_SUNDAY] + learned->clocks[0].events[DAY_HOLIDAY],
        2);
    // The one that closed did so 24 days ago; the other is watched to this day, and stood somewhere 14 days before.
    assert_int_equal(
        cohort_of(learned, COHORT_RECENT, MEASURE_MOVE, MILESTONE_ACCEPTED, -1)->waited[0], 1024);
    assert_int_equal(
        cohort_of(learned, COHORT_RECENT, MEASURE_MOVE, MILESTONE_ACCEPTED, -1)->ended[0], 0);
    assert_int_equal(
        cohort_of(learned, COHORT_EARLIER, MEASURE_MOVE, MILESTONE_ACCEPTED, -1)->waited[0], 1024);
}

// What a learner may keep for good: journeys that were over, or cancelled, more than a fortnight before.
static void
what_is_settled_counts_the_same_ever_after(void **state)
{
    Learning *const f = *state;
    const LearnPlan now = f->plan;
    LearnPlan later = f->plan;
    Dice dice = {4};
    const size_t count = 400;
    const Shipment *const all = histories_random(f->arena, &dice, count, f->plan.as_of, 58);
    const OperatingClocks *const clocks = learning_clocks(f, all, count);
    const Learned *whole, *again, *rest;
    size_t settled_count = 0;

    later.as_of += 5 * HOURS_24;

    Learner *const settled = learner_create(f->arena, &now, clocks);
    Learner *const fresh = learner_create(f->arena, &now, clocks);
    Learner *const settled_later = learner_create(f->arena, &later, clocks);
    Learner *const every = learner_create(f->arena, &now, clocks);

    for (size_t i = 0; i < count; i++) {
        const bool over = learner_is_settled(settled, &all[i]);

        settled_count += over;
        learner_add(over ? settled : fresh, &all[i]);
        learner_add(every, &all[i]);
        if (over) {
            assert_true(learner_is_settled(settled_later, &all[i]));
            learner_add(settled_later, &all[i]);
        }
    }
    assert_in_range(settled_count, 50, 350);

    const Learned *const part = learner_finish(f->arena, settled);

    assert_true(learned_combine(f->arena, part, learner_finish(f->arena, fresh), 1, &whole));
    assert_true(learned_equal(whole, learner_finish(f->arena, every)));

    // Five nights later the same shipments count the same, to the last bit.
    Learned same = *learner_finish(f->arena, settled_later);

    same.as_of = now.as_of;
    assert_true(learned_equal(part, &same));

    // And they can be taken out again, once.
    assert_true(learned_combine(f->arena, whole, part, -1, &rest));
    assert_true(learned_equal(rest, learner_finish(f->arena, fresh)));
    assert_false(learned_combine(f->arena, rest, part, -1, &again));
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
    assert_int_equal(learned->day_count, 0);
    assert_int_equal(learned->clock_count, 0);
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
            what_is_settled_counts_the_same_ever_after, learning_setup, learning_teardown),
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
