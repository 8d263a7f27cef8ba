/*
 * Tails, intervals and exact tests: against 60-digit arithmetic, R, and published tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/exact.h"
#include "detectors/stats/proportion.h"
#include "detectors/stats/special.h"
#include "detectors/stats/tails.h"
#include "tests/harness/oracle.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// A number of many digits, which JSON keeps as a text.
static double
number(const json_t *row, const char *key)
{
    const json_t *const value = json_object_get(row, key);

    assert_non_null(value);
    return json_is_string(value) ? strtod(json_string_value(value), NULL)
                                 : json_number_value(value);
}

// Relative, wherever a double can hold the number and 60 digits told it from 1.
static void
assert_digits(double a, double b, double tolerance)
{
    if (fabs(b) < DBL_MIN)
        assert_true(fabs(a) < 1e-50);
    else
        assert_relative(a, b, tolerance);
}

static void
assert_upper(const json_t *row, double log_upper)
{
    assert_digits(log_upper, number(row, "logp"), 1e-9);
    assert_digits(exp(log_upper), number(row, "p"), 1e-9);
}

static const json_t *
rows_of(const json_t *oracle, const char *name)
{
    const json_t *const rows = json_object_get(oracle, name);

    assert_true(json_array_size(rows) > 0);
    return rows;
}

static void
tails_agree_with_sixty_digits(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "tails_mp");
    const json_t *row;
    size_t i;
    json_array_foreach(rows_of(oracle, "poisson_upper"), i, row)
        assert_upper(row, tails_poisson(number(row, "x"), number(row, "mu")).upper);
    json_array_foreach(rows_of(oracle, "negbin_upper"), i, row) assert_upper(row,
        tails_negative_binomial(number(row, "x"), number(row, "mu"), number(row, "size")).upper);
    json_array_foreach(rows_of(oracle, "binom_upper"), i, row) assert_upper(
        row, tails_binomial(number(row, "x"), number(row, "n"), number(row, "prob")).upper);
    json_array_foreach(rows_of(oracle, "normal_upper"), i, row)
        assert_upper(row, tails_normal(number(row, "z")).upper);
    json_array_foreach(rows_of(oracle, "lognormal_sf"), i, row)
        assert_upper(row, tails_normal(log(number(row, "t") / 60) / number(row, "sigma")).upper);
    json_array_foreach(rows_of(oracle, "beta_cdf"), i, row)
    {
        const double x = number(row, "x");
        const LogTails tails = incomplete_beta(number(row, "a"), number(row, "b"), x, 1 - x);

        assert_digits(exp(tails.lower), number(row, "p"), 1e-9);
        assert_digits(exp(tails.upper), number(row, "q"), 1e-9);
    }
    arena_destroy(arena);
}

static double *
column(Arena *arena, const json_t *oracle, const char *path)
{
    size_t count;

    return oracle_list(arena, oracle, path, &count);
}

static void
counts_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "tails");
    size_t n = 0;

    const double *x = oracle_list(arena, oracle, "poisson.x", &n);
    const double *const mean = column(arena, oracle, "poisson.mu");
    const double *const lower = column(arena, oracle, "poisson.lower");
    const double *const mass = column(arena, oracle, "poisson.log_pmf");

    for (size_t i = 0; i < n; i++) {
        assert_digits(exp(tails_poisson(x[i], mean[i]).lower), lower[i], 1e-9);
        assert_digits(incomplete_log_poisson(x[i], mean[i]), mass[i], 1e-9);
    }
    x = oracle_list(arena, oracle, "betabinom.x", &n);

    const double *const trials = column(arena, oracle, "betabinom.n");
    const double *const a = column(arena, oracle, "betabinom.a");
    const double *const b = column(arena, oracle, "betabinom.b");
    const double *const upper = column(arena, oracle, "betabinom.upper");

    for (size_t i = 0; i < n; i++)
        assert_digits(exp(tails_beta_binomial(x[i], trials[i], a[i], b[i]).upper), upper[i], 1e-9);
    arena_destroy(arena);
}

static void
shares_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "tails");
    size_t n = 0;

    const double *const share = oracle_list(arena, oracle, "beta_quantile.p", &n);
    const double *const a = column(arena, oracle, "beta_quantile.a");
    const double *const b = column(arena, oracle, "beta_quantile.b");
    const double *const q = column(arena, oracle, "beta_quantile.q");

    for (size_t i = 0; i < n; i++)
        assert_digits(tails_beta_quantile(share[i], a[i], b[i]), q[i], 1e-9);

    const double *const x = oracle_list(arena, oracle, "intervals.x", &n);
    const double *const trials = column(arena, oracle, "intervals.n");
    const char *const names[] = {"wilson_lo", "wilson_hi", "cp_lo", "cp_hi", "jeff_lo", "jeff_hi"};

    for (size_t i = 0; i < n; i++) {
        const ShareInterval wilson = proportion_wilson(x[i] / trials[i], trials[i], PROPORTION_Z95);
        const ShareInterval exact = proportion_clopper_pearson(x[i], trials[i], .95);
        const ShareInterval jeffreys = proportion_jeffreys(x[i], trials[i], .95);
        const double found[] = {
            wilson.low, wilson.high, exact.low, exact.high, jeffreys.low, jeffreys.high};

        for (int j = 0; j < 6; j++)
            assert_close(found[j],
                column(arena, oracle, arena_printf(arena, "intervals.%s", names[j]))[i], 1e-10);
    }
    arena_destroy(arena);
}

static void
exact_tests_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "tails");
    const TwoByTwo table = {912, 88, 850, 110};

    const json_t *const tests = json_object_get(oracle, "tests");
    const double chi_squared = exact_chi_squared(table);

    assert_digits(exact_poisson(137, 24.19893), number(tests, "poisson_test_137_24.19893"), 1e-9);
    assert_digits(chi_squared, number(tests, "two_prop_chisq"), 1e-12);
    assert_digits(
        special_chi_squared_above(chi_squared, 1), number(tests, "two_prop_no_correction"), 1e-9);
    assert_digits(exact_fisher(table), number(tests, "fisher"), 1e-9);
    assert_digits(exp(tails_binomial(20, 100, .12).upper),
        number(tests, "binom_one_sided_20_of_100_p.12"), 1e-9);
    arena_destroy(arena);
}

// R. G. Newcombe, Stat. Med. 17 (1998) 857-872, table I, methods 3 and 5.
static void
intervals_agree_with_published_tables(void **state)
{
    (void)state;
    const struct
    {
        double x, n, wilson[2], exact[2];
    } rows[] = {
        {81, 263, {.2553, .3662}, {.2527, .3676}},
        {15, 148, {.0624, .1605}, {.0578, .1617}},
        {0, 20, {0, .1611}, {0, .1684}},
        {1, 29, {.0061, .1718}, {.0009, .1776}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ShareInterval wilson =
            proportion_wilson(rows[i].x / rows[i].n, rows[i].n, PROPORTION_Z95);
        const ShareInterval exact = proportion_clopper_pearson(rows[i].x, rows[i].n, .95);

        assert_close(wilson.low, rows[i].wilson[0], 5e-5);
        assert_close(wilson.high, rows[i].wilson[1], 5e-5);
        assert_close(exact.low, rows[i].exact[0], 5e-5);
        assert_close(exact.high, rows[i].exact[1], 5e-5);
    }

    // Brown, Cai and DasGupta (2001), table 5
    assert_close(proportion_jeffreys(1, 10, .95).low, .011, 5e-4);
    assert_close(proportion_jeffreys(1, 10, .95).high, .381, 5e-4);
}

static void
tests_agree_with_published_examples(void **state)
{
    (void)state;

    assert_close(exact_fisher((TwoByTwo){3, 1, 1, 3}), 34. / 70, 1e-12);  // the lady tasting tea
    assert_close(exp(tails_binomial(3, 4, .5).upper), 5. / 16, 1e-14);
    assert_close(exp(tails_normal(1.959963984540054).upper), .025, 1e-15);
    assert_close(exp(tails_poisson(2, 1).lower), 2.5 * exp(-1), 1e-14);
    assert_close(tails_beta_quantile(.5, 1, 1), .5, 1e-15);
    assert_close(exact_poisson(2, 3), 1 - 4.5 * exp(-3) + 4.5 * exp(-3), 1e-12);  // 2 and 3 alike
    assert_close(exact_poisson(0, 1), 1 - exp(-1) * (1 + 1) + 2 * exp(-1), 1e-12);
    assert_close(exact_poisson(4, 1), 1 - exp(-1) * (1 + 1 + 1. / 2 + 1. / 6), 1e-12);
}

// At every count the two sides are 1 apart by the mass, sums of masses are tails, and all shrinks to Poisson.
static void
the_tails_of_a_count_fit_together(void **state)
{
    (void)state;
    double sum = 0;

    for (double x = 0; x <= 60; x++) {
        const LogTails poisson = tails_poisson(x, 17.3);
        const LogTails negative = tails_negative_binomial(x, 17.3, 4.5);
        const LogTails beta = tails_beta_binomial(x, 60, 2.5, 3.5);
        const LogTails next = tails_beta_binomial(x + 1, 60, 2.5, 3.5);

        sum += exp(x * log(17.3) - 17.3 - lgamma(x + 1));
        assert_close(exp(poisson.lower), sum, 1e-13);
        assert_close(exp(tails_poisson(x + 1, 17.3).upper), 1 - exp(poisson.lower), 1e-14);
        assert_close(
            exp(tails_negative_binomial(x + 1, 17.3, 4.5).upper), 1 - exp(negative.lower), 1e-13);
        assert_close(exp(next.upper), 1 - exp(beta.lower), 1e-13);
        assert_close(tails_dispersed(x, 17.3, 1 + 17.3 / 4.5).upper, negative.upper, 1e-12);
        assert_true(tails_dispersed(x, 17.3, 1).upper == poisson.upper);
        assert_close(tails_dispersed(x, 17.5, .3).lower, tails_binomial(x, 25, .7).lower, 1e-9);
        assert_close(tails_negative_binomial(x, 17.3, 1e13).upper, poisson.upper, 1e-9);
        assert_close(
            tails_beta_binomial(x, 60, 3e9, 7e9).upper, tails_binomial(x, 60, .3).upper, 1e-5);
    }
    // far out, where probabilities are no doubles any more
    assert_true(tails_poisson(100000, 10).upper < -800000);
    assert_true(isfinite(tails_poisson(100000, 10).upper));
    assert_close(tails_poisson(1e12, 1e12).upper, log(.5), 1e-5);
    assert_true(isfinite(tails_normal(1e10).upper) && tails_normal(1e10).upper < -1e19);
}

static void
what_is_out_of_range_is_not_a_tail(void **state)
{
    (void)state;
    const LogTails bad[] = {
        tails_poisson(NAN, 1),
        tails_poisson(1, NAN),
        tails_poisson(1, -1),
        tails_poisson(1, INFINITY),
        tails_binomial(1, -1, .5),
        tails_binomial(1, 2.5, .5),
        tails_binomial(1, 2, 1.5),
        tails_negative_binomial(1, 1, 0),
        tails_negative_binomial(1, 1, NAN),
        tails_dispersed(1, 1, NAN),
        tails_dispersed(1, 1, INFINITY),
        tails_beta_binomial(1, 2, 0, 1),
        tails_beta_binomial(1, 1e9, 1, 1),
        tails_normal(NAN),
        incomplete_gamma(0, 1),
        incomplete_beta(1, 1, NAN, .5),
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_true(isnan(bad[i].lower) && isnan(bad[i].upper));
    assert_true(isnan(tails_beta_quantile(1.5, 1, 1)));
    assert_true(isnan(proportion_wilson(.5, 0, 2).low));
    assert_true(isnan(proportion_clopper_pearson(3, 2, .95).low));
    assert_true(isnan(proportion_jeffreys(1, 2, 1).high));
    assert_true(isnan(exact_poisson(1.5, 1)) && isnan(exact_fisher((TwoByTwo){1, -1, 1, 1})));
    assert_true(isnan(exact_chi_squared((TwoByTwo){0, 0, 1, 1})));
    assert_true(exact_fisher((TwoByTwo){0, 0, 1, 1}) == 1);
    assert_true(exact_poisson(0, 0) == 1 && exact_poisson(1, 0) == 0);
}

static void
the_ends_are_certain(void **state)
{
    (void)state;

    assert_true(tails_poisson(0, 5).upper == 0);
    assert_true(tails_poisson(-INFINITY, 5).upper == 0 && tails_poisson(INFINITY, 5).lower == 0);
    assert_true(isinf(tails_poisson(-1, 5).lower) && isinf(tails_poisson(INFINITY, 5).upper));
    assert_true(tails_poisson(0, 0).lower == 0 && isinf(tails_poisson(1, 0).upper));
    assert_true(tails_binomial(0, 0, .5).lower == 0 && tails_binomial(0, 0, .5).upper == 0);
    assert_true(tails_binomial(3, 3, 1).upper == 0 && isinf(tails_binomial(2, 3, 1).lower));
    assert_true(isinf(tails_binomial(1, 3, 0).upper));
    assert_true(tails_negative_binomial(2, 3, INFINITY).upper == tails_poisson(2, 3).upper);
    assert_true(tails_poisson(2.5, 4).upper == tails_poisson(3, 4).upper);
    assert_true(tails_poisson(2.5, 4).lower == tails_poisson(2, 4).lower);
    assert_true(tails_dispersed(1, 0, 3).lower == 0);
    assert_true(tails_normal(INFINITY).lower == 0 && isinf(tails_normal(INFINITY).upper));
    assert_true(tails_beta_quantile(0, 2, 3) == 0 && tails_beta_quantile(1, 2, 3) == 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_agree_with_sixty_digits),
        cmocka_unit_test(counts_agree_with_r),
        cmocka_unit_test(shares_agree_with_r),
        cmocka_unit_test(exact_tests_agree_with_r),
        cmocka_unit_test(intervals_agree_with_published_tables),
        cmocka_unit_test(tests_agree_with_published_examples),
        cmocka_unit_test(the_tails_of_a_count_fit_together),
        cmocka_unit_test(what_is_out_of_range_is_not_a_tail),
        cmocka_unit_test(the_ends_are_certain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
