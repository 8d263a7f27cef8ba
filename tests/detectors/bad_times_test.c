/*
 * Clocks that change, months that begin, weekends of three days: through learning, fitting and judging.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "detectors/baseline/days.h"
#include "detectors/stats/bins.h"
#include "tests/harness/sound.h"
#include "tests/harness/worlds.h"

#include <math.h>

// The first hour of a month has a landmark half an hour old, and no clocks: what was learned is what it would be anyway.
static void
the_first_hour_of_a_month_learns(void **state)
{
    Learning *const f = *state;

    f->plan.as_of = learning_instant("2026-04-30T22:30:00Z");
    f->plan.landmark = learn_landmark(f->plan.zone, f->plan.as_of);
    assert_int_equal(f->plan.landmark, learning_instant("2026-04-30T22:00:00Z"));

    Shipment all[2] = {world_parcel(f->plan.landmark), world_parcel(f->plan.landmark - 1)};
    const Learned *const learned = learning_sums(f, learning_clocks(f, NULL, 0), all, 2);

    assert_int_equal(learned->clock_count, 0);
    assert_int_equal(learned->gaps, 4);  // each for the next scan and for presentation
    for (size_t i = 0; i < learned->cohort_count; i++)
        if (learned->cohorts[i].kind == COHORT_SERVICE) {
            assert_true(learned->cohorts[i].bin_count >= 1);
            // today 1024, yesterday 1024 x 2^(-1/20) = 989.1
            assert_true(
                learned->cohorts[i].waited[0] == 1024 || learned->cohorts[i].waited[0] == 989);
        }
    sound_judge_all(f, baselines_fit(f->arena, learned, &f->plan), "the first hour of a month");
}

// Months that begin when clocks change, days that begin at one o'clock, days that do not exist.
static void
landmarks_are_first_instants_of_months(void **state)
{
    static const char *const zones[] = {"UTC", "Europe/Paris", "America/New_York",
        "America/Asuncion", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe",
        "Africa/Cairo"};
    Learning *const f = *state;
    Err err = {0};

    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        const Zone *const zone = zone_load(f->arena, zones[z], &err);
        Instant before = INSTANT_NONE;

        assert_non_null(zone);
        for (int month = 0; month < 12 * 30; month++) {
            const Day first = day_from_civil(2005 + month / 12, 1 + month % 12, 1);
            const Instant landmark = learn_landmark(zone, zone_day_start(zone, first));

            assert_int_equal(zone_day(zone, landmark), first);
            assert_true(zone_day(zone, landmark - 1) < first);
            assert_int_equal(learn_landmark(zone, landmark), landmark);
            assert_int_equal(
                learn_landmark(zone, zone_day_start(zone, first + 27) + HOURS_24 - 1), landmark);
            if (before != INSTANT_NONE)
                assert_int_equal(learn_landmark(zone, landmark - 1), before);
            before = landmark;
        }
    }
}

// The window reaches back whole days of 24 h from the landmark, whatever clocks did since; no gap falls out of its days.
static void
windows_reach_over_changes_of_clocks(void **state)
{
    static const char *const looks[] = {"2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z",
        "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-03-31T21:59:59Z",
        "2026-10-31T22:59:59Z", "2026-12-31T23:30:00Z"};
    Learning *const f = *state;

    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        for (int32_t window = 14; window <= 400; window += 193) {
            f->plan.as_of = learning_instant(looks[i]);
            f->plan.landmark = learn_landmark(f->plan.zone, f->plan.as_of);
            f->plan.window_days = window;

            const Instant from = learn_from(&f->plan);
            Shipment edge[3] = {
                world_parcel(from), world_parcel(f->plan.as_of), world_parcel(from - 26 * HOUR)};
            const Learned *const learned = learning_sums(f, learning_clocks(f, edge, 3), edge, 3);

            assert_int_equal(f->plan.landmark - from, window * HOURS_24);
            assert_int_equal(learned->gaps, 4);
        }
}

// The bin in which the waits of one stage ended.
static int
bin_ended(const Learned *learned, Milestone milestone)
{
    for (size_t k = 0; k < learned->cohort_count; k++) {
        const Cohort *const cohort = &learned->cohorts[k];

        if (cohort->kind == COHORT_SERVICE && cohort->measure == MEASURE_MOVE &&
            cohort->stage == (Stage)milestone && cohort->bin_count == 1 && cohort->ended[0] > 0)
            return cohort->bins[0];
    }
    return -1;
}

// Real hours pass when clocks change: from Saturday 18:00 to Monday 08:00 it is 37 h in March, 39 in October.
static void
waits_over_changes_of_clocks_have_their_real_length(void **state)
{
    static const struct
    {
        const char *from, *to;
        double hours;
    } waits[] = {
        {"2026-03-28T18:00:00+01:00", "2026-03-30T08:00:00+02:00", 37},
        {"2026-03-21T18:00:00+01:00", "2026-03-23T08:00:00+01:00", 38},
        {"2025-10-25T18:00:00+02:00", "2025-10-27T08:00:00+01:00", 39},
    };
    Learning *const f = *state;

    f->plan.window_days = 400;
    for (size_t i = 0; i < 3; i++) {
        Scan scan;
        Shipment shipment = world_parcel(learning_instant(waits[i].from));

        world_scan(&shipment, &scan, learning_instant(waits[i].to), MILESTONE_ACCEPTED);
        shipment.scans = &scan;

        const Learned *const learned = learning_sums(f, learning_clocks(f, NULL, 0), &shipment, 1);

        assert_int_equal(bin_ended(learned, MILESTONE_ANNOUNCED), bin_of(waits[i].hours));

        const Judgement judgement = baselines_judge(baselines_fit(f->arena, learned, &f->plan),
            &shipment, learning_instant(waits[i].to) - 1, NULL, f->arena);

        assert_true(fabs(judgement.silence_hours - waits[i].hours) < 1e-6);
    }
}

// Accepted ten hours before its label was made: that wait was over at once, and the next began with the label.
static void
waits_of_negative_length_end_at_once(void **state)
{
    Learning *const f = *state;
    Scan scans[2];
    Shipment shipment = world_parcel(f->plan.as_of - 30 * HOUR);

    world_scan(&shipment, scans, shipment.created_at - 10 * HOUR, MILESTONE_ACCEPTED);
    world_scan(&shipment, scans, shipment.created_at + 5 * HOUR, MILESTONE_IN_TRANSIT);
    shipment.scans = scans;

    const Learned *const learned = learning_sums(f, learning_clocks(f, NULL, 0), &shipment, 1);

    assert_int_equal(bin_ended(learned, MILESTONE_ANNOUNCED), bin_of(0));
    assert_int_equal(bin_ended(learned, MILESTONE_ACCEPTED), bin_of(5));
}

// Quarter by quarter through the night in which clocks change, silence gets longer and says more, never less, and no hour is
// told twice.
static void
silence_grows_through_changes_of_clocks(void **state)
{
    static const char *const nights[] = {"2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"};
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);
    const Learned *const learned =
        learning_sums(f, learning_clocks(f, all, WORLD_PARCELS), all, WORLD_PARCELS);

    for (size_t n = 0; n < 2; n++) {
        const Instant start = learning_instant(nights[n]);
        LearnPlan plan = f->plan;
        Scan scan;
        Shipment shipment = world_parcel(start - HOUR);
        double p_value = 1;
        double lost = 0;

        plan.as_of = plan.landmark > start ? plan.landmark : start;
        world_scan(&shipment, &scan, start, MILESTONE_IN_TRANSIT);
        shipment.scans = &scan;
        plan.minimum_events = 1e-6;

        const Baselines *const baselines = baselines_fit(f->arena, learned, &plan);

        for (int quarter = 0; quarter < 4 * 36; quarter++) {
            const Instant at = start + quarter * (HOUR / 4);
            Judgement judgement = baselines_judge(baselines, &shipment, at, NULL, f->arena);

            baselines_describe(baselines, &shipment, at, &judgement, f->arena);
            sound_judgement(&judgement, &shipment, at, nights[n]);
            assert_true(fabs(judgement.silence_hours - quarter / 4.0) < 1e-9);
            assert_true(judgement.silence_p_value <= p_value);
            assert_true(judgement.p_lost >= lost - 1e-12);
            p_value = judgement.silence_p_value;
            lost = judgement.p_lost;
        }
    }
}

// Every minute of days of 23, 24 and 25 hours has a phase of its day; the hour lost or won is at the day's end.
static void
phases_of_short_and_long_days(void **state)
{
    static const struct
    {
        const char *noon;
        int hours, last, kind;
    } days[] = {{"2026-03-29T10:00:00Z", 23, 22, 5}, {"2026-03-28T11:00:00Z", 24, 23, 6},
        {"2026-10-25T11:00:00Z", 25, 23, 5}, {"2026-10-26T11:00:00Z", 24, 23, 4}};
    Learning *const f = *state;
    const OperatingDays *const table = days_of_plan(f->arena, &f->plan);

    for (size_t i = 0; i < 4; i++) {
        const Day day = zone_day(f->plan.zone, learning_instant(days[i].noon));
        const Instant start = zone_day_start(f->plan.zone, day);
        const Instant end = zone_day_start(f->plan.zone, day + 1);

        assert_int_equal((end - start) / HOUR, days[i].hours);
        for (Instant at = start; at < end; at += MINUTE) {
            const int phase = operating_stamp(table, at).phase;
            const int64_t hour = (at - start) / HOUR;

            assert_int_equal(phase / PHASE_HOURS, days[i].kind);
            assert_int_equal(phase % PHASE_HOURS, hour < 23 ? hour : 23);
        }
        assert_int_equal(operating_stamp(table, end - 1).phase % PHASE_HOURS, days[i].last);
        assert_int_equal(operating_stamp(table, end).phase % PHASE_HOURS, 0);
    }
}

// Parcels of a carrier that moves on Mondays to Fridays only, holidays excepted, after 6 to 25 hours of these.
static Shipment *
working_days(const Learning *f, size_t count)
{
    Shipment *const all = ARENA_ARRAY(f->arena, Shipment, count);
    Scan *const scans = ARENA_ARRAY(f->arena, Scan, 2 * count);

    for (size_t i = 0; i < count; i++) {
        Instant at = f->plan.as_of - 40 * HOURS_24 + (Instant)i * 3 * HOUR;

        all[i] = world_parcel(at);
        all[i].scans = &scans[2 * i];
        world_scan(&all[i], &scans[2 * i], at, MILESTONE_ACCEPTED);
        for (size_t wait = 6 + (i * 7) % 20; wait > 0; at += HOUR)
            wait -= calendar_day_class(f->plan.calendar, zone_day(f->plan.zone, at)) == DAY_WORKING;
        if (at <= f->plan.as_of)
            world_scan(&all[i], &scans[2 * i], at - MINUTE, MILESTONE_DELIVERED);
    }
    return all;
}

// Easter 2026: from Friday 18:00 to Monday 22:00 it is 76 h, six of them working ones. As many in a week that works are an
// eternity.
static void
three_day_weekends_are_no_silence(void **state)
{
    static const struct
    {
        const char *from, *to;
        bool silent;
    } waits[] = {
        {"2026-04-03T18:00:00+02:00", "2026-04-06T22:00:00+02:00", false},
        {"2026-04-10T18:00:00+02:00", "2026-04-13T22:00:00+02:00", true},
        {"2026-04-14T18:00:00+02:00", "2026-04-17T22:00:00+02:00", true},
    };
    Learning *const f = *state;
    const Shipment *const all = working_days(f, WORLD_PARCELS);
    const Baselines *const baselines = world_fit(f, all, WORLD_PARCELS);

    for (size_t i = 0; i < 3; i++) {
        Scan scan;
        Shipment shipment = world_parcel(learning_instant(waits[i].from));
        const Instant as_of = learning_instant(waits[i].to);

        world_scan(&shipment, &scan, shipment.created_at, MILESTONE_ACCEPTED);
        shipment.scans = &scan;

        Judgement judgement = baselines_judge(baselines, &shipment, as_of, NULL, f->arena);

        baselines_describe(baselines, &shipment, as_of, &judgement, f->arena);
        sound_judgement(&judgement, &shipment, as_of, waits[i].from);
        assert_true(fabs(judgement.silence_hours - 76) < 1e-9);
        if (waits[i].silent)
            assert_true(judgement.silence_p_value < .1);
        else
            assert_true(judgement.silence_p_value > .6);
    }
}

#define WITH_PLAN(test) cmocka_unit_test_setup_teardown(test, learning_setup, learning_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLAN(the_first_hour_of_a_month_learns),
        WITH_PLAN(landmarks_are_first_instants_of_months),
        WITH_PLAN(windows_reach_over_changes_of_clocks),
        WITH_PLAN(waits_over_changes_of_clocks_have_their_real_length),
        WITH_PLAN(waits_of_negative_length_end_at_once),
        WITH_PLAN(silence_grows_through_changes_of_clocks),
        WITH_PLAN(phases_of_short_and_long_days),
        WITH_PLAN(three_day_weekends_are_no_silence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
