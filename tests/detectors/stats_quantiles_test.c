/*
 * Quantiles of all nine kinds, robust spreads and moments: by hand, against NIST's certified values and R.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/moments.h"
#include "detectors/stats/quantiles.h"
#include "tests/harness/oracle.h"

#include <math.h>

// Worked out on paper from the definitions of Hyndman and Fan (1996).
static void
quantiles_are_those_worked_out_by_hand(void **state)
{
    (void)state;
    static const double five[] = {2, 4, 8, 16, 32};
    static const double four[] = {1, 3, 7, 15};
    static const double quarter[] = {
        4, 4, 2, 2.5, 3.5, 3, 4, 2 + 4 / 3.0, 2 + 2 * .6875};    // of five, p = 1/4
    static const double middle[] = {3, 5, 3, 3, 5, 5, 5, 5, 5};  // of four, p = 1/2
    static const double centre[] = {8, 8, 4, 6, 8, 8, 8, 8, 8};  // of five: 2 is even
    static const double end[] = {32, 32, 32, 32, 32, 32, 32, 32, 32};

    for (int type = 1; type <= 9; type++) {
        const QuantileType kind = (QuantileType)type;

        assert_close(quantile_of(five, 5, .25, kind), quarter[type - 1], 1e-14);
        assert_close(quantile_of(four, 4, .5, kind), middle[type - 1], 1e-14);
        assert_close(quantile_of(five, 5, .5, kind), centre[type - 1], 1e-14);
        assert_close(quantile_of(five, 5, 1, kind), end[type - 1], 1e-14);
        assert_close(quantile_of(five, 5, 0, kind), 2, 1e-14);
    }
    assert_true(quantile_of((const double[]){1, 5, 6}, 3, .5, QUANTILE_NEAREST) == 5);
}

static void
quantiles_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "quantiles");
    size_t count = 0;
    size_t shares = 0;

    const double *const values = oracle_column(arena, "quantile57", 0, &count);
    const double *const sorted = quantiles_sort(arena, values, count, &count);
    double *const p = oracle_list(arena, oracle, "p", &shares);
    const Moments moments = moments_of(values, count);

    assert_close(p[5], 1.0 / 3, 1e-14);
    p[5] = 1.0 / 3;  // 15 digits of it fall before the step that a third of 57 values is
    for (int type = 1; type <= 9; type++) {
        const double *const expected =
            oracle_list(arena, oracle, arena_printf(arena, "types.type%d", type), &shares);

        for (size_t i = 0; i < shares; i++)
            assert_relative(
                quantile_of(sorted, count, p[i], (QuantileType)type), expected[i], 1e-12);
    }
    assert_relative(quantile_mad(arena, sorted, count, QUANTILE_MAD_NORMAL),
        oracle_number(oracle, "mad"), 1e-12);
    assert_relative(quantile_mad(arena, sorted, count, 1), oracle_number(oracle, "mad_raw"), 1e-12);
    assert_relative(quantile_range(sorted, count), oracle_number(oracle, "iqr"), 1e-12);
    assert_relative(moments.mean, oracle_number(oracle, "mean"), 1e-13);
    assert_relative(moments.deviation, oracle_number(oracle, "sd"), 1e-13);
    arena_destroy(arena);
}

static void
sorting_keeps_the_input_and_leaves_out_what_is_no_number(void **state)
{
    (void)state;
    static const double values[] = {4, NAN, -INFINITY, 9, 1, NAN, INFINITY};
    Arena *const arena = arena_create();
    size_t kept = 0;
    const double *const sorted = quantiles_sort(arena, values, 7, &kept);

    assert_int_equal(kept, 5);
    assert_true(sorted[0] == -INFINITY && sorted[2] == 4 && sorted[4] == INFINITY);
    assert_true(values[0] == 4 && values[3] == 9);  // where they were
    assert_true(quantile_median(sorted, kept) == 4);
    assert_true(quantile_mad(arena, sorted, kept, 1) == 5);  // |x - 4|: 0 3 5 inf inf
    quantiles_sort(arena, NULL, 0, &kept);
    assert_int_equal(kept, 0);
    arena_destroy(arena);
}

static void
quantiles_have_a_definition_everywhere(void **state)
{
    (void)state;
    static const double one[] = {42};
    static const double alike[] = {3, 3, 3, 3};
    static const double ends[] = {-INFINITY, INFINITY};
    static const double never[] = {1, INFINITY, INFINITY};
    Arena *const arena = arena_create();

    for (int type = 1; type <= 9; type++) {
        const QuantileType kind = (QuantileType)type;

        assert_true(isnan(quantile_of(NULL, 0, .5, kind)));
        assert_true(isnan(quantile_of(one, 1, -.1, kind)));
        assert_true(isnan(quantile_of(one, 1, 1.1, kind)));
        assert_true(isnan(quantile_of(one, 1, NAN, kind)));
        for (double p = 0; p <= 1; p += .125) {
            assert_true(quantile_of(one, 1, p, kind) == 42);
            assert_true(quantile_of(alike, 4, p, kind) == 3);
        }
        assert_true(quantile_of(never, 3, 1, kind) == INFINITY);
        assert_true(quantile_of(never, 3, 0, kind) == 1);
    }
    assert_true(isnan(quantile_of(one, 1, .5, (QuantileType)0)));
    assert_true(isnan(quantile_of(one, 1, .5, (QuantileType)10)));
    assert_true(isnan(quantile_of(ends, 2, .5, QUANTILE_MODES)));
    assert_true(quantile_of(ends, 2, .5, QUANTILE_INVERSE) == -INFINITY);
    assert_true(isnan(quantile_median(NULL, 0)) && isnan(quantile_range(NULL, 0)));
    assert_true(isnan(quantile_mad(arena, NULL, 0, 1)));
    assert_true(isnan(quantile_mad(arena, never, 3, 1)));
    assert_true(quantile_mad(arena, alike, 4, 1) == 0 && quantile_range(alike, 4) == 0);
    arena_destroy(arena);
}

// NIST, Statistical Reference Datasets, univariate summary statistics: Mavro (50 filter transmittances).
static const double mavro[] = {2.00180, 2.00170, 2.00180, 2.00190, 2.00180, 2.00170, 2.00150,
    2.00140, 2.00150, 2.00150, 2.00170, 2.00180, 2.00180, 2.00190, 2.00190, 2.00210, 2.00200,
    2.00160, 2.00140, 2.00130, 2.00130, 2.00150, 2.00150, 2.00160, 2.00150, 2.00140, 2.00130,
    2.00140, 2.00150, 2.00140, 2.00150, 2.00160, 2.00150, 2.00160, 2.00190, 2.00200, 2.00200,
    2.00210, 2.00220, 2.00230, 2.00240, 2.00250, 2.00270, 2.00260, 2.00260, 2.00260, 2.00270,
    2.00260, 2.00250, 2.00240};

static void
assert_moments(const double *values, size_t count, Moments certified, Moments tolerance)
{
    const Moments found = moments_of(values, count);

    assert_relative(found.mean, certified.mean, tolerance.mean);
    assert_relative(found.deviation, certified.deviation, tolerance.deviation);
    assert_relative(found.autocorrelation, certified.autocorrelation, tolerance.autocorrelation);
}

// The same archive's NumAcc1 to NumAcc4, of rising difficulty. In the last two .1, .2 and .3 behind a million and ten
// million are already rounded in the data, which costs 6 and 7 digits of the deviation.
static void
moments_have_the_digits_certified_by_nist(void **state)
{
    (void)state;
    static const struct
    {
        double first, low, high, digits;
    } sets[] = {{1.2, 1.1, 1.3, 1e-13}, {1000000.2, 1000000.1, 1000000.3, 1e-9},
        {10000000.2, 10000000.1, 10000000.3, 1e-8}};
    static const double three[] = {10000001, 10000003, 10000002};
    double values[1001];

    assert_moments(mavro, 50, (Moments){2.00185600000000, .000429123454003053, .937989183438248},
        (Moments){1e-15, 1e-13, 1e-12});
    assert_moments(three, 3, (Moments){10000002, 1, -.5}, (Moments){0, 0, 0});
    for (size_t set = 0; set < 3; set++) {
        const double digits = sets[set].digits;

        values[0] = sets[set].first;
        for (size_t i = 1; i < 1001; i++)
            values[i] = i % 2 == 1 ? sets[set].low : sets[set].high;
        assert_moments(
            values, 1001, (Moments){sets[set].first, .1, -.999}, (Moments){1e-15, digits, digits});
    }
}

static void
moments_agree_with_all_certified_sets(void **state)
{
    (void)state;
    static const struct
    {
        const char *set;
        double deviation, autocorrelation;
    } sets[] = {{"lew", 1e-13, 1e-13}, {"lottery", 1e-13, 1e-13}, {"mavro", 1e-13, 1e-12},
        {"michelson", 1e-13, 1e-12}, {"pidigits", 1e-13, 1e-12}, {"numacc1", 0, 0},
        {"numacc2", 1e-13, 1e-13}, {"numacc3", 1e-9, 1e-9}, {"numacc4", 1e-8, 1e-8}};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "nist_strd_univariate");
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        const char *const set = sets[i].set;
        size_t count = 0;
        const double *const values =
            oracle_column(arena, arena_printf(arena, "nist_%s", set), 0, &count);
        const Moments certified = {
            .mean = oracle_number(oracle, arena_printf(arena, "%s.certified.mean", set)),
            .deviation = oracle_number(oracle, arena_printf(arena, "%s.certified.sd", set)),
            .autocorrelation = oracle_number(oracle, arena_printf(arena, "%s.certified.r1", set))};

        assert_moments(
            values, count, certified, (Moments){1e-14, sets[i].deviation, sets[i].autocorrelation});
    }
    arena_destroy(arena);
}

static void
sums_do_not_lose_what_is_small(void **state)
{
    (void)state;
    static const double peters[] = {
        1, 1e100, 1, -1e100};  // Neumaier's own example: plain sums give 0
    double tenths[1000];

    for (int i = 0; i < 1000; i++)
        tenths[i] = .1;
    assert_true(moments_sum(peters, 4) == 2);
    assert_true(moments_sum(tenths, 1000) == 100);
    assert_true(moments_sum(NULL, 0) == 0);
    assert_true(moments_sum((const double[]){1, INFINITY}, 2) == INFINITY);
    assert_true(isnan(moments_sum((const double[]){-INFINITY, INFINITY}, 2)));
}

static void
moments_have_a_definition_everywhere(void **state)
{
    (void)state;
    static const double one[] = {5};
    static const double alike[] = {.1, .1, .1, .1, .1, .1};
    static const double bad[][2] = {{1, NAN}, {1, INFINITY}, {-INFINITY, INFINITY}};
    Moments found = moments_of(NULL, 0);

    assert_true(isnan(found.mean) && isnan(found.deviation) && isnan(found.autocorrelation));
    found = moments_of(one, 1);
    assert_true(found.mean == 5 && isnan(found.deviation) && isnan(found.autocorrelation));
    found = moments_of(alike, 6);
    assert_true(found.mean == .1 && found.deviation == 0 && isnan(found.autocorrelation));
    for (int i = 0; i < 3; i++) {
        found = moments_of(bad[i], 2);
        assert_true(isnan(found.mean) && isnan(found.deviation) && isnan(found.autocorrelation));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_worked_out_by_hand),
        cmocka_unit_test(quantiles_agree_with_r),
        cmocka_unit_test(sorting_keeps_the_input_and_leaves_out_what_is_no_number),
        cmocka_unit_test(quantiles_have_a_definition_everywhere),
        cmocka_unit_test(moments_have_the_digits_certified_by_nist),
        cmocka_unit_test(moments_agree_with_all_certified_sets),
        cmocka_unit_test(sums_do_not_lose_what_is_small),
        cmocka_unit_test(moments_have_a_definition_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
