/*
 * Every detector on untidy histories of all milestones, places, countries and carriers: what it says is in order and complete,
 * the same twice, and rests on nothing that was not known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/detector.h"
#include "detectors/journey/course.h"
#include "tests/harness/histories.h"
#include "tests/harness/network.h"

#include <math.h>
#include <string.h>

enum
{
    PARCELS = 20000,
    DAYS = 40,
};

static const Settings settings = {.detect = {.at_risk_probability = .5,
                                      .lost_probability = .8,
                                      .slow_share = .01,
                                      .customs_days = 5,
                                      .attempt_days = 2,
                                      .handoff_days = 3,
                                      .return_days = 10,
                                      .pickup_days = 7,
                                      .pickup_notice_days = 2,
                                      .dead_days = 3,
                                      .contradiction_hours = 24}};

static const char *
one_of(Dice *dice, const char *const *words, int64_t count)
{
    return words[dice_below(dice, count)];
}

static void
disturb(Dice *dice, Shipment *shipment, Scan *scans)
{
    static const char *const places[] = {"", "PAR", "LYS", "LIL", "FR"};
    static const char *const countries[] = {"", "FR", "DE", "RE", "FRANCE"};
    static const char *const carriers[] = {"", "", "", "alpha", "bpost"};

    shipment->scans = scans;
    shipment->origin_country = one_of(dice, countries, 5);
    shipment->destination_country = one_of(dice, countries, 5);
    for (size_t i = 0; i < shipment->scan_count; i++) {
        scans[i].milestone = (Milestone)dice_below(dice, MILESTONE_COUNT);
        scans[i].physical = milestone_is_physical(scans[i].milestone) && dice_below(dice, 9) > 0;
        scans[i].dead = !scans[i].physical && dice_below(dice, 4) == 0;
        scans[i].place = one_of(dice, places, 5);
        scans[i].country = one_of(dice, countries, 5);
        scans[i].carrier = one_of(dice, carriers, 5);
        if (dice_below(dice, 3) == 0)
            scans[i].recorded_at = scans[i].occurred_at + (dice_below(dice, 200) - 50) * HOUR;
    }
}

static size_t
inspect(const Night *night, const Baselines *baselines, const Shipment *shipment, Arena *arena,
    const Signal **signals)
{
    const History history = history_read(shipment, night->as_of);
    Judgement judgement = baselines_judge(baselines, shipment, night->as_of, NULL, arena);

    if (!history_is_open(&history))
        judgement.silence_p_value = judgement.p_lost = judgement.p_late = NAN;

    const size_t count = detectors_inspect(night, shipment, &history, &judgement, arena, signals);

    if (history.cancelled)
        assert_int_equal(count, 0);
    for (size_t i = 0; i < count; i++)
        assert_true(history.final < 0 || detector_of((*signals)[i].kind)->of_ended);
    return count;
}

static void
check(const Signal *signals, const Signal *again, size_t count, const Night *night, int64_t *seen)
{
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || signals[i].kind < signals[i - 1].kind);
        assert_true(signals[i].probability > 0 && signals[i].probability <= 1);
        assert_true(signals[i].since <= night->as_of);
        assert_true(strlen(signals[i].evidence) > 10);
        assert_null(strstr(signals[i].evidence, "nan"));
        assert_string_equal(signals[i].evidence, again[i].evidence);
        seen[signals[i].kind]++;
    }
}

// What becomes known later changes nothing: the same parcel, its unknown scans taken away.
static Shipment
as_known(Arena *arena, const Shipment *shipment, Instant as_of)
{
    Shipment known = *shipment;
    Scan *const scans = ARENA_ARRAY(arena, Scan, shipment->scan_count + 1);

    known.scans = scans;
    known.scan_count = 0;
    for (size_t i = 0; i < shipment->scan_count; i++)
        if (history_knows(&shipment->scans[i], as_of))
            scans[known.scan_count++] = shipment->scans[i];
    return known;
}

static void
untidy_histories_are_told_in_order(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Err err = {0};
    Problems problems = {.arena = arena};
    Dice dice = {71};
    Instant as_of;
    int64_t seen[CASE_KIND_COUNT] = {0};

    assert_true(instant_parse("2026-03-02T00:00:00+01:00", &as_of));

    const LearnPlan *const plan = network_plan(arena, as_of);
    const Baselines *const baselines =
        baselines_fit(arena, network_and_sea_learned(arena, plan, 2000), plan);
    const Night night = {.as_of = as_of - 5 * HOURS_24,
        .settings = &settings,
        .zone = plan->zone,
        .calendars = calendar_book_load(arena, plan->calendar, &problems, &err),
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err),
        .stuck_alpha = .01};
    Shipment *const shipments = histories_random(arena, &dice, PARCELS, as_of, DAYS);

    for (size_t i = 0; i < PARCELS; i++) {
        Arena *const batch = arena_create();
        const Signal *signals, *again;

        disturb(&dice, &shipments[i], (Scan *)(uintptr_t)shipments[i].scans);

        const Shipment known = as_known(batch, &shipments[i], night.as_of);
        const size_t count = inspect(&night, baselines, &shipments[i], batch, &signals);

        assert_int_equal(count, inspect(&night, baselines, &known, batch, &again));
        check(signals, again, count, &night, seen);
        arena_destroy(batch);
    }
    for (CaseKind kind = CASE_NONE + 1; kind < CASE_KIND_COUNT; kind++)
        if (seen[kind] == 0)
            fail_msg("no parcel was %s", case_kind_name(kind));
    arena_destroy(arena);
}

// By hand: two false alarms among 10,000 waits are one in 5,000; among 200 one in 100, and never more.
static void
stuck_is_what_few_do_however_small_the_merchant(void **state)
{
    (void)state;
    assert_true(fabs(stuck_alpha(2, 10000) - .0002) < 1e-12);
    assert_true(fabs(stuck_alpha(2, 200) - .01) < 1e-12);
    assert_true(fabs(stuck_alpha(2, 201) - .00995024875621890) < 1e-12);
    assert_true(stuck_alpha(2, 199) == .01 && stuck_alpha(2, .07) == .01);
    assert_true(stuck_alpha(10000, 0) == .01);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(untidy_histories_are_told_in_order),
        cmocka_unit_test(stuck_is_what_few_do_however_small_the_merchant)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
