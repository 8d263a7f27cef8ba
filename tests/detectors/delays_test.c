/*
 * News that comes late: counted, and held against the silence that it makes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "detectors/baseline/baseline.h"
#include "detectors/journey/history.h"
#include "detectors/stats/delay.h"
#include "tests/harness/learning.h"
#include "tests/harness/network.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <string.h>

// One delay, counted once, by its hours: what the points beside it get.
static void
a_delay_goes_to_the_points_beside_it(void **state)
{
    static const struct
    {
        double hours, before, part;  // the point before, and the share of the one after it
    } rows[] = {
        {.1, 0, 0}, {1.5, 0, 0}, {5.2, 2, 7. / 8}, {12.5, 12, 1. / 24}, {60.5, 48, 25. / 48}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double by_bin[BIN_COUNT] = {0}, counts[DELAY_POINTS + 1];

        by_bin[bin_of(rows[i].hours)] = 1;
        delay_counts(by_bin, counts);
        assert_close(counts[0], rows[i].before == 0, 1e-12);
        for (int k = 0; k < DELAY_POINTS; k++) {
            const bool before = DELAY_HOURS[k] == rows[i].before;
            const bool after = k > 0 && DELAY_HOURS[k - 1] == rows[i].before;

            assert_close(counts[k + 1],
                before  ? 1 - rows[i].part
                : after ? rows[i].part
                        : 0,
                1e-12);
        }
    }
}

static void
what_was_loaded_later_is_no_delay(void **state)
{
    double by_bin[BIN_COUNT] = {0}, counts[DELAY_POINTS + 1];

    (void)state;
    by_bin[bin_of(DELAY_HOURS_MAX)] = 7;
    by_bin[BIN_COUNT - 1] = 7;
    delay_counts(by_bin, counts);
    for (int k = 0; k <= DELAY_POINTS; k++)
        assert_true(counts[k] == 0);
}

// A parcel that is accepted, leaves a hub and is delivered, 10 h apart, each scan known so many hours later; UNSAID where the
// source does not say.
#define UNSAID (-1)

static Shipment
parcel(Arena *arena, Instant created, const int64_t known_after[3])
{
    static const Milestone steps[] = {
        MILESTONE_ACCEPTED, MILESTONE_IN_TRANSIT, MILESTONE_DELIVERED};
    Scan *const scans = ARENA_ARRAY(arena, Scan, 3);
    Shipment shipment = history_blank();

    for (int i = 0; i < 3; i++) {
        scans[i] = history_scan(created + (i + 1) * 10 * HOUR, steps[i]);
        if (known_after[i] != UNSAID)
            scans[i].recorded_at = scans[i].occurred_at + known_after[i] * HOUR;
    }
    shipment.carrier = "alpha";
    shipment.created_at = created;
    shipment.scans = scans;
    shipment.scan_count = 3;
    return shipment;
}

// Of a measure's gaps from a milestone: in which hour of delay the one parcel was counted; -1 when in none.
static int
delay_counted(const Learned *learned, Measure measure, Milestone from)
{
    for (size_t i = 0; i < learned->cohort_count; i++) {
        const Cohort *const cohort = &learned->cohorts[i];

        if (cohort->kind != COHORT_DELAY || cohort->measure != measure ||
            cohort->stage != (Stage)from)
            continue;
        assert_int_equal(cohort->bin_count, 1);
        assert_string_equal(cohort->carrier, "alpha");
        assert_string_equal(cohort->service, "");
        return (int)floor(bin_edge(cohort->bins[0]));
    }
    return -1;
}

// The end of a gap is known when that scan is, or any later one; that of the way also when the parcel was seen on it.
static void
a_gap_is_over_when_anything_later_is_known(void **state)
{
    Learning *const f = *state;
    static const struct
    {
        const char *label;
        int64_t known_after[3];  // hours
        int accepted, transit;   // delays of the moves that begin there
        int arrival;             // and of the presentation, from acceptance
    } rows[] = {
        {"at once", {0, 0, 0}, 0, 0, 0},
        {"nothing is said", {UNSAID, UNSAID, UNSAID}, -1, -1, -1},
        {"nothing is said of the last one", {0, 5, UNSAID}, 5, -1, -1},
        {"each five hours", {5, 5, 5}, 5, 5, 0},
        {"the hub is told by the delivery", {0, 50, 1}, 11, 1, 1},
        {"the delivery comes late", {0, 2, 70}, 2, 70, 0},
        {"both come late", {0, 70, 70}, 70, 70, 60},
        {"the start's own delay is no matter", {90, 0, 0}, 0, 0, 0},
        {"loaded later", {500, 500, 500}, -1, -1, -1},
        {"the delivery is not known yet", {0, 0, 24 * 40}, 0, -1, -1},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const Shipment one = parcel(f->arena, f->plan.as_of - 30 * HOURS_24, rows[i].known_after);
        const Learned *const sums = learning_sums(f, learning_clocks(f, &one, 1), &one, 1);

        if (delay_counted(sums, MEASURE_MOVE, MILESTONE_ACCEPTED) != rows[i].accepted ||
            delay_counted(sums, MEASURE_MOVE, MILESTONE_IN_TRANSIT) != rows[i].transit ||
            delay_counted(sums, MEASURE_ARRIVE, MILESTONE_ACCEPTED) != rows[i].arrival)
            fail_msg("%s", rows[i].label);
    }
}

// The network with a carrier that reports one scan in twenty 12 to 60 hours later.
static Shipment
reported_late(Arena *arena, Dice *dice, Instant created)
{
    Shipment shipment = network_shipment(arena, dice, created);
    Scan *const scans = ARENA_ARRAY(arena, Scan, shipment.scan_count);

    for (size_t i = 0; i < shipment.scan_count; i++) {
        scans[i] = shipment.scans[i];
        scans[i].recorded_at = scans[i].occurred_at;
        if (dice_below(dice, 20) == 0)
            scans[i].recorded_at += (12 * 60 + dice_below(dice, 48 * 60)) * MINUTE;
    }
    shipment.scans = scans;
    return shipment;
}

enum
{
    LEARNED = 20000,
    JUDGED = 20000,
    BINS = 5,
};

static const Baselines *
learn_late_news(Learning *f)
{
    Shipment *const all = ARENA_ARRAY(f->arena, Shipment, LEARNED);
    Dice dice = {60};

    for (size_t i = 0; i < LEARNED; i++)
        all[i] = reported_late(f->arena, &dice,
            f->plan.as_of - (Instant)((double)(60 * HOURS_24) * (double)(i + 1) / (LEARNED + 1)));
    return baselines_fit(
        f->arena, learning_sums(f, learning_clocks(f, all, LEARNED), all, LEARNED), &f->plan);
}

typedef struct Claims
{
    double claimed[BINS], happened[BINS], seen[BINS];
} Claims;

static void
claim(Claims *claims, double probability, bool happened)
{
    const int bin = (int)fmin(probability * BINS, BINS - 1);

    claims->claimed[bin] += probability;
    claims->happened[bin] += happened;
    claims->seen[bin]++;
}

static void
assert_claims_come_true(const Claims *claims)
{
    for (int bin = 0; bin < BINS; bin++)
        if (claims->seen[bin] > 100) {
            const double share = claims->happened[bin] / claims->seen[bin];
            const double stated = claims->claimed[bin] / claims->seen[bin];
            const double noise = 3 * sqrt(fmax(stated * (1 - stated), .01) / claims->seen[bin]);

            assert_close(share, stated, .03 + noise);
        }
}

// Parcels that nobody knows to be delivered, looked at once each at a random hour. Some are, and some have left the hub.
static void
what_is_claimed_comes_true_though_news_comes_late(void **state)
{
    Learning *const f = *state;
    const Baselines *const baselines = learn_late_news(f);
    Claims late = {0}, lost = {0};
    double delivered_unknown = 0;
    Dice dice = {2718};

    for (int i = 0; i < JUDGED; i++) {
        Shipment shipment = reported_late(f->arena, &dice, f->plan.as_of);
        const Instant look = f->plan.as_of + dice_below(&dice, 140 * 60) * MINUTE;
        const bool delivered = shipment.scan_count == 4;
        const Instant end = delivered ? shipment.scans[3].occurred_at : INT64_MAX;

        if (delivered && shipment.scans[3].recorded_at <= look)
            continue;
        shipment.promised_at = look + (1 + dice_below(&dice, 40)) * HOUR;

        const Judgement said = baselines_judge(baselines, &shipment, look, NULL, f->arena);

        claim(&late, said.p_late, end > shipment.promised_at);
        claim(&lost, said.p_lost, !delivered);
        delivered_unknown += end <= look;
    }
    assert_true(delivered_unknown > 150);
    assert_true(late.seen[BINS - 1] > 100 && lost.seen[BINS - 1] > 100);
    assert_claims_come_true(&late);
    assert_claims_come_true(&lost);
}

// Whoever is out for delivery for two days is delivered, most likely, when one delivery in twenty is reported so late; after
// five days nothing is left to be reported.
static void
silence_says_less_while_news_may_come(void **state)
{
    Learning *const f = *state;
    const Baselines *const baselines = learn_late_news(f);
    const Scan scan = history_scan(f->plan.as_of - 6 * HOUR, MILESTONE_OUT_FOR_DELIVERY);
    Shipment shipment = history_blank();

    shipment.carrier = "swift";
    shipment.service = "home";
    shipment.created_at = f->plan.as_of - 40 * HOUR;
    shipment.scans = &scan;
    shipment.scan_count = 1;

    const Judgement waits =
        baselines_judge(baselines, &shipment, f->plan.as_of + 34 * HOUR, NULL, f->arena);
    const Judgement silent =
        baselines_judge(baselines, &shipment, f->plan.as_of + 150 * HOUR, NULL, f->arena);

    assert_true(waits.p_lost < .1 && waits.silence_p_value > .01);
    assert_true(silent.p_lost > .3 && silent.silence_p_value < 1e-3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delay_goes_to_the_points_beside_it),
        cmocka_unit_test(what_was_loaded_later_is_no_delay),
        cmocka_unit_test_setup_teardown(
            a_gap_is_over_when_anything_later_is_known, learning_setup, learning_teardown),
        cmocka_unit_test_setup_teardown(
            what_is_claimed_comes_true_though_news_comes_late, learning_setup, learning_teardown),
        cmocka_unit_test_setup_teardown(
            silence_says_less_while_news_may_come, learning_setup, learning_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
