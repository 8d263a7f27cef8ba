/*
 * One-sample tests and charts: against NIST, textbooks, R and simulation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/charts.h"
#include "detectors/stats/gamma_poisson.h"
#include "detectors/stats/one_sample.h"
#include "detectors/stats/random.h"
#include "tests/harness/oracle.h"

#include <math.h>

static void
one_sample_tests_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "hub_oe");
    size_t n = 0;

    const double phi = oracle_number(oracle, "phi");
    const double *const observed = oracle_list(arena, oracle, "O", &n);
    const double *const expected = oracle_list(arena, oracle, "E", &n);
    const double *const poisson = oracle_list(arena, oracle, "poisson_lower", &n);
    const double *const log_poisson = oracle_list(arena, oracle, "log_poisson_lower", &n);
    const double *const negative = oracle_list(arena, oracle, "negbin_lower", &n);
    const double *const z = oracle_list(arena, oracle, "z", &n);

    for (size_t i = 0; i < n; i++) {
        const OneSample sample = {observed[i], expected[i]};

        assert_relative(one_sample_test(sample, 1).p_low, poisson[i], 1e-10);
        assert_relative(one_sample_test(sample, 1).log_p_low, log_poisson[i], 1e-10);
        assert_relative(one_sample_test(sample, phi).p_low, negative[i], 1e-10);
        assert_relative(one_sample_test(sample, phi).z, z[i], 1e-12);
    }
    arena_destroy(arena);
}

static void
dispersion_is_found_again(void **state)
{
    (void)state;
    const OneSample hand[] = {{8, 4}, {1, 4}, {3, 0}, {NAN, 5}, {2, -1}};
    OneSample lorries[4000];
    Random random = {3};

    assert_close(one_sample_dispersion(hand, 5), (4 + 2.25) / 2, 1e-15);
    assert_true(isnan(one_sample_dispersion(NULL, 0)));
    assert_true(isnan(one_sample_dispersion(hand + 2, 3)));

    // parcels that come in threes: the variance is three times the mean
    for (int i = 0; i < 4000; i++) {
        double loads = 0;

        for (double left = -log(1 - random_unit(&random)); left < 10;
             left -= log(1 - random_unit(&random)))
            loads++;
        lorries[i] = (OneSample){3 * loads, 30};
    }
    assert_close(one_sample_dispersion(lorries, 4000), 3, .06);
}

static void
a_shrunk_ratio_is_the_posterior_mean(void **state)
{
    (void)state;
    assert_close(one_sample_shrunk((OneSample){30, 20}, 1, 20), 1.25, 1e-15);
    assert_close(one_sample_shrunk((OneSample){0, 0}, .7, 50), .7, 1e-15);
    // Of gamma_poisson.h, whose shape is rate times mean.
    for (double prior = .5; prior < 2; prior += .25)
        assert_close(one_sample_shrunk((OneSample){12, 17}, prior, 20),
            gamma_poisson_posterior(12, 17, (GammaPrior){prior, 20 * prior}, .95).mean, 1e-12);
}

static void
one_sample_tests_of_nothing(void **state)
{
    (void)state;
    const OneSampleTest nothing = one_sample_test((OneSample){0, 0}, 1);
    const OneSampleTest surprise = one_sample_test((OneSample){2, 0}, 2);
    const double bad[][3] = {{-1, 1, 1}, {1, NAN, 1}, {INFINITY, 1, 1}, {1, 1, 0}, {1, 1, NAN}};

    assert_true(nothing.p_low == 1 && nothing.p_high == 1);
    assert_true(isnan(nothing.z) && isnan(nothing.ratio));
    assert_true(surprise.p_low == 1 && surprise.p_high == 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_true(isnan(one_sample_test((OneSample){bad[i][0], bad[i][1]}, bad[i][2]).p_low));
    // silence where ten were expected, and its size in logarithms however far out
    assert_close(one_sample_test((OneSample){0, 10}, 1).p_low, exp(-10), 1e-15);
    assert_close(one_sample_test((OneSample){0, 1e5}, 1).log_p_low, -1e5, 1e-12);
    // the more they vary, the less a short night says
    assert_true(one_sample_test((OneSample){4, 10}, 2).p_low >
                one_sample_test((OneSample){4, 10}, 1).p_low);
}

// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4.
static void
ewma_has_the_limits_in_nist_s_handbook(void **state)
{
    (void)state;
    const double values[] = {52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9,
        51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1};
    const double printed[] = {50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
        50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99};
    const double limit = chart_ewma_limit(2.0539, .3, 3, INFINITY);
    double average = 50;

    assert_close(50 + limit, 52.588432, 1e-8);
    assert_close(50 - limit, 47.411568, 1e-8);
    for (int i = 0; i < 20; i++) {
        average = chart_ewma_next(average, values[i], .3);
        assert_close(average, printed[i], .0051 / 50);
    }
    assert_close(chart_ewma_limit(2.0539, .3, 3, 1), .3 * 3 * 2.0539, 1e-15);
    assert_true(chart_ewma_limit(2, .3, 3, 0) == 0);
}

// The same handbook, 6.3.2.3: the table of CUSUMs and the alarm at the fourteenth value.
static void
cusum_gives_the_alarm_in_nist_s_handbook(void **state)
{
    (void)state;
    const double values[] = {324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525,
        325.225, 324.600, 324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775,
        326.875, 328.350};
    const double printed_high[] = {
        0, 0, 0, 0, .03, 0, 0, 0, 0, 0, 0, 0, 3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04};
    const double printed_low[] = {
        0, .01, 0, .33, 0, 0, .56, .72, .17, .25, .31, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    double high = 0;
    double low = 0;
    int alarm = 0;

    for (int i = 0; i < 20; i++) {
        high = chart_cusum_next(high, values[i] - 325 - .3175);
        low = chart_cusum_next(low, 325 - .3175 - values[i]);
        assert_true(fabs(high - printed_high[i]) < .0051);
        assert_true(fabs(low - printed_low[i]) < .0051);
        alarm = alarm == 0 && high > 4.1959 ? i + 1 : alarm;
    }
    assert_int_equal(alarm, 14);
}

// The same to all digits, and the concentrations of D. C. Montgomery, G. C. Runger, Applied Statistics and Probability for
// Engineers, as the oracles have them.
static void
charts_agree_with_r(void **state)
{
    (void)state;
    static const struct
    {
        const char *data, *high, *low;
        double target, slack;
    } cusums[] = {{"nist_cusum", "nist_cusum.S_hi", "nist_cusum.S_lo", 325, .3175},
        {NULL, "montgomery_runger_concentration.tab.S_hi",
            "montgomery_runger_concentration.tab.S_lo", 99, 1}};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "charts");
    size_t n = 0;
    for (size_t k = 0; k < 2; k++) {
        const double *const highs = oracle_list(arena, oracle, cusums[k].high, &n);
        const double *const lows = oracle_list(arena, oracle, cusums[k].low, &n);
        const double *const x =
            cusums[k].data ? oracle_column(arena, cusums[k].data, 0, &n)
                           : oracle_list(arena, oracle, "montgomery_runger_concentration.x", &n);
        double high = 0, low = 0;

        assert_int_equal(n, 20);
        for (size_t i = 0; i < n; i++) {
            high = chart_cusum_next(high, x[i] - cusums[k].target - cusums[k].slack);
            low = chart_cusum_next(low, cusums[k].target - cusums[k].slack - x[i]);
            assert_close(high, highs[i], 1e-12);
            assert_close(low, lows[i], 1e-12);
        }
    }

    const double *const x = oracle_column(arena, "nist_ewma", 0, &n);
    const double *const averages = oracle_list(arena, oracle, "nist_ewma.z", &n);
    const double *const limits = oracle_list(arena, oracle, "nist_ewma.UCL_exact_t", &n);
    double average = averages[0];

    assert_int_equal(n, 20);
    for (size_t i = 0; i < n; i++) {
        average = chart_ewma_next(average, x[i], .3);
        assert_relative(average, averages[i + 1], 1e-14);
        assert_relative(50 + chart_ewma_limit(2.0539, .3, 3, (double)i + 1), limits[i], 1e-13);
    }
    assert_relative(50 + chart_ewma_limit(2.0539, .3, 3, INFINITY),
        oracle_number(oracle, "nist_ewma.UCL"), 1e-14);
    arena_destroy(arena);
}

static void
likelihood_ratios_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "charts");
    size_t n = 0;
    double sum = 0;
    const double *const y = oracle_column(arena, "poisson_cusum", 0, &n);

    if (!y) {
        arena_destroy(arena);
        skip();
    }

    const double *expected = oracle_list(arena, oracle, "poisson_cusum.S", &n);

    for (size_t i = 0; i < n; i++) {  // R's is in counts, the ratio is that times log(m1 / m0)
        sum = chart_cusum_next(sum, chart_poisson_increment(y[i], 4, 8, 1));
        assert_close(sum / log(2), expected[i], 1e-9);
    }

    const double *const late = oracle_column(arena, "binomial_cusum", 0, &n);
    const double *const all = oracle_column(arena, "binomial_cusum", 1, &n);

    expected = oracle_list(arena, oracle, "binomial_llr_cusum.S", &n);
    sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum = chart_cusum_next(sum, chart_binomial_increment(late[i], all[i], .05, .09, 1));
        assert_close(sum, expected[i], 1e-9);
        assert_close(chart_binomial_increment(late[i], all[i], .05, .09, 2),
            chart_binomial_increment(late[i], all[i], .05, .09, .5) / 2, 1e-15);
    }

    const json_t *const cluster = json_object_get(oracle, "kulldorff_poisson_llr");
    const double *const inside = oracle_list(arena, cluster, "c", &n);
    const double *const mean = oracle_list(arena, cluster, "E", &n);
    const double *const total = oracle_list(arena, cluster, "C", &n);

    expected = oracle_list(arena, cluster, "llr", &n);
    for (size_t i = 0; i < n; i++)
        assert_relative(chart_cluster_ratio(inside[i], mean[i], total[i]), expected[i], 1e-9);
    arena_destroy(arena);
}

static void
charts_take_what_cannot_be_for_nothing_seen(void **state)
{
    (void)state;
    const double bad[] = {
        chart_normal_increment(1, 0, 1, 0),
        chart_normal_increment(NAN, 0, 1, 1),
        chart_poisson_increment(-1, 4, 8, 1),
        chart_poisson_increment(1, 0, 8, 1),
        chart_poisson_increment(1, 4, 8, NAN),
        chart_poisson_increment(1, 4, 8, INFINITY),
        chart_binomial_increment(3, 2, .1, .2, 1),
        chart_binomial_increment(1, 2, 0, .2, 1),
        chart_binomial_increment(1, 2, .1, 1, 1),
        chart_ewma_next(1, 2, 0),
        chart_ewma_limit(1, 2, 3, 4),
        chart_cluster_ratio(5, 1, 4),
        chart_cluster_ratio(NAN, 1, 4),
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_true(isnan(bad[i]));
    assert_true(chart_cusum_next(2.5, NAN) == 2.5);
    assert_true(chart_cusum_next(2.5, -INFINITY) == 0);
    assert_true(chart_ewma_next(2.5, NAN, .2) == 2.5);
    assert_true(chart_binomial_increment(0, 0, .1, .2, 1) == 0);
    assert_true(chart_cluster_ratio(0, 0, 0) == 0 && isinf(chart_cluster_ratio(1, 0, 4)));
    assert_close(chart_normal_increment(1.3, 0, 1, 1), .8, 1e-15);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_sample_tests_agree_with_r),
        cmocka_unit_test(dispersion_is_found_again),
        cmocka_unit_test(one_sample_tests_of_nothing),
        cmocka_unit_test(a_shrunk_ratio_is_the_posterior_mean),
        cmocka_unit_test(ewma_has_the_limits_in_nist_s_handbook),
        cmocka_unit_test(cusum_gives_the_alarm_in_nist_s_handbook),
        cmocka_unit_test(charts_agree_with_r),
        cmocka_unit_test(likelihood_ratios_agree_with_r),
        cmocka_unit_test(charts_take_what_cannot_be_for_nothing_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
