/*
 * Judgements of a network whose habits are known (tests/harness/network.h): what can be reckoned by hand is compared with
 * that, the rest with what happens to parcels the baselines have not seen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "detectors/baseline/baseline.h"
#include "detectors/journey/history.h"
#include "tests/harness/network.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <string.h>

typedef struct Fixture
{
    Arena *arena;
    const LearnPlan *plan;
    const Learned *learned;
    const Baselines *baselines;
} Fixture;

static int
setup(void **state)
{
    Arena *const arena = arena_create();
    Fixture *const f = ARENA_NEW(arena, Fixture);
    Instant monday = 0;

    instant_parse("2026-03-02T00:00:00+01:00", &monday);
    f->arena = arena;
    f->plan = network_plan(arena, monday);
    if (!f->plan)
        return -1;
    f->learned = network_learned(arena, f->plan, 20000);
    f->baselines = baselines_fit(arena, f->learned, f->plan);
    *state = f;
    return 0;
}

static int
teardown(void **state)
{
    arena_destroy(((Fixture *)*state)->arena);
    return 0;
}

static Shipment
labelled(Instant at)
{
    Shipment shipment = history_blank();

    shipment.carrier = "swift";
    shipment.service = "home";
    shipment.origin_zone = "north";
    shipment.destination_zone = "south";
    shipment.created_at = at;
    return shipment;
}

static void
normal_times_are_those_of_the_network(void **state)
{
    const Fixture *const f = *state;
    const Scan scan = history_scan(f->plan->as_of, MILESTONE_IN_TRANSIT);
    Shipment shipment = labelled(f->plan->as_of - 40 * HOUR);
    BaselinePoint points[4];

    shipment.scans = &scan;
    shipment.scan_count = 1;
    assert_int_equal(baselines_normal(f->baselines, &shipment, f->plan->as_of, points), 4);
    // evenly spread over 10 to 40 h, but for one in a hundred
    assert_true(fabs(points[0].hours - 13) < .7);
    assert_true(fabs(points[1].hours - 25) < .7);
    assert_true(fabs(points[2].hours - 37.3) < .7);
    assert_true(points[3].moved == .99 && points[3].hours > 39);

    const Instant look = f->plan->as_of + 12 * HOUR;
    Judgement judgement = baselines_judge(f->baselines, &shipment, look, NULL, f->arena);

    baselines_describe(f->baselines, &shipment, look, &judgement, f->arena);

    assert_string_equal(judgement.segment, "swift / home / north>south / in_transit");
    assert_string_equal(judgement.abstained, "");
    assert_true(judgement.segment_weight > 10000 && judgement.segment_weight < 16000);
    assert_true(judgement.silence_hours == 12);
    assert_true(isnan(judgement.p_late));  // nothing was promised
    // to the door: 13 to 53 h from the hub, given that 12 h have passed
    assert_true(llabs(judgement.expected_low - (f->plan->as_of + 21 * HOUR)) < 3 * HOUR);
    assert_true(llabs(judgement.expected_high - (f->plan->as_of + 45 * HOUR)) < 3 * HOUR);
}

// New parcels, looked at once each at a random hour of their life, with a random promise. What is claimed must come true
// as often as it is claimed.
static void
probabilities_come_true(void **state)
{
    const Fixture *const f = *state;
    Dice dice = {31415};
    double claimed[10] = {0}, happened[10] = {0}, seen[10] = {0};
    double lost_claimed = 0, lost_happened = 0, in_range = 0, arrived = 0;

    for (int i = 0; i < 20000; i++) {
        Shipment shipment = network_shipment(f->arena, &dice, f->plan->as_of);
        const Instant look = f->plan->as_of + dice_below(&dice, 90 * 60) * MINUTE;
        const bool delivered = shipment.scan_count == 4;
        const Instant end = delivered ? shipment.scans[3].occurred_at : INT64_MAX;

        shipment.promised_at = look + (1 + dice_below(&dice, 60)) * HOUR;
        if (end <= look)
            continue;

        Judgement judgement = baselines_judge(f->baselines, &shipment, look, NULL, f->arena);
        const int bin = (int)fmin(judgement.p_late * 10, 9);

        baselines_describe(f->baselines, &shipment, look, &judgement, f->arena);
        assert_true(judgement.p_late >= 0 && judgement.p_late <= 1);
        claimed[bin] += judgement.p_late;
        happened[bin] += end > shipment.promised_at;
        seen[bin]++;
        lost_claimed += judgement.p_lost;
        lost_happened += !delivered;
        if (delivered) {
            arrived++;
            in_range += end >= judgement.expected_low && end <= judgement.expected_high;
        }
    }
    for (int bin = 0; bin < 10; bin++)
        if (seen[bin] > 300) {
            const double noise = 3 * sqrt(.25 / seen[bin]);

            assert_close(happened[bin] / seen[bin], claimed[bin] / seen[bin], .02 + noise);
        }
    assert_close(lost_happened / lost_claimed, 1, .2);
    assert_close(in_range / arrived, .8, .05);
}

static void
silence_makes_loss_likelier_and_delivery_later(void **state)
{
    const Fixture *const f = *state;
    const Scan scan = history_scan(f->plan->as_of, MILESTONE_IN_TRANSIT);
    Shipment shipment = labelled(f->plan->as_of - 40 * HOUR);
    Judgement before = {.silence_p_value = 1};

    shipment.scans = &scan;
    shipment.scan_count = 1;
    shipment.promised_at = f->plan->as_of + 60 * HOUR;
    for (int hour = 1; hour < 1500; hour += hour < 60 ? 1 : 48) {
        Judgement now =
            baselines_judge(f->baselines, &shipment, f->plan->as_of + hour * HOUR, NULL, f->arena);

        baselines_describe(f->baselines, &shipment, f->plan->as_of + hour * HOUR, &now, f->arena);

        assert_true(now.p_lost >= before.p_lost - 1e-12);
        assert_true(now.silence_p_value <= before.silence_p_value + 1e-12);
        assert_true(now.p_late >= before.p_late - 1e-3);
        assert_true(now.expected_low == INSTANT_NONE || now.expected_low >= before.expected_low ||
                    before.expected_low == INSTANT_NONE);
        before = now;
    }
    assert_true(before.p_lost > .99);
    assert_true(before.p_late == 1);
}

static void
the_same_sums_give_the_same_judgement(void **state)
{
    const Fixture *const f = *state;
    const Baselines *const again = baselines_fit(f->arena, f->learned, f->plan);
    Dice dice = {8};

    for (int i = 0; i < 300; i++) {
        Shipment shipment = network_shipment(f->arena, &dice, f->plan->as_of - 60 * HOUR);

        shipment.promised_at = f->plan->as_of + 30 * HOUR;

        const Judgement a =
            baselines_judge(f->baselines, &shipment, f->plan->as_of, NULL, f->arena);
        const Judgement b = baselines_judge(again, &shipment, f->plan->as_of, NULL, f->arena);

        assert_memory_equal(&a.p_late, &b.p_late, sizeof a.p_late);
        assert_memory_equal(&a.p_lost, &b.p_lost, sizeof a.p_lost);
        assert_true(a.expected_high == b.expected_high);
    }
}

static void
presented_parcels_are_late_or_not_but_not_at_risk(void **state)
{
    const Fixture *const f = *state;
    const Instant start = f->plan->as_of;
    const Scan scans[] = {history_scan(start + 10 * HOUR, MILESTONE_OUT_FOR_DELIVERY),
        history_scan(start + 20 * HOUR, MILESTONE_ATTEMPT_FAILED)};
    Shipment shipment = labelled(start);

    shipment.scans = scans;
    shipment.scan_count = 2;
    shipment.promised_at = start + 20 * HOUR;
    assert_true(
        baselines_judge(f->baselines, &shipment, start + 30 * HOUR, NULL, f->arena).p_late == 0);
    shipment.promised_at = start + 19 * HOUR;
    assert_true(
        baselines_judge(f->baselines, &shipment, start + 30 * HOUR, NULL, f->arena).p_late == 1);
}

static void
without_history_it_abstains_in_words(void **state)
{
    const Fixture *const f = *state;
    const Learned nothing = {.as_of = f->plan->as_of};
    const Baselines *const empty = baselines_fit(f->arena, &nothing, f->plan);
    const Scan scan = history_scan(f->plan->as_of - HOUR, MILESTONE_IN_TRANSIT);
    Shipment shipment = labelled(f->plan->as_of - 40 * HOUR);
    BaselinePoint points[4];

    shipment.scans = &scan;
    shipment.scan_count = 1;
    shipment.promised_at = f->plan->as_of + 60 * HOUR;

    Judgement judgement = baselines_judge(empty, &shipment, f->plan->as_of, NULL, f->arena);

    baselines_describe(empty, &shipment, f->plan->as_of, &judgement, f->arena);
    assert_string_equal(
        judgement.abstained, "too little history after \"in transit\": 0 of the 30 events needed");
    assert_true(isnan(judgement.p_lost) && isnan(judgement.p_late));
    assert_true(isnan(judgement.silence_p_value) && isnan(judgement.typical_hours));
    assert_true(judgement.expected_low == INSTANT_NONE);
    assert_string_equal(judgement.segment, "all carriers / in_transit");
    assert_int_equal(baselines_normal(empty, &shipment, f->plan->as_of, points), 0);
    assert_true(baselines_closing_a_night(empty) == 0);
    // that the promise has passed is a fact
    assert_true(
        baselines_judge(empty, &shipment, f->plan->as_of + 90 * HOUR, NULL, f->arena).p_late == 1);
}

// Few parcels, all waiting, or one: never a number out of nothing.
static void
thin_histories_abstain(void **state)
{
    const Fixture *const f = *state;

    for (size_t count = 1; count <= 12; count += 11) {
        const Learned *const thin = network_learned(f->arena, f->plan, count);
        const Baselines *const baselines = baselines_fit(f->arena, thin, f->plan);
        const Shipment shipment = labelled(f->plan->as_of - 10 * HOUR);
        const Judgement judgement =
            baselines_judge(baselines, &shipment, f->plan->as_of, NULL, f->arena);

        assert_true(isnan(judgement.p_lost));
        assert_false(text_is_empty(judgement.abstained));
    }
}

static void
absurd_times_do_no_harm(void **state)
{
    const Fixture *const f = *state;
    const Instant created[] = {
        0, f->plan->as_of - 20 * 366 * HOURS_24, f->plan->as_of, f->plan->as_of + 900 * HOURS_24};
    const Instant looks[] = {0, f->plan->as_of, f->plan->as_of + 60 * 366 * HOURS_24};
    const Instant promises[] = {INSTANT_NONE, 0, f->plan->as_of + 1, f->plan->as_of + 100 * HOUR,
        f->plan->as_of + 170 * 366 * HOURS_24};

    for (size_t c = 0; c < 4; c++)
        for (size_t l = 0; l < 3; l++)
            for (size_t p = 0; p < 5; p++) {
                const Scan scans[] = {history_scan(created[c] + HOUR, MILESTONE_IN_TRANSIT),
                    history_scan(f->plan->as_of + 70 * 366 * HOURS_24, MILESTONE_DELIVERED)};
                Shipment shipment = labelled(created[c]);

                shipment.scans = scans;
                shipment.scan_count = 2;
                shipment.promised_at = promises[p];

                const Judgement judgement =
                    baselines_judge(f->baselines, &shipment, looks[l], NULL, f->arena);

                assert_true(judgement.p_lost >= 0 && judgement.p_lost <= 1);
                assert_true(promises[p] == INSTANT_NONE
                                ? isnan(judgement.p_late)
                                : judgement.p_late >= 0 && judgement.p_late <= 1);
                assert_true(judgement.silence_hours >= 0);
            }
}

// Nine lanes of one service, from 7 to 14 h on the nearest up to 15 to 30 h on the farthest. 99 of 100 have moved by the
// end of their own range, not of the service's.
static void
lanes_are_told_apart(void **state)
{
    const Fixture *const f = *state;
    enum
    {
        COUNT = 9000
    };
    Shipment *const shipments = ARENA_ARRAY(f->arena, Shipment, COUNT);
    ClockCounter *const counter = clock_counter_create(f->arena, f->plan);
    Dice dice = {77};

    for (int i = 0; i < COUNT; i++) {
        Scan *const scan = ARENA_NEW(f->arena, Scan);
        const int64_t minutes = (7 + i % 9) * (60 + dice_below(&dice, 60));

        shipments[i] = labelled(f->plan->as_of - (100 + dice_below(&dice, 1000)) * HOUR);
        shipments[i].destination_zone = arena_printf(f->arena, "zone %d", i % 9);
        *scan = history_scan(shipments[i].created_at + minutes * MINUTE, MILESTONE_ACCEPTED);
        shipments[i].scans = scan;
        shipments[i].scan_count = 1;
        clock_counter_add(counter, &shipments[i]);
    }

    Learner *const learner =
        learner_create(f->arena, f->plan, clock_counter_finish(f->arena, counter));

    for (size_t i = 0; i < COUNT; i++)
        learner_add(learner, &shipments[i]);

    const Baselines *const baselines =
        baselines_fit(f->arena, learner_finish(f->arena, learner), f->plan);
    Shipment shipment = labelled(f->plan->as_of - HOUR);
    Judgement judgement = {0};

    for (int zone = 0; zone < 9; zone++) {
        shipment.destination_zone = arena_printf(f->arena, "zone %d", zone);
        baselines_describe(baselines, &shipment, f->plan->as_of, &judgement, f->arena);
        assert_true(fabs(judgement.typical_hours / (14 + 2 * zone) - 1) < .1);
    }
    shipment.destination_zone = "never seen";
    baselines_describe(baselines, &shipment, f->plan->as_of, &judgement, f->arena);
    assert_string_equal(judgement.segment, "swift / home / announced");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_times_are_those_of_the_network),
        cmocka_unit_test(probabilities_come_true),
        cmocka_unit_test(silence_makes_loss_likelier_and_delivery_later),
        cmocka_unit_test(the_same_sums_give_the_same_judgement),
        cmocka_unit_test(presented_parcels_are_late_or_not_but_not_at_risk),
        cmocka_unit_test(without_history_it_abstains_in_words),
        cmocka_unit_test(thin_histories_abstain),
        cmocka_unit_test(absurd_times_do_no_harm),
        cmocka_unit_test(lanes_are_told_apart),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
