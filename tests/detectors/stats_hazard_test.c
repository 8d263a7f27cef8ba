/*
 * Hazards, their shrinkage and the lane scalar, against published tables, R and slow twins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/decay.h"
#include "detectors/stats/hazard.h"
#include "detectors/stats/lane.h"
#include "detectors/stats/special.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <string.h>

// Freireich et al., Blood 21 (1963) 699-716: remission weeks under 6-MP; the product-limit estimate is in most survival
// textbooks. Two bins a week, relapses in the first, censored patients in the second, make our estimate Kaplan and
// Meier's.
static void
remissions_under_6mp_have_the_published_survival(void **state)
{
    (void)state;
    static const int relapsed[] = {6, 6, 6, 7, 10, 13, 16, 22, 23};
    static const int censored[] = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    static const struct
    {
        int week;
        double survival;
    } published[] = {
        {6, .857}, {7, .807}, {10, .753}, {13, .690}, {16, .627}, {22, .538}, {23, .448}};
    double ended[80] = {0};
    double waited[80] = {0};
    double at_risk[80];
    double hazard[80];
    double survival[81];

    for (size_t i = 0; i < sizeof relapsed / sizeof relapsed[0]; i++)
        ended[2 * relapsed[i]]++;
    for (size_t i = 0; i < sizeof censored / sizeof censored[0]; i++)
        waited[2 * censored[i] + 1]++;
    hazard_at_risk(80, ended, waited, at_risk);
    hazard_estimate(80, ended, at_risk, NULL, 0, hazard);
    hazard_survival(80, hazard, survival);
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        assert_close(survival[2 * published[i].week + 2], published[i].survival, .0005);
}

static void
life_tables_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "lifetable");
    size_t bins = 0;
    for (int i = 0; i < 2; i++) {
        const char *const name = i == 0 ? "lung_30d" : "gbsg_logbins";
        const double *const ended =
            oracle_list(arena, oracle, arena_printf(arena, "%s.d", name), &bins);
        const double *const waited =
            oracle_list(arena, oracle, arena_printf(arena, "%s.c", name), &bins);
        const double *const hazards =
            oracle_list(arena, oracle, arena_printf(arena, "%s.hazard_actuarial", name), &bins);
        const double *const survivals =
            oracle_list(arena, oracle, arena_printf(arena, "%s.S_actuarial", name), &bins);
        double at_risk[64];
        double hazard[64];
        double survival[65];

        hazard_at_risk(bins, ended, waited, at_risk);
        hazard_estimate(bins, ended, at_risk, NULL, 0, hazard);
        hazard_survival(bins, hazard, survival);
        for (size_t k = 0; k < bins; k++) {
            assert_close(hazard[k], hazards[k], 1e-12);
            assert_close(survival[k + 1], survivals[k], 1e-12);
        }
    }
    arena_destroy(arena);
}

static void
the_weight_of_the_parent_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "eb_hazard");
    size_t bins = 0;
    size_t rows = 0;

    const double *const parent = oracle_list(arena, oracle, "parent_hazard", &bins);
    const double *const group = oracle_column(arena, "eb_hazard_counts", 0, &rows);
    const double *const bin = oracle_column(arena, "eb_hazard_counts", 1, &rows);
    const double *const d = oracle_column(arena, "eb_hazard_counts", 2, &rows);
    const double *const n = oracle_column(arena, "eb_hazard_counts", 3, &rows);
    double ended[25][12] = {0};
    double at_risk[25][12] = {0};
    HazardChild items[25];
    double weight = 0;

    for (size_t i = 0; i < rows; i++) {
        ended[(int)group[i]][(int)bin[i]] = d[i];
        at_risk[(int)group[i]][(int)bin[i]] = n[i];
    }
    for (size_t g = 0; g < 25; g++)
        items[g] = (HazardChild){.ended = ended[g], .at_risk = at_risk[g], .parent = parent};

    const HazardChildren children = {.items = items, .count = 25, .bins = bins};

    assert_true(hazard_fit_weight(&children, &weight));
    assert_close(weight, oracle_number(oracle, "M"), 1e-8);
    assert_close(hazard_log_likelihood(&children, weight), oracle_number(oracle, "loglik"), 1e-8);
    for (size_t g = 0; g < 25; g++) {
        const double *const expected =
            oracle_list(arena, oracle, arena_printf(arena, "posterior_hazard.%zu", g), &bins);
        const double *const survivals =
            oracle_list(arena, oracle, arena_printf(arena, "S.%zu", g), &bins);
        double hazard[12];
        double survival[13];
        double cumulative[13];

        hazard_estimate(bins, ended[g], at_risk[g], parent, weight, hazard);
        hazard_survival(bins, hazard, survival);
        hazard_cumulative(bins, hazard, cumulative);
        for (size_t k = 0; k < bins; k++) {
            assert_close(hazard[k], expected[k], 1e-8);
            assert_close(survival[k + 1], survivals[k], 1e-8);
            assert_close(exp(-cumulative[k + 1]), survival[k + 1], 1e-12);
        }
    }
    arena_destroy(arena);
}

// Efron and Morris (1975): 18 batters after 45 times at bat. With the common mean as parent the beta-binomial
// likelihood shrinks Clemente's .400 most of the way, as their Stein estimator does (.294).
static void
batting_averages_are_shrunk_as_by_efron_and_morris(void **state)
{
    (void)state;
    static const double hits[18] = {
        18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7};
    static const double bats = 45;
    double mean = 0;
    HazardChild items[18];
    double weight = 0;
    double hazard = 0;

    for (size_t i = 0; i < 18; i++)
        mean += hits[i] / bats / 18;
    for (size_t i = 0; i < 18; i++)
        items[i] = (HazardChild){.ended = &hits[i], .at_risk = &bats, .parent = &mean};

    const HazardChildren children = {.items = items, .count = 18, .bins = 1};

    assert_true(hazard_fit_weight(&children, &weight));
    hazard_estimate(1, &hits[0], &bats, &mean, weight, &hazard);
    assert_close(mean, .265, .0005);
    assert_true(hazard > .265 && hazard < .300);
    for (double other = .01; other < 1e5; other *= 1.3)
        assert_true(hazard_log_likelihood(&children, weight) + 1e-9 >=
                    hazard_log_likelihood(&children, other));
}

// Counts drawn with a known weight give it back.
static void
a_known_weight_is_found_again(void **state)
{
    (void)state;
    enum
    {
        GROUPS = 400,
        BINS = 6
    };
    static double ended[GROUPS][BINS];
    static double at_risk[GROUPS][BINS];
    static const double parent[BINS] = {.1, .3, .5, .2, .05, .4};
    HazardChild items[GROUPS];
    Dice dice = {2026};
    double weight = 0;

    for (size_t g = 0; g < GROUPS; g++) {
        for (size_t k = 0; k < BINS; k++) {
            // Polya's urn: each draw adds one ball of its colour to 20
            double red = 20 * parent[k];
            double all = 20;

            at_risk[g][k] = 60;
            for (int i = 0; i < 60; i++, all++)
                if (dice_share(&dice) < red / all) {
                    red++;
                    ended[g][k]++;
                }
        }
        items[g] = (HazardChild){.ended = ended[g], .at_risk = at_risk[g], .parent = parent};
    }
    assert_true(hazard_fit_weight(
        &(HazardChildren){.items = items, .count = GROUPS, .bins = BINS}, &weight));
    assert_true(weight > 18 && weight < 22.5);
}

static void
where_nothing_is_known_nothing_is_claimed(void **state)
{
    (void)state;
    const double none[3] = {0};
    const double one[3] = {0, 1, 0};
    const double parent[3] = {.1, .2, .3};
    double at_risk[3];
    double hazard[3];
    double survival[4];
    double cumulative[4];
    double weight = 7;

    hazard_at_risk(3, none, none, at_risk);
    hazard_estimate(3, none, at_risk, NULL, 0, hazard);
    hazard_survival(3, hazard, survival);
    assert_true(survival[3] == 1);
    hazard_estimate(3, none, at_risk, parent, 5, hazard);
    for (int k = 0; k < 3; k++)
        assert_close(hazard[k], parent[k], 1e-15);

    const HazardChild empty = {.ended = none, .at_risk = at_risk, .parent = parent};

    assert_false(
        hazard_fit_weight(&(HazardChildren){.items = &empty, .count = 1, .bins = 3}, &weight));
    assert_true(weight == 7);

    hazard_at_risk(3, none, one, at_risk);  // one parcel, still waiting
    hazard_estimate(3, none, at_risk, NULL, 0, hazard);
    assert_true(hazard[0] == 0 && hazard[1] == 0);

    hazard_at_risk(3, one, none, at_risk);  // one parcel, moved on
    hazard_estimate(3, one, at_risk, NULL, 0, hazard);
    hazard_cumulative(3, hazard, cumulative);
    assert_true(hazard[1] == 1);
    assert_true(isfinite(cumulative[3]));
}

static void
lane_scalars_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "theta");
    size_t count = 0;

    const double *const o = oracle_list(arena, oracle, "O", &count);
    const double *const e = oracle_list(arena, oracle, "E", &count);
    const double *const theta = oracle_list(arena, oracle, "theta", &count);

    for (size_t i = 0; i < count; i++)
        assert_close(lane_scalar(o[i], e[i], oracle_number(oracle, "k")), theta[i], 1e-12);
    arena_destroy(arena);
}

static void
the_weight_of_lanes_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "eb_gammapoisson");
    size_t count = 0;
    double weight = 0;

    // R fits the mean ratio too; given its ratio, our weight must be its size.
    const double ratio = oracle_number(oracle, "mean_ratio");
    const double *const y = oracle_column(arena, "gamma_poisson", 0, &count);
    const double *const raw = oracle_column(arena, "gamma_poisson", 1, &count);
    const double *const posterior = oracle_list(arena, oracle, "posterior_mean_ratio", &count);
    double *const expected = ARENA_ARRAY(arena, double, count);

    for (size_t i = 0; i < count; i++)
        expected[i] = raw[i] * ratio;
    assert_true(lane_fit_weight(
        &(LaneCounts){.observed = y, .expected = expected, .count = count}, &weight));
    assert_close(weight, oracle_number(oracle, "size"), 1e-6);
    for (size_t i = 0; i < count; i++)
        assert_close(ratio * lane_scalar(y[i], expected[i], weight), posterior[i], 1e-6);
    arena_destroy(arena);
}

static void
lanes_that_do_not_differ_switch_the_scalar_off(void **state)
{
    (void)state;
    double observed[50];
    double expected[50];
    double weight = 0;

    for (int i = 0; i < 50; i++)
        observed[i] = expected[i] = 10 + i;
    assert_true(lane_fit_weight(
        &(LaneCounts){.observed = observed, .expected = expected, .count = 50}, &weight));
    assert_close(lane_scalar(80, 60, weight), 1, 2e-4);
    assert_false(lane_fit_weight(
        &(LaneCounts){.observed = observed, .expected = (const double[]){0, 0}, .count = 2},
        &weight));
    assert_true(lane_scalar(0, 0, 0) == 1);
}

// Lanes whose true departures have variance .09, seen through 5 to 200 gaps of variance .25 each.
static void
a_known_spread_of_lanes_is_found_again(void **state)
{
    (void)state;
    enum
    {
        LANES = 3000
    };
    static double departure[LANES];
    static double gaps[LANES];
    static double truth[LANES];
    Dice dice = {12};
    double spread = 0;
    double plain = 0;
    double shrunk = 0;

    for (int i = 0; i < LANES; i++) {
        double normal[2] = {-6, -6};  // sums of 12 even ones: near enough

        for (int k = 0; k < 12; k++) {
            normal[0] += dice_share(&dice);
            normal[1] += dice_share(&dice);
        }
        gaps[i] = (double)(5 + dice_below(&dice, 196));
        truth[i] = .3 * normal[0];
        departure[i] = truth[i] + normal[1] * sqrt(.25 / gaps[i]);
    }
    assert_true(lane_fit_spread(&(LaneLogs){departure, gaps, LANES, .25}, &spread));
    assert_close(spread, .09, .01);
    for (int i = 0; i < LANES; i++) {
        const double found = log(lane_stretch(departure[i], gaps[i], .25, spread));

        plain += pow(departure[i] - truth[i], 2);
        shrunk += pow(found - truth[i], 2);
    }
    assert_true(shrunk < plain);
    assert_true(lane_stretch(.5, 0, .25, spread) == 1);
    assert_true(lane_stretch(.5, 10, .25, 0) == 1);
    assert_false(lane_fit_spread(&(LaneLogs){departure, gaps, 0, .25}, &spread));
}

// Euler's constant and the duplication formula of the gamma function.
static void
special_functions_hold_and_say_when_they_cannot(void **state)
{
    (void)state;
    assert_close(special_digamma(1), -0.577215664901532861, 1e-14);
    assert_close(special_log_gamma(2.5) + special_log_gamma(3),
        (1 - 2 * 2.5) * log(2) + .5 * log(acos(-1)) + special_log_gamma(5), 1e-13);
    assert_true(isnan(special_log_gamma(0)));
    assert_true(isnan(special_log_gamma(-1)));
    assert_true(isnan(special_log_gamma(INFINITY)));
    assert_true(isnan(special_digamma(NAN)));
}

static void
what_a_hazard_leaves_is_its_exponential(void **state)
{
    (void)state;

    assert_true(decay(0) == 1 && decay_single(0) == 1);
    for (double hazard = 0; hazard <= DECAY_MOST; hazard += .00137)
        assert_close(decay(hazard) / exp(-hazard), 1, 1e-13);
    for (float hazard = 1e-6F; hazard < 80; hazard *= 1.00001F)
        assert_close((double)decay_single(hazard) / exp(-(double)hazard), 1, 6e-8);
    assert_true(decay(1e6) < 1e-300 && decay((double)INFINITY) == decay(DECAY_MOST));
    assert_true(decay_single(120) == 0 && decay_single(INFINITY) == 0);
    assert_true(isnan(decay((double)NAN)) && isnan(decay_single(NAN)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_hazard_leaves_is_its_exponential),
        cmocka_unit_test(remissions_under_6mp_have_the_published_survival),
        cmocka_unit_test(life_tables_agree_with_r),
        cmocka_unit_test(the_weight_of_the_parent_agrees_with_r),
        cmocka_unit_test(batting_averages_are_shrunk_as_by_efron_and_morris),
        cmocka_unit_test(a_known_weight_is_found_again),
        cmocka_unit_test(where_nothing_is_known_nothing_is_claimed),
        cmocka_unit_test(lane_scalars_agree_with_r),
        cmocka_unit_test(the_weight_of_lanes_agrees_with_r),
        cmocka_unit_test(lanes_that_do_not_differ_switch_the_scalar_off),
        cmocka_unit_test(a_known_spread_of_lanes_is_found_again),
        cmocka_unit_test(special_functions_hold_and_say_when_they_cannot),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
