/*
 * Run lengths of charts: against a textbook, R and simulation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/charts.h"
#include "detectors/stats/random.h"
#include "detectors/stats/run_length.h"
#include "tests/harness/oracle.h"

#include <math.h>

// D. C. Montgomery, Introduction to Statistical Quality Control, 9.1 and 9.2: CUSUM with k = 1/2, Siegmund's formula
// worked out for h = 5, and EWMA charts for one false alarm in 500 (Lucas and Saccucci 1990).
static void
run_lengths_are_those_of_the_textbook(void **state)
{
    (void)state;

    assert_close(run_length_cusum_two_sided(.5, 4, 0), 167.68, 5e-5);
    assert_close(run_length_cusum_two_sided(.5, 5, 0), 465.44, 5e-5);
    assert_close(run_length_cusum_two_sided(.5, 4, 1), 8.38, 1e-3);
    assert_close(run_length_cusum_two_sided(.5, 5, 1), 10.4, 5e-3);
    assert_close(run_length_cusum_two_sided(.5, 5, 3), 2.57, 2e-3);
    assert_close(run_length_siegmund(.5, 5, 0), 938.2, 1e-4);
    assert_close(run_length_siegmund(.5, 5, 1), 10.34, 1e-3);
    assert_close(run_length_ewma(.1, 2.814, 0), 500, 5e-3);
    assert_close(run_length_ewma(.25, 2.998, 0), 500, 5e-3);
    assert_close(run_length_ewma(.1, 2.814, 1), 10.3, 5e-3);
    assert_close(run_length_ewma(1, 3, 0), 370.4, 1e-4);  // Shewhart's chart
}

static void
run_lengths_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "charts");
    size_t n = 0;

    const json_t *const normal = json_object_get(oracle, "arl_normal");
    const double *const h = oracle_list(arena, normal, "cusum_h", &n);
    const double *const one = oracle_list(arena, normal, "arl0_one_sided", &n);
    const double *const two = oracle_list(arena, normal, "arl0_two_sided", &n);
    const double *const changed = oracle_list(arena, normal, "arl_shift1_two_sided", &n);

    for (size_t i = 0; i < n; i++) {
        assert_relative(run_length_cusum(.5, h[i], 0), one[i], 1e-9);
        assert_relative(run_length_cusum_two_sided(.5, h[i], 0), two[i], 1e-9);
        assert_relative(run_length_cusum_two_sided(.5, h[i], 1), changed[i], 1e-6);
    }

    const double *const weight = oracle_list(arena, normal, "ewma.l", &n);
    const double *const width = oracle_list(arena, normal, "ewma.c", &n);
    const double *const calm = oracle_list(arena, normal, "ewma.arl0", &n);
    const double *const shifted = oracle_list(arena, normal, "ewma.arl1", &n);

    for (size_t i = 0; i < n; i++) {
        assert_relative(run_length_ewma(weight[i], width[i], 0), calm[i], 1e-9);
        assert_relative(run_length_ewma(weight[i], width[i], 1), shifted[i], 1e-9);
    }

    const json_t *const poisson = json_object_get(oracle, "poisson_cusum_arl");
    const double *const k = oracle_list(arena, poisson, "k", &n);
    const double *const top = oracle_list(arena, poisson, "h", &n);
    const double *const mean = oracle_list(arena, poisson, "mu0", &n);
    const double *const arl0 = oracle_list(arena, poisson, "arl0", &n);
    const double *const arl1 = oracle_list(arena, poisson, "arl1_mu_x2", &n);

    for (size_t i = 0; i < n; i++) {
        assert_relative(run_length_poisson(mean[i], k[i], top[i], 10), arl0[i], 1e-9);
        assert_relative(run_length_poisson(2 * mean[i], k[i], top[i], 10), arl1[i], 1e-9);
    }
    arena_destroy(arena);
}

// The design of surveillance's find.kh: a false alarm in 500 nights, and 7 nights to see a shift of twice the slack, as far as
// its search went.
static void
a_design_of_r_runs_as_long_as_it_is_meant_to(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "farrington");
    const double k = oracle_number(oracle, "find_kh_500_10.k");
    const double h = oracle_number(oracle, "find_kh_500_10.h");

    assert_relative(run_length_cusum(k, h, 0), 500, 1e-9);
    assert_relative(run_length_cusum(k, h, 2 * k), 7, 1e-5);
    arena_destroy(arena);
}

// Steps of one up or down, alarm at two: L0 = 1 + (L0 + L1) / 2 and L1 = 1 + L0 / 2 give 6.
static void
run_lengths_on_a_grid_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    const double coin[] = {.5, 0, .5};
    const double often[] = {0, 0, .25};

    assert_close(run_length_grid(coin, 3, -1, 2), 6, 1e-12);
    assert_close(run_length_grid(often, 3, -1, 1), 1, 1e-12);
    assert_close(run_length_grid((const double[]){.75}, 1, 0, 1), 4, 1e-12);
    assert_true(isnan(run_length_grid((const double[]){1}, 1, -1, 1)));  // no alarm ever
    assert_true(isnan(run_length_grid(coin, 3, -1, 0)));
    assert_true(isnan(run_length_grid((const double[]){NAN}, 1, 0, 1)));
}

// On-time drift: thresholds for one false alarm a year, checked by running the chart on made-up nights.
static void
thresholds_keep_the_wanted_rate_of_false_alarms(void **state)
{
    (void)state;
    enum
    {
        ALARMS = 300,
    };
    const double distance = .7;
    const double threshold = run_length_llr_threshold(distance, 365);
    Random random = {12};
    double nights = 0;

    assert_close(run_length_llr(distance, threshold), 365, 1e-6);
    assert_true(run_length_llr_changed(distance, threshold) < 30);
    for (int alarms = 0; alarms < ALARMS; alarms++)
        for (double sum = 0; sum < threshold; nights++) {
            const double normal = sqrt(-2 * log(1 - random_unit(&random))) *
                                  cos(6.283185307179586 * random_unit(&random));

            sum = chart_cusum_next(sum, chart_normal_increment(normal, 0, distance, 1));
        }
    assert_close(nights / ALARMS / 365, 1, .18);  // three standard errors

    // a carrier with some hundred promises a day; whose counts vary twice as much as taken for
    assert_close(run_length_llr_threshold(1.7, 365), 4.3, .02);
    assert_close(run_length_cusum(1.7 / 2 / sqrt(2), 4.336 / 1.7 / sqrt(2), 0), 42, .01);
}

static void
run_lengths_that_cannot_be_are_none(void **state)
{
    (void)state;
    const double bad[] = {
        run_length_cusum(NAN, 4, 0),
        run_length_cusum(.5, 0, 0),
        run_length_cusum(.5, INFINITY, 0),
        run_length_cusum(.5, 30, 0),  // e^30 nights
        run_length_cusum_two_sided(.5, -1, 0),
        run_length_siegmund(.5, 0, 0),
        run_length_siegmund(.5, 100, 0),
        run_length_llr(0, 4),
        run_length_llr_changed(NAN, 4),
        run_length_llr_threshold(.5, 1),
        run_length_llr_threshold(.5, INFINITY),
        run_length_ewma(0, 3, 0),
        run_length_ewma(.1, 3, NAN),
        run_length_poisson(0, 1, 2, 1),
        run_length_poisson(1, 1, 1e9, 10),
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_true(isnan(bad[i]));
    assert_close(run_length_siegmund(.5, 5, .5), 6.166 * 6.166, 1e-12);
    assert_close(run_length_cusum(.5, 4, 50), 1, 1e-9);
}
int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_lengths_are_those_of_the_textbook),
        cmocka_unit_test(run_lengths_agree_with_r),
        cmocka_unit_test(a_design_of_r_runs_as_long_as_it_is_meant_to),
        cmocka_unit_test(run_lengths_on_a_grid_are_those_worked_out_by_hand),
        cmocka_unit_test(thresholds_keep_the_wanted_rate_of_false_alarms),
        cmocka_unit_test(run_lengths_that_cannot_be_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
