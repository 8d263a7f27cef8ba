/*
 * What a curve says of those that have waited, with limits: against R, exact binomials and simulation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/conditional.h"
#include "tests/harness/gaps.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>

static void
chances_of_those_that_waited_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "conditional");
    size_t rows = 0;
    size_t count = 0;

    const CensoredGap *const gaps = gaps_from_data(arena, "lung", &rows);
    const KaplanMeier estimate = kaplan_meier(arena, gaps, rows);
    const SurvivalCurve curve = survival_curve_of_instants(arena, &estimate);
    const double *const t = oracle_list(arena, oracle, "t", &count);
    const double *const until = oracle_list(arena, oracle, "T", &count);
    const double *const expected = oracle_list(arena, oracle, "p_event_by_T_given_gt_t", &count);

    for (size_t i = 0; i < count; i++) {
        const Chance chance = conditional_chance(&curve, t[i], until[i], BAND_LOG, .95);

        assert_relative(chance.chance, expected[i], 1e-12);
        assert_true(chance.low < chance.chance && chance.chance < chance.high);
    }
    arena_destroy(arena);
}

// Those that waited longer than t are a sample of their own: its curve and limits must be the conditional ones.
static void
conditioning_is_starting_anew_with_those_that_waited(void **state)
{
    (void)state;
    static const double starts[] = {-1, 8, 12, 30};
    static const BandScale scales[] = {BAND_PLAIN, BAND_LOG, BAND_LOG_LOG};
    Arena *const arena = arena_create();
    CensoredGap gaps[60];
    CensoredGap left[60];
    const size_t first = gaps_of(gaps_maintained, gaps);
    const size_t count = first + gaps_of(gaps_not_maintained, gaps + first);
    const KaplanMeier all = kaplan_meier(arena, gaps, count);
    const SurvivalCurve curve = survival_curve_of_instants(arena, &all);

    for (size_t s = 0; s < 4; s++) {
        size_t n = 0;

        for (size_t i = 0; i < count; i++)
            if (gaps[i].time > starts[s])
                left[n++] = gaps[i];

        const KaplanMeier anew = kaplan_meier(arena, left, n);

        for (size_t i = 0; i < anew.count; i++)
            for (size_t k = 0; k < 3; k++) {
                const Band band = kaplan_meier_band(&anew, i, scales[k], .9);
                const Chance chance =
                    conditional_chance(&curve, starts[s], anew.rows[i].time, scales[k], .9);

                assert_close(chance.chance, 1 - anew.rows[i].survival, 1e-12);
                assert_close(chance.low, 1 - band.high, 1e-12);
                assert_close(chance.high, 1 - band.low, 1e-12);
            }
        for (double p = .07; p < 1; p += .13) {  // never met by a share of these few
            const TimeEstimate found = conditional_quantile(&curve, starts[s], p, BAND_LOG, .9);
            const TimeEstimate expected = kaplan_meier_quantile(&anew, p, BAND_LOG, .9);

            assert_true(found.time == expected.time);
            assert_true(found.low == expected.low);
            assert_true(found.high == expected.high);
        }
    }
    arena_destroy(arena);
}

static void
shrunk_bins_have_the_errors_of_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "eb_hazard");
    double edges[13];
    double ended[25][12] = {0};
    double at_risk[25][12] = {0};
    size_t rows = 0;
    size_t bins = 0;

    const double *const parent = oracle_list(arena, oracle, "parent_hazard", &bins);
    const double *const group = oracle_column(arena, "eb_hazard_counts", 0, &rows);
    const double *const bin = oracle_column(arena, "eb_hazard_counts", 1, &rows);
    const double *const d = oracle_column(arena, "eb_hazard_counts", 2, &rows);
    const double *const n = oracle_column(arena, "eb_hazard_counts", 3, &rows);

    for (size_t i = 0; i < rows; i++) {
        ended[(int)group[i]][(int)bin[i]] = d[i];
        at_risk[(int)group[i]][(int)bin[i]] = n[i];
    }
    for (size_t k = 0; k <= bins; k++)
        edges[k] = (double)k;
    for (size_t g = 0; g < 25; g++) {
        const SurvivalCurve curve =
            survival_curve_of_bins(arena, &(ShrunkBins){.bins = bins,
                                              .edges = edges,
                                              .ended = ended[g],
                                              .at_risk = at_risk[g],
                                              .parent = parent,
                                              .weight = oracle_number(oracle, "M")});
        const double *const survival =
            oracle_list(arena, oracle, arena_printf(arena, "S.%zu", g), &bins);
        const double *const error =
            oracle_list(arena, oracle, arena_printf(arena, "sd_logS.%zu", g), &bins);

        assert_int_equal(curve.count, bins + 1);
        for (size_t k = 0; k < bins; k++) {
            const Chance chance = conditional_chance(&curve, 0, edges[k + 1], BAND_LOG, .95);

            assert_relative(exp(-curve.cumulative[k + 1]), survival[k], 1e-10);
            assert_relative(sqrt(curve.variance[k + 1]), error[k], 1e-10);
            assert_close(chance.chance, 1 - survival[k], 1e-10);
            assert_close(chance.high, 1 - survival[k] * exp(-1.959963984540054 * error[k]), 1e-10);
        }
    }
    arena_destroy(arena);
}

// Constant hazard log 2 a bin: a half-life of one bin, wherever one starts.
static void
quantiles_lie_within_bins(void **state)
{
    (void)state;
    static const double edges[] = {0, 10, 20, 30, 40};
    static const double ended[] = {500000, 250000, 125000, 62500};
    static const double at_risk[] = {1000000, 500000, 250000, 125000};
    Arena *const arena = arena_create();
    const SurvivalCurve curve = survival_curve_of_bins(
        arena, &(ShrunkBins){.bins = 4, .edges = edges, .ended = ended, .at_risk = at_risk});

    for (double waited = 0; waited < 19; waited += 1.7) {
        const TimeEstimate half = conditional_quantile(&curve, waited, .5, BAND_LOG, .95);
        const TimeEstimate some = conditional_quantile(&curve, waited, .2, BAND_LOG_LOG, .95);
        const Chance chance = conditional_chance(&curve, waited, waited + 5, BAND_LOG, .95);

        assert_close(half.time, waited + 10, 1e-9);
        assert_true(half.low < half.time && half.time < half.high);
        assert_true(half.high - half.low < .2);  // a million gaps
        assert_close(some.time, waited + 10 * log(.8) / log(.5), 1e-9);
        assert_true(some.low < some.time && some.time < some.high);
        assert_close(chance.chance, 1 - sqrt(.5), 1e-12);
    }
    assert_true(isinf(conditional_quantile(&curve, 0, .99, BAND_LOG, .95).time));
    arena_destroy(arena);
}

// Limits from 120 gaps drawn again and again hold the truth about as often as they say.
static void
limits_hold_what_they_promise(void **state)
{
    (void)state;
    enum
    {
        ROUNDS = 600,
        GAPS = 120
    };
    static const double edges[] = {0, 5, 10, 15, 20, 25, 30, 35, 40};
    static const double parent[] = {.2, .2, .2, .2, .2, .2, .2, .2};
    const double truth = 1 - exp(-10 / 22.0);  // P(T <= 18 | T > 8)
    Arena *const arena = arena_create();
    Dice dice = {31};
    int by_instants = 0;
    int by_bins = 0;

    for (int round = 0; round < ROUNDS; round++) {
        CensoredGap gaps[GAPS];
        double ended[8] = {0};
        double at_risk[8] = {0};

        for (int i = 0; i < GAPS; i++) {
            const double length = -22 * log(1 - dice_share(&dice));

            gaps[i] = (CensoredGap){.time = fmin(length, 40), .ended = length < 40, .weight = 1};
            for (int k = 0; k < 8 && edges[k] < length; k++) {
                at_risk[k]++;
                ended[k] += length < edges[k + 1];
            }
        }

        const KaplanMeier estimate = kaplan_meier(arena, gaps, GAPS);
        const SurvivalCurve instants = survival_curve_of_instants(arena, &estimate);
        const SurvivalCurve bins = survival_curve_of_bins(arena, &(ShrunkBins){.bins = 8,
                                                                     .edges = edges,
                                                                     .ended = ended,
                                                                     .at_risk = at_risk,
                                                                     .parent = parent,
                                                                     .weight = 2});
        const Chance a = conditional_chance(&instants, 8, 18, BAND_LOG_LOG, .9);
        const Chance b = conditional_chance(&bins, 8, 18, BAND_LOG_LOG, .9);

        by_instants += a.low <= truth && truth <= a.high;
        by_bins += b.low <= truth && truth <= b.high;
        arena_reset(arena);
    }
    assert_true(by_instants > .86 * ROUNDS && by_instants < .94 * ROUNDS);
    assert_true(by_bins > .85 * ROUNDS && by_bins < .95 * ROUNDS);
    arena_destroy(arena);
}

static bool
is_unknown(Chance chance)
{
    return isnan(chance.chance) && isnan(chance.low) && isnan(chance.high);
}

static void
curves_of_nothing_say_nothing(void **state)
{
    (void)state;
    static const double edges[] = {0, 1, 2, 4};
    static const double falling[] = {0, 2, 1, 4};
    static const double none[] = {0, 0, 0};
    static const double negative[] = {0, -1, 0};
    static const double mad[] = {0, NAN, 2};
    Arena *const arena = arena_create();
    const KaplanMeier empty = kaplan_meier(arena, NULL, 0);
    const SurvivalCurve curves[] = {
        survival_curve_of_instants(arena, &empty),
        survival_curve_of_bins(arena, &(ShrunkBins){3, edges, none, none, NULL, 0}),
        survival_curve_of_bins(arena, &(ShrunkBins){3, edges, negative, none, NULL, 0}),
        survival_curve_of_bins(arena, &(ShrunkBins){3, edges, none, mad, NULL, 0}),
        survival_curve_of_bins(arena, &(ShrunkBins){3, falling, none, none, none, 1}),
        survival_curve_of_bins(arena, &(ShrunkBins){3, edges, none, none, mad, 1}),
        survival_curve_of_bins(arena, &(ShrunkBins){3, edges, none, none, none, NAN}),
    };

    for (size_t i = 0; i < sizeof curves / sizeof curves[0]; i++) {
        assert_true(is_unknown(conditional_chance(&curves[i], 0, 1, BAND_LOG, .95)));
        assert_true(isnan(conditional_quantile(&curves[i], 0, .5, BAND_LOG, .95).time));
    }
    arena_destroy(arena);
}

static void
what_was_not_watched_is_not_told(void **state)
{
    (void)state;
    static const CensoredGap gaps[] = {{0, true, 1}, {4, true, 1}, {6, false, 1}, {9, false, 1}};
    static const double edges[] = {0, 1, 2, 4};
    static const double ended[] = {1, 1, 0};
    static const double at_risk[] = {5, 3, 0};
    Arena *const arena = arena_create();
    const KaplanMeier estimate = kaplan_meier(arena, gaps, 4);
    const SurvivalCurve curve = survival_curve_of_instants(arena, &estimate);
    const SurvivalCurve bins = survival_curve_of_bins(
        arena, &(ShrunkBins){.bins = 3, .edges = edges, .ended = ended, .at_risk = at_risk});

    assert_close(conditional_chance(&curve, -1, 0, BAND_LOG, .95).chance, .25, 1e-15);
    assert_close(conditional_chance(&curve, 0, 9, BAND_LOG, .95).chance, 1 / 3.0, 1e-15);
    assert_true(conditional_chance(&curve, 5, 5, BAND_LOG, .95).high == 0);
    assert_true(conditional_chance(&curve, 5, 3, BAND_LOG, .95).high == 0);
    assert_true(is_unknown(conditional_chance(&curve, 5, 9.1, BAND_LOG, .95)));
    assert_true(is_unknown(conditional_chance(&curve, 9, 9.5, BAND_LOG, .95)));
    assert_true(is_unknown(conditional_chance(&curve, 5, INFINITY, BAND_LOG, .95)));
    assert_true(is_unknown(conditional_chance(&curve, NAN, 7, BAND_LOG, .95)));
    assert_true(is_unknown(conditional_chance(&curve, 5, NAN, BAND_LOG, .95)));
    assert_true(is_unknown(conditional_chance(&curve, 5, 7, BAND_LOG, 1)));
    assert_true(isinf(conditional_quantile(&curve, 0, .5, BAND_LOG, .95).time));
    assert_true(isnan(conditional_quantile(&curve, 0, 0, BAND_LOG, .95).time));
    assert_true(isnan(conditional_quantile(&curve, 0, NAN, BAND_LOG, .95).time));
    assert_true(bins.watched == 2);
    assert_close(conditional_chance(&bins, 0, 2, BAND_LOG, .95).chance, 1 - .8 * 2 / 3, 1e-15);
    assert_true(is_unknown(conditional_chance(&bins, 0, 3, BAND_LOG, .95)));
    arena_destroy(arena);
}

static void
where_nobody_is_left_limits_stay_honest(void **state)
{
    (void)state;
    static const CensoredGap gaps[] = {{3, true, 1}, {3, true, 1}, {8, true, 1}, {8, true, 1}};
    static const double edges[] = {0, 1, 2};
    static const double ended[] = {2, 2};
    static const double at_risk[] = {4, 2};
    Arena *const arena = arena_create();
    const KaplanMeier estimate = kaplan_meier(arena, gaps, 4);
    const SurvivalCurve curve = survival_curve_of_instants(arena, &estimate);
    const SurvivalCurve bins = survival_curve_of_bins(
        arena, &(ShrunkBins){.bins = 2, .edges = edges, .ended = ended, .at_risk = at_risk});
    const double low = conditional_chance(&curve, 0, 3, BAND_LOG, .95).low;
    const Chance gone = conditional_chance(&curve, 0, INFINITY, BAND_LOG, .95);
    const Chance late = conditional_chance(&curve, 5, 8, BAND_LOG, .95);
    const TimeEstimate last = conditional_quantile(&curve, 5, .5, BAND_LOG, .95);
    const Chance within = conditional_chance(&bins, 0, 1.5, BAND_LOG, .95);
    const TimeEstimate half = conditional_quantile(&bins, 1, .5, BAND_LOG, .95);

    assert_true(gone.chance == 1 && gone.low == low && gone.high == 1);
    assert_true(late.chance == 1 && late.low == 0 && late.high == 1);
    assert_true(last.time == 8 && last.low == 8 && isinf(last.high));
    assert_true(is_unknown(conditional_chance(&curve, 8, 9, BAND_LOG, .95)));
    assert_close(within.chance, .75, 1e-12);  // spread evenly over the last bin
    assert_close(within.low, conditional_chance(&bins, 0, 1, BAND_LOG, .95).low, 1e-12);
    assert_true(within.high == 1);
    assert_close(half.time, 1.5, 1e-9);
    assert_true(isinf(half.high));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_of_those_that_waited_agree_with_r),
        cmocka_unit_test(conditioning_is_starting_anew_with_those_that_waited),
        cmocka_unit_test(shrunk_bins_have_the_errors_of_r),
        cmocka_unit_test(quantiles_lie_within_bins),
        cmocka_unit_test(limits_hold_what_they_promise),
        cmocka_unit_test(curves_of_nothing_say_nothing),
        cmocka_unit_test(what_was_not_watched_is_not_told),
        cmocka_unit_test(where_nobody_is_left_limits_stay_honest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
