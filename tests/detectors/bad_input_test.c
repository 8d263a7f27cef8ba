/*
 * What nobody wishes for: histories with nothing in them, with one parcel, with waits of no length or of years, with
 * scans in the future. Learned, fitted, judged and told, nothing may be NaN without a word, a silent zero or a crash.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "detectors/baseline/scorecard.h"
#include "detectors/judgement/normal.h"
#include "tests/harness/sound.h"
#include "tests/harness/worlds.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static void
no_world_breaks_a_number(void **state)
{
    Learning *const f = *state;

    for (size_t w = 0; w < WORLD_ROWS; w++) {
        const Shipment *const all = world_populate(f, world_rows[w].world, world_rows[w].parcels);
        const Baselines *const baselines = world_fit(f, all, world_rows[w].parcels);

        assert_true(isfinite(baselines_closing_a_night(baselines)));
        sound_judge_all(f, baselines, world_rows[w].name);
        sound_tell_all(f, baselines);
        for (size_t i = 0; i < world_rows[w].parcels; i += 37)
            if (all[i].created_at <= f->plan.as_of)
                sound_judge(f, baselines, &all[i], f->plan.as_of, NULL, world_rows[w].name);
    }
}

static void
no_world_breaks_incidents_or_scorecards(void **state)
{
    Learning *const f = *state;

    for (size_t w = 0; w < WORLD_ROWS; w++) {
        const size_t count = world_rows[w].parcels;
        const Shipment *const all = world_populate(f, world_rows[w].world, count);
        const Learned *const learned = learning_sums(f, learning_clocks(f, all, count), all, count);
        const Scorecards cards = scorecards_make(f->arena, learned, &f->plan);

        sound_incidents(f, baselines_fit(f->arena, learned, &f->plan), all, count);
        sound_cards(&cards);
    }
}

// One event is enough to speak, in the worlds where there is least to say; forgetting is fastest or slowest.
static void
no_world_breaks_a_number_where_little_is_asked(void **state)
{
    static const struct
    {
        int32_t half_life, window, horizon;
    } plans[] = {{1, 14, 1}, {3650, 3650, 365}};
    Learning *const f = *state;

    f->plan.minimum_events = 1;
    for (size_t p = 0; p < 2; p++)
        for (size_t w = 0; w < WORLD_ROWS; w++) {
            f->plan.half_life_days = f->plan.loss_half_life_days = plans[p].half_life;
            f->plan.window_days = plans[p].window;
            f->plan.loss_horizon_days = plans[p].horizon;
            f->plan.landmark = learn_landmark(f->plan.zone, f->plan.as_of);

            const Shipment *const all =
                world_populate(f, world_rows[w].world, world_rows[w].parcels);
            const Baselines *const baselines = world_fit(f, all, world_rows[w].parcels);

            sound_judge_all(f, baselines, world_rows[w].name);
            sound_tell_all(f, baselines);
        }
}

// A half-life of a day at the end of a month, and parcels that stand for a million: weights beyond what integers hold.
static void
weights_stay_within_bounds(void **state)
{
    Learning *const f = *state;

    f->plan.as_of = learning_instant("2026-03-31T22:00:00Z") - 1;
    f->plan.landmark = learn_landmark(f->plan.zone, f->plan.as_of);
    f->plan.half_life_days = f->plan.loss_half_life_days = 1;

    Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);

    for (size_t i = 0; i < WORLD_PARCELS; i++)
        all[i].sample_weight = 1e6;

    const Learned *const learned =
        learning_sums(f, learning_clocks(f, all, WORLD_PARCELS), all, WORLD_PARCELS);

    for (size_t i = 0; i < learned->cohort_count; i++)
        for (size_t k = 0; k < learned->cohorts[i].bin_count; k++) {
            assert_true(learned->cohorts[i].ended[k] >= 0);
            assert_true(learned->cohorts[i].waited[k] >= 0);
        }
    sound_judge_all(f, baselines_fit(f->arena, learned, &f->plan), "weights without bounds");
}

// Who stands for no number of parcels stands for itself.
static void
what_is_no_weight_counts_as_one(void **state)
{
    static const double weights[] = {NAN, -INFINITY, -3, -0.0, 0};
    Learning *const f = *state;
    Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);
    const OperatingClocks *const clocks = learning_clocks(f, all, WORLD_PARCELS);
    const Learned *const plain = learning_sums(f, clocks, all, WORLD_PARCELS);

    for (size_t w = 0; w < sizeof weights / sizeof weights[0]; w++) {
        for (size_t i = 0; i < WORLD_PARCELS; i++)
            all[i].sample_weight = i % 2 ? weights[w] : 1;
        assert_true(learned_equal(learning_sums(f, clocks, all, WORLD_PARCELS), plain));
    }
}

// A carrier of whom nothing was ever read is judged by all carriers, and that is said.
static void
a_carrier_first_seen_tonight_is_judged_as_all(void **state)
{
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);
    const Baselines *const baselines = world_fit(f, all, WORLD_PARCELS);
    Scan scans[WORLD_SCANS];
    Shipment stranger = world_parcel(f->plan.as_of - 40 * HOUR);

    world_go(&stranger, scans, stranger.created_at, 5, 2);
    stranger.carrier = "first seen tonight";
    stranger.scans = scans;
    stranger.promised_at = f->plan.as_of + 20 * HOUR;

    Judgement judgement = baselines_judge(baselines, &stranger, f->plan.as_of, NULL, f->arena);

    baselines_describe(baselines, &stranger, f->plan.as_of, &judgement, f->arena);
    assert_string_equal(judgement.segment, "all carriers / in_transit");
    assert_true(judgement.segment_weight > 50);
    assert_true(judgement.p_lost > 0 && judgement.p_lost < 1);
    assert_true(judgement.p_late > 0 && judgement.p_late < 1);
}

// As strange: a carrier that is known by tonight's labels alone.
static void
a_carrier_of_one_label_is_judged_as_all(void **state)
{
    Learning *const f = *state;
    Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);

    all[0] = world_parcel(f->plan.as_of - HOUR);
    all[0].carrier = "one label";

    const Baselines *const baselines = world_fit(f, all, WORLD_PARCELS);
    Judgement judgement = baselines_judge(baselines, &all[0], f->plan.as_of, NULL, f->arena);

    baselines_describe(baselines, &all[0], f->plan.as_of, &judgement, f->arena);
    assert_string_equal(judgement.segment, "all carriers / announced");
    assert_true(judgement.p_lost >= 0 && judgement.p_lost < .5);
    assert_true(judgement.typical_hours > 5 && judgement.typical_hours < 100);
}

// Hubs and vans, and never a presentation: losses can be told, lateness cannot, and that is said.
static void
without_presentations_lateness_abstains_in_words(void **state)
{
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_without_deliveries, WORLD_PARCELS);
    const Baselines *const baselines = world_fit(f, all, WORLD_PARCELS);
    Scan scan;
    Shipment shipment = world_parcel(f->plan.as_of - 3 * HOUR);

    world_scan(&shipment, &scan, shipment.created_at, MILESTONE_IN_TRANSIT);
    shipment.scans = &scan;

    Judgement judgement = baselines_judge(baselines, &shipment, f->plan.as_of, NULL, f->arena);

    assert_string_equal(judgement.abstained, "");  // nothing was promised
    shipment.promised_at = f->plan.as_of + 50 * HOUR;
    judgement = baselines_judge(baselines, &shipment, f->plan.as_of, NULL, f->arena);
    assert_true(isnan(judgement.p_late));
    assert_true(judgement.p_lost >= 0 && judgement.p_lost < 1);
    assert_string_equal(judgement.abstained,
        "too little history of presentations after \"in transit\" to tell lateness");
}

// A night before the first label knows nothing, and says so; no hour of it is counted.
static void
a_night_before_any_data_abstains(void **state)
{
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);

    f->plan.as_of -= 100 * HOURS_24;
    f->plan.landmark = learn_landmark(f->plan.zone, f->plan.as_of);

    const Learned *const learned =
        learning_sums(f, learning_clocks(f, all, WORLD_PARCELS), all, WORLD_PARCELS);
    const Baselines *const baselines = baselines_fit(f->arena, learned, &f->plan);
    const Judgement judgement =
        baselines_judge(baselines, &all[0], all[0].created_at + HOUR, NULL, f->arena);

    assert_int_equal(learned->day_count, 0);
    assert_int_equal(learned->gaps + learned->scans + learned->shipments, 0);
    assert_true(baselines_closing_a_night(baselines) == 0);
    assert_string_equal(
        judgement.abstained, "too little history after \"announced\": 0 of the 50 events needed");
    assert_true(isnan(judgement.p_lost));
}

// What was learned a year ago counts 2^(-365/20) of what it did. Nothing is said on the strength of that.
static void
sums_of_last_year_abstain(void **state)
{
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);
    const Learned *const learned =
        learning_sums(f, learning_clocks(f, all, WORLD_PARCELS), all, WORLD_PARCELS);
    const int32_t years[] = {1, 3, 100};  // the last one lies behind all that a double can count

    for (size_t i = 0; i < 3; i++) {
        LearnPlan later = f->plan;

        later.as_of += years[i] * 366 * HOURS_24;

        const Baselines *const baselines = baselines_fit(f->arena, learned, &later);
        const Shipment shipment = world_parcel(later.as_of - 9 * HOUR);
        Judgement judgement = baselines_judge(baselines, &shipment, later.as_of, NULL, f->arena);

        baselines_describe(baselines, &shipment, later.as_of, &judgement, f->arena);
        sound_judgement(&judgement, &shipment, later.as_of, "sums of last year");
        assert_non_null(strstr(judgement.abstained, "0 of the 50 events needed"));
        assert_true(isnan(judgement.p_lost));
    }
}

// 296 of 300 hubs are the fourth or a later one.
static void
a_parcel_that_goes_round_and_round_is_counted(void **state)
{
    enum
    {
        HUBS = 300
    };
    Learning *const f = *state;
    Scan *const scans = ARENA_ARRAY(f->arena, Scan, HUBS);
    Shipment shipment = world_parcel(f->plan.as_of - 301 * HOUR);
    int64_t events[STAGE_COUNT] = {0};

    for (int i = 0; i < HUBS; i++) {
        Shipment one = {.scan_count = 0};

        world_scan(&one, &scans[i], shipment.created_at + (i + 1) * HOUR, MILESTONE_IN_TRANSIT);
    }
    shipment.scans = scans;
    shipment.scan_count = HUBS;
    f->plan.half_life_days = 3650;

    const Learned *const learned = learning_sums(f, learning_clocks(f, &shipment, 1), &shipment, 1);

    for (size_t i = 0; i < learned->day_count; i++)
        if (learned->days[i].measure == MEASURE_MOVE)
            events[learned->days[i].stage] += learned->days[i].closed / COHORT_UNIT;
    assert_int_equal(events[MILESTONE_ANNOUNCED], 1);
    assert_int_equal(events[MILESTONE_IN_TRANSIT], 1);
    assert_int_equal(events[stage_of(MILESTONE_IN_TRANSIT, 2)], 1);
    assert_int_equal(events[stage_of(MILESTONE_IN_TRANSIT, 3)], 1);
    assert_int_equal(events[stage_of(MILESTONE_IN_TRANSIT, 4)], HUBS - 4);
    sound_judge_all(f, baselines_fit(f->arena, learned, &f->plan), "round and round");
}

static void
stages_stay_within_their_table(void **state)
{
    static const int counts[] = {-1, 0, 1, 2, 3, 4, 5, 1000, INT_MAX};

    (void)state;
    for (Milestone milestone = 0; milestone < MILESTONE_COUNT; milestone++)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            const Stage stage = stage_of(milestone, counts[i]);

            assert_in_range(stage, 0, STAGE_COUNT - 1);
            assert_int_equal(stage_milestone(stage), milestone);
            assert_true(
                stage == (Stage)milestone || (milestone == MILESTONE_IN_TRANSIT && counts[i] >= 2));
        }
    assert_int_equal(stage_of(MILESTONE_IN_TRANSIT, INT_MAX), STAGE_COUNT - 1);
}

static void
nothing_combines_with_anything(void **state)
{
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_ordinary, WORLD_PARCELS);
    const OperatingClocks *const clocks = learning_clocks(f, all, WORLD_PARCELS);
    const Learned *const some = learning_sums(f, clocks, all, WORLD_PARCELS);
    const Learned *const none = learning_sums(f, clocks, NULL, 0);
    const Learned *out = NULL;
    Learned elsewhere = *none;

    assert_true(learned_combine(f->arena, none, none, 1, &out) && learned_equal(out, none));
    assert_true(learned_combine(f->arena, none, none, -1, &out) && learned_equal(out, none));
    assert_true(learned_combine(f->arena, some, none, 1, &out) && learned_equal(out, some));
    assert_true(learned_combine(f->arena, none, some, 1, &out) && learned_equal(out, some));
    assert_true(learned_combine(f->arena, some, some, -1, &out) && learned_equal(out, none));
    out = some;
    assert_false(learned_combine(f->arena, none, some, -1, &out));
    elsewhere.landmark -= HOURS_24;
    assert_false(learned_combine(f->arena, some, &elsewhere, 1, &out));
    assert_ptr_equal(out, some);
}

// Of days in which nothing was watched no tempo is told: it is as usual.
static void
tempo_of_nothing_is_as_usual(void **state)
{
    Learning *const f = *state;
    const Shipment *const all = world_populate(f, world_that_stopped, 150);
    const Baselines *const baselines = world_fit(f, all, 150);
    Normal normal;

    f->plan.minimum_events = 1;
    assert_true(normal_describe(baselines, "swift", "home", "north", "south", MILESTONE_ACCEPTED,
        MEASURE_MOVE, f->arena, &normal));
    assert_string_equal(normal.abstained, "");
    assert_true(normal.tempo == 1);
    assert_true(baselines_closing_a_night(baselines) == 0);
}

#define WITH_PLAN(test) cmocka_unit_test_setup_teardown(test, learning_setup, learning_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLAN(no_world_breaks_a_number),
        WITH_PLAN(no_world_breaks_incidents_or_scorecards),
        WITH_PLAN(no_world_breaks_a_number_where_little_is_asked),
        WITH_PLAN(weights_stay_within_bounds),
        WITH_PLAN(what_is_no_weight_counts_as_one),
        WITH_PLAN(a_carrier_first_seen_tonight_is_judged_as_all),
        WITH_PLAN(a_carrier_of_one_label_is_judged_as_all),
        WITH_PLAN(without_presentations_lateness_abstains_in_words),
        WITH_PLAN(a_night_before_any_data_abstains),
        WITH_PLAN(sums_of_last_year_abstain),
        WITH_PLAN(a_parcel_that_goes_round_and_round_is_counted),
        WITH_PLAN(stages_stay_within_their_table),
        WITH_PLAN(nothing_combines_with_anything),
        WITH_PLAN(tempo_of_nothing_is_as_usual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
