/*
 * Ratios of many segments, shrunk to what they have in common: against a published fit, R and the scalar of lanes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/gamma_poisson.h"
#include "detectors/stats/lane.h"
#include "detectors/stats/special.h"
#include "tests/harness/oracle.h"

#include <math.h>

// C. I. Bliss, R. A. Fisher, Biometrics 9 (1953) 176-200: red mites on 150 apple leaves; k = 1.02459 by maximum
// likelihood.
static void
mites_on_apple_leaves_have_the_published_fit(void **state)
{
    (void)state;
    static const int leaves[8] = {70, 38, 17, 10, 9, 3, 2, 1};
    double mites[150];
    double expected[150];
    size_t n = 0;
    GammaPrior prior = {0};

    for (int k = 0; k < 8; k++)
        for (int i = 0; i < leaves[k]; i++) {
            mites[n] = k;
            expected[n++] = 1;
        }
    assert_true(gamma_poisson_fit(&(RatioCounts){mites, expected, n}, &prior));
    assert_relative(prior.size, 1.02459, 5e-6);
    assert_relative(prior.ratio, 172.0 / 150, 1e-10);
}

static void
ratios_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "eb_gammapoisson");
    const json_t *const theta = oracle_load(arena, "theta");
    size_t count = 0;
    GammaPrior prior = {0};

    const RatioCounts counts = {.observed = oracle_column(arena, "gamma_poisson", 0, &count),
        .expected = oracle_column(arena, "gamma_poisson", 1, &count),
        .count = count};
    const double *const mean = oracle_list(arena, oracle, "posterior_mean_ratio", &count);

    assert_true(gamma_poisson_fit(&counts, &prior));
    assert_relative(prior.size, oracle_number(oracle, "size"), 1e-6);
    assert_relative(prior.ratio, oracle_number(oracle, "mean_ratio"), 1e-6);
    assert_relative(
        gamma_poisson_log_likelihood(&counts, prior), oracle_number(oracle, "loglik"), 1e-10);
    for (size_t i = 0; i < count; i++)
        assert_relative(
            gamma_poisson_posterior(counts.observed[i], counts.expected[i], prior, .95).mean,
            mean[i], 1e-6);

    const double *const o = oracle_list(arena, theta, "O", &count);
    const double *const e = oracle_list(arena, theta, "E", &count);
    const double *const factor = oracle_list(arena, theta, "theta", &count);
    const double *const low = oracle_list(arena, theta, "lo", &count);
    const double *const high = oracle_list(arena, theta, "hi", &count);

    for (size_t i = 0; i < count; i++) {
        const RatioEstimate ratio =
            gamma_poisson_posterior(o[i], e[i], (GammaPrior){1, oracle_number(theta, "k")}, .95);

        assert_relative(ratio.mean, factor[i], 1e-12);
        assert_relative(ratio.low, low[i], 1e-9);
        assert_relative(ratio.high, high[i], 1e-9);
    }
    arena_destroy(arena);
}

// With its ratio fixed at 1 it is the scalar of a lane.
static void
lanes_are_the_case_of_a_known_ratio(void **state)
{
    (void)state;
    static const double o[] = {4, 0, 31, 12, 0};
    static const double e[] = {6.5, .2, 20, 12, 3};

    for (double size = .1; size < 1e4; size *= 3) {
        const double constant =
            gamma_poisson_log_likelihood(&(RatioCounts){o, e, 5}, (GammaPrior){1, size}) -
            lane_log_likelihood(&(LaneCounts){o, e, 5}, size);

        assert_close(
            constant, -special_log_gamma(5) - special_log_gamma(32) - special_log_gamma(13), 1e-9);
        assert_relative(gamma_poisson_posterior(4, 6.5, (GammaPrior){1, size}, .9).mean,
            lane_scalar(4, 6.5, size), 1e-15);
    }
}

static void
ratios_have_a_definition_everywhere(void **state)
{
    (void)state;
    static const double o[] = {0, 0, 3, -1, NAN, INFINITY, 2, 2};
    static const double e[] = {5, 9, 0, 2, 2, 2, -4, INFINITY};
    static const double exact[] = {10, 20, 30};
    static const struct
    {
        double observed, expected, ratio, size, level;
    } nonsense[] = {{-1, 2, 1, 5, .9}, {1, -2, 1, 5, .9}, {1, 2, 0, 5, .9}, {1, 2, 1, 0, .9},
        {NAN, 2, 1, 5, .9}, {1, INFINITY, 1, 5, .9}, {1, 2, NAN, 5, .9}, {1, 2, 1, INFINITY, .9},
        {1, 2, 1, 5, 0}, {0, 0, 1e300, 1e-300, .9}};
    GammaPrior prior = {-1, -1};

    assert_false(gamma_poisson_fit(&(RatioCounts){o, e, 0}, &prior));
    assert_false(gamma_poisson_fit(&(RatioCounts){o + 2, e + 2, 6}, &prior));
    assert_true(prior.ratio == -1);
    assert_true(gamma_poisson_fit(&(RatioCounts){o, e, 8}, &prior));  // nothing at all was seen
    assert_true(prior.ratio > 0 && prior.ratio < 1e-3 && prior.size > 0 && isfinite(prior.size));
    assert_true(gamma_poisson_fit(&(RatioCounts){exact, exact, 3}, &prior));
    assert_relative(prior.ratio, 1, 1e-6);
    assert_true(prior.size > 1e5);

    // 2 + 5 over 1 + 2: qgamma(c(.05, .95), 7, 3) in R
    const RatioEstimate seen = gamma_poisson_posterior(2, 1, (GammaPrior){2.5, 5}, .9);
    const RatioEstimate unseen = gamma_poisson_posterior(0, 0, (GammaPrior){2.5, 5}, .9);

    assert_relative(seen.mean, 7 / 3.0, 1e-15);
    assert_relative(seen.low, 1.09510523, 1e-8);
    assert_relative(seen.high, 3.94746522, 1e-8);
    assert_relative(unseen.mean, 2.5, 1e-15);
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        const RatioEstimate ratio =
            gamma_poisson_posterior(nonsense[i].observed, nonsense[i].expected,
                (GammaPrior){nonsense[i].ratio, nonsense[i].size}, nonsense[i].level);

        assert_true(isnan(ratio.mean) && isnan(ratio.low) && isnan(ratio.high));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mites_on_apple_leaves_have_the_published_fit),
        cmocka_unit_test(ratios_agree_with_r),
        cmocka_unit_test(lanes_are_the_case_of_a_known_ratio),
        cmocka_unit_test(ratios_have_a_definition_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
