/*
 * The door to GSL: published quantiles and tails, R's, and what is said where there is no answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/special.h"
#include "tests/harness/oracle.h"

#include <math.h>

// M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, tables 26.1 to 26.8 and formulae 26.4, 26.5.
static void
quantiles_and_tails_have_their_published_values(void **state)
{
    (void)state;
    assert_relative(special_normal_quantile(.975), 1.959963984540054, 1e-14);
    assert_relative(special_normal_quantile(.05), -1.644853626951473, 1e-14);
    assert_relative(special_normal_quantile(1e-10), -6.361340902404056, 1e-12);
    assert_relative(special_chi_squared_above(3.841458820694124, 1), .05, 1e-12);
    assert_relative(special_chi_squared_above(16.811893829770927, 6), .01, 1e-12);
    assert_relative(special_log_normal_above(0), -log(2), 1e-15);
    assert_relative(special_log_normal_above(-1.644853626951473), log(.95), 1e-13);
    assert_relative(special_log_normal_above(40), -804.608442013754, 1e-13);  // R: pnorm(40, log)
    assert_relative(special_normal_hazard(0), sqrt(2 / acos(-1)), 1e-14);
    assert_relative(special_normal_hazard(100), 100.00999800099926, 1e-13);  // z + 1/z - 2/z^3 ...
    // A chi-squared with 2 degrees is exponential; Beta(1, b) and Beta(a, 1) have quantiles in closed form.
    for (double p = .01; p < 1; p += .07) {
        assert_relative(special_chi_squared_above(-2 * log(p), 2), p, 1e-13);
        assert_relative(special_gamma_quantile(p, 1, 4), -log1p(-p) / 4, 1e-12);
        assert_relative(special_beta_quantile(p, 1, 7.5), -expm1(log1p(-p) / 7.5), 1e-12);
        assert_relative(special_beta_quantile(p, 3.25, 1), pow(p, 1 / 3.25), 1e-12);
    }
}

static void
beta_quantiles_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "tails");
    size_t count = 0;

    const double *const p = oracle_list(arena, oracle, "beta_quantile.p", &count);
    const double *const a = oracle_list(arena, oracle, "beta_quantile.a", &count);
    const double *const b = oracle_list(arena, oracle, "beta_quantile.b", &count);
    const double *const q = oracle_list(arena, oracle, "beta_quantile.q", &count);

    for (size_t i = 0; i < count; i++)
        assert_relative(special_beta_quantile(p[i], a[i], b[i]), q[i], 1e-9);
    arena_destroy(arena);
}

// X ~ Beta(a, b) means 1 - X ~ Beta(b, a); and quantiles rise.
static void
beta_quantiles_hold_over_the_whole_range(void **state)
{
    (void)state;
    static const double sizes[] = {.1, .5, 2, 30, 1e3, 1e6};

    for (size_t i = 0; i < 36; i++) {
        const double a = sizes[i / 6];
        const double b = sizes[i % 6];
        double before = 0;

        for (double p = .025; p < 1; p += .19) {
            const double found = special_beta_quantile(p, a, b);

            assert_true(found > before || (found == before && found > 1 - 1e-15));
            assert_close(found, 1 - special_beta_quantile(1 - p, b, a), 1e-12);
            before = found;
        }
    }
}

// Where GSL gives up: a million and more, by the expansions' own neighbours. R: qgamma(.95, 1e8), qbeta(.025, 3e7, 1e8).
static void
large_quantiles_hold(void **state)
{
    (void)state;
    assert_relative(special_gamma_quantile(.95, 1e8, 1), 100016449.104764, 1e-12);
    assert_relative(special_beta_quantile(.025, 3e7, 1e8), .230696808827971, 1e-12);
    assert_relative(special_beta_quantile(.5, 1e6, 1e6), .5, 1e-14);
    // on both sides of each border the same function of the parameter
    assert_relative(special_gamma_quantile(.1, 1e5 * (1 + 1e-10), 2),
        special_gamma_quantile(.1, 1e5 * (1 - 1e-10), 2), 1e-9);
    assert_relative(special_beta_quantile(.1, 1e5 * (1 + 1e-10), 2e5),
        special_beta_quantile(.1, 1e5 * (1 - 1e-10), 2e5), 1e-9);
    assert_relative(special_beta_quantile(.1, 12, 1e6 * (1 + 1e-10)),
        special_beta_quantile(.1, 12, 1e6 * (1 - 1e-10)), 1e-9);
    assert_relative(special_beta_quantile(.9, 1e6 * (1 + 1e-10), 12),
        special_beta_quantile(.9, 1e6 * (1 - 1e-10), 12), 1e-9);
    assert_relative(special_beta_quantile(.1, 5000, 1e6 * (1 + 1e-10)),
        special_beta_quantile(.1, 5000, 1e6 * (1 - 1e-10)), 1e-7);
}

static void
equations_are_solved_or_refused(void **state)
{
    (void)state;
    static const double matrix[] = {4, 2, .6, 2, 5, 1.5, .6, 1.5, 3};
    static const double truth[] = {1.5, -2, .25};
    static const double singular[] = {1, 1, 1, 1};
    static const double indefinite[] = {1, 2, 2, 1};
    static const double mad[] = {1, NAN, NAN, 1};
    static const double right[] = {1, 1};
    double product[3] = {0};
    double x[3] = {-7, -7, -7};

    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            product[i] += matrix[3 * i + j] * truth[j];
    assert_false(special_solve(2, singular, right, x));
    assert_false(special_solve(2, indefinite, right, x));
    assert_false(special_solve(2, mad, right, x));
    assert_false(special_solve(0, matrix, right, x));
    assert_true(x[0] == -7 && x[1] == -7);
    assert_true(special_solve(3, matrix, product, x));
    for (int i = 0; i < 3; i++)
        assert_relative(x[i], truth[i], 1e-14);
}

static void
there_is_no_answer_to_nonsense(void **state)
{
    (void)state;
    static const double nonsense[] = {NAN, INFINITY, -INFINITY, -1, 0};

    assert_true(isnan(special_normal_quantile(1)) && isnan(special_normal_quantile(0)));
    assert_true(isnan(special_normal_quantile(NAN)) && isnan(special_normal_quantile(-3)));
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        assert_true(isnan(special_beta_quantile(.5, nonsense[i], 2)));
        assert_true(isnan(special_beta_quantile(.5, 2, nonsense[i])));
        assert_true(isnan(special_gamma_quantile(.5, nonsense[i], 2)));
        assert_true(isnan(special_gamma_quantile(.5, 2, nonsense[i])));
        assert_true(isnan(special_chi_squared_above(1, nonsense[i])));
    }
    assert_true(isnan(special_beta_quantile(1, 2, 2)) && isnan(special_gamma_quantile(0, 2, 2)));
    assert_true(isnan(special_chi_squared_above(NAN, 2)));
    assert_true(special_chi_squared_above(-4, 2) == 1 && special_chi_squared_above(0, 2) == 1);
    assert_true(isnan(special_log_normal_above(NAN)) && isnan(special_normal_hazard(NAN)));
    assert_true(special_log_normal_above(INFINITY) == -INFINITY);
    assert_true(special_log_normal_above(-INFINITY) == 0);
    assert_true(special_normal_hazard(-INFINITY) == 0 && special_normal_hazard(-50) == 0);
    assert_true(special_normal_hazard(INFINITY) == INFINITY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_and_tails_have_their_published_values),
        cmocka_unit_test(beta_quantiles_agree_with_r),
        cmocka_unit_test(beta_quantiles_hold_over_the_whole_range),
        cmocka_unit_test(large_quantiles_hold),
        cmocka_unit_test(equations_are_solved_or_refused),
        cmocka_unit_test(there_is_no_answer_to_nonsense),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
