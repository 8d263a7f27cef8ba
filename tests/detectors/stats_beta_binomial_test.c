/*
 * Shares of many segments, shrunk to what they have in common: against published fits and R.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/beta_binomial.h"
#include "tests/harness/oracle.h"

#include <math.h>

// B. Efron, C. Morris, Scientific American 236 (5) (1977) 119-127: 18 batters after 45 times at bat in 1970.
static const double hits[18] = {
    18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7};
static void
batters_have_the_published_estimates_of_james_and_stein(void **state)
{
    (void)state;
    static const double published[18] = {.294, .289, .284, .280, .275, .275, .270, .266, .261, .261,
        .256, .256, .256, .256, .256, .252, .247, .242};
    double averages[18];
    double mean = 0;
    double shrinkage = 0;

    for (int i = 0; i < 18; i++) {
        averages[i] = hits[i] / 45;
        mean += averages[i] / 18;
    }
    assert_true(james_stein(averages, 18, mean * (1 - mean) / 45, averages, &shrinkage));
    assert_true(fabs(1 - shrinkage - .212) < .0005);
    for (int i = 0; i < 18; i++)
        assert_true(fabs(averages[i] - published[i]) < .0006);
}

static void
means_that_cannot_be_shrunk_are_left_alone(void **state)
{
    (void)state;
    double out[4] = {7, 7, 7, 7};
    double shrinkage = -1;

    assert_false(james_stein((double[]){1, 2, 3}, 3, 1, out, &shrinkage));
    assert_false(james_stein((double[]){1, 2, 3, NAN}, 4, 1, out, &shrinkage));
    assert_false(james_stein((double[]){1, 2, 3, INFINITY}, 4, 1, out, &shrinkage));
    assert_false(james_stein((double[]){1, 2, 3, 4}, 4, -1, out, &shrinkage));
    assert_false(james_stein((double[]){1, 2, 3, 4}, 4, NAN, out, &shrinkage));
    assert_true(out[0] == 7 && shrinkage == -1);
    assert_true(james_stein((double[]){2, 2, 2, 2}, 4, 1, out, &shrinkage));
    assert_true(shrinkage == 1 && out[0] == 2);
    assert_true(james_stein((double[]){1, 2, 3, 4}, 4, 0, out, &shrinkage));
    assert_true(shrinkage == 0 && out[3] == 4);
    assert_true(james_stein((double[]){1, 2, 3, 4}, 4, 50, out, &shrinkage));
    assert_true(shrinkage == 1 && out[3] == 2.5);  // not past the mean
}

// A. Geissler (1889), in A. W. F. Edwards, Ann. Hum. Genet. 23 (1958) 6-15 and many since: boys among the first 12
// children of 6115 families in Saxony. The beta-binomial has alpha 34.1, beta 31.6 and log-likelihood -12492.9.
static void
families_in_saxony_have_the_published_fit(void **state)
{
    (void)state;
    static const int families[13] = {3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7};
    static double boys[6115];
    static double children[6115];
    size_t n = 0;
    BetaPrior prior = {0};
    BetaPrior moments = {0};

    for (int k = 0; k <= 12; k++)
        for (int i = 0; i < families[k]; i++) {
            boys[n] = k;
            children[n++] = 12;
        }
    assert_int_equal(n, 6115);

    const ShareCounts trials = {boys, children, n};

    assert_true(beta_binomial_fit(&trials, &prior));
    assert_relative(prior.mean * prior.weight, 34.1, 5e-4);
    assert_relative((1 - prior.mean) * prior.weight, 31.58, 5e-4);
    assert_true(fabs(beta_binomial_log_likelihood(&trials, prior) + 12492.87) < .005);
    assert_true(beta_binomial_moments(&trials, &moments));
    assert_relative(moments.mean * moments.weight, 34.1350, 2e-3);  // theirs divide by n, not n - 1
    assert_relative((1 - moments.mean) * moments.weight, 31.6085, 2e-3);
}

static BetaPrior
prior_of(Arena *arena, const json_t *oracle, const char *set)
{
    return (BetaPrior){.mean = oracle_number(oracle, arena_printf(arena, "%s.mean", set)),
        .weight = oracle_number(oracle, arena_printf(arena, "%s.M", set))};
}

static void
shares_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "eb_betabinomial");
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        const char *const set = i == 0 ? "efron_morris" : "late_by_segment";
        const ShareCounts trials = {.hits = oracle_column(arena, set, 0, &count),
            .trials = oracle_column(arena, set, 1, &count),
            .count = count};
        const BetaPrior ml = prior_of(arena, oracle, arena_printf(arena, "%s.ml", set));
        const BetaPrior moment = prior_of(arena, oracle, arena_printf(arena, "%s.moment", set));
        const double *const mean =
            oracle_list(arena, oracle, arena_printf(arena, "%s.posterior_mean", set), &count);
        const double *const low =
            i == 0 ? NULL : oracle_list(arena, oracle, "late_by_segment.post_lo", &count);
        const double *const high =
            i == 0 ? NULL : oracle_list(arena, oracle, "late_by_segment.post_hi", &count);
        BetaPrior fitted = {0};
        BetaPrior moments = {0};

        assert_true(beta_binomial_fit(&trials, &fitted));
        assert_relative(fitted.mean, ml.mean, 1e-6);
        assert_relative(fitted.weight, ml.weight, 1e-6);
        assert_relative(beta_binomial_log_likelihood(&trials, fitted),
            oracle_number(oracle, arena_printf(arena, "%s.ml.loglik", set)), 1e-10);
        assert_true(beta_binomial_moments(&trials, &moments));
        assert_relative(moments.mean, moment.mean, 1e-12);
        assert_relative(moments.weight, moment.weight, 1e-10);
        for (size_t k = 0; k < count; k++) {
            const ShareEstimate share =
                beta_binomial_posterior(trials.hits[k], trials.trials[k], fitted, .95);

            assert_relative(share.mean, mean[k], 1e-6);
            if (low) {
                assert_relative(share.low, low[k], 1e-6);
                assert_relative(share.high, high[k], 1e-6);
            }
        }
    }
    arena_destroy(arena);
}

static void
james_and_stein_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "eb_betabinomial");
    size_t count = 0;
    double averages[18];
    double mean = 0;
    double shrinkage = 0;
    for (int i = 0; i < 18; i++) {
        averages[i] = hits[i] / 45;
        mean += averages[i] / 18;
    }

    const double *const expected = oracle_list(arena, oracle, "efron_morris.james_stein", &count);

    assert_true(james_stein(averages, 18, mean * (1 - mean) / 45, averages, &shrinkage));
    assert_relative(shrinkage, oracle_number(oracle, "efron_morris.B"), 1e-12);
    for (size_t i = 0; i < count; i++)
        assert_relative(averages[i], expected[i], 1e-12);
    arena_destroy(arena);
}

static void
segments_that_say_nothing_change_nothing(void **state)
{
    (void)state;
    const double y[] = {3, 0, 8, 0, -1, 5, NAN, 2, 1};
    const double n[] = {9, 4, 20, 0, 3, 4, 7, INFINITY, NAN};
    BetaPrior few = {0};
    BetaPrior all = {0};

    assert_true(beta_binomial_fit(&(ShareCounts){y, n, 3}, &few));
    assert_true(beta_binomial_fit(&(ShareCounts){y, n, 9}, &all));
    assert_relative(all.mean, few.mean, 1e-14);
    assert_relative(all.weight, few.weight, 1e-14);
    assert_true(beta_binomial_moments(&(ShareCounts){y, n, 3}, &few));
    assert_true(beta_binomial_moments(&(ShareCounts){y, n, 9}, &all));
    assert_relative(all.weight, few.weight, 1e-14);

    few.weight = -5;
    assert_false(beta_binomial_fit(&(ShareCounts){y, n, 0}, &few));
    assert_false(beta_binomial_fit(&(ShareCounts){y + 3, n + 3, 6}, &few));
    assert_false(beta_binomial_moments(&(ShareCounts){y + 3, n + 3, 6}, &few));
    assert_true(few.weight == -5);
    assert_true(beta_binomial_log_likelihood(&(ShareCounts){y, n, 0}, (BetaPrior){.5, 2}) == 0);
}

static void
shares_at_the_ends_stay_within_reason(void **state)
{
    (void)state;
    static const double none[] = {0, 0, 0};
    static const double some[] = {30, 20, 40};
    static const double tenth[] = {3, 2, 4};
    static const double ends[] = {30, 0, 40};
    static const double once[] = {1, 1, 1};
    BetaPrior prior = {0};

    assert_true(beta_binomial_fit(&(ShareCounts){none, some, 3}, &prior));
    assert_true(prior.mean > 0 && prior.mean < .01 && prior.weight > 0 && isfinite(prior.weight));
    assert_false(beta_binomial_moments(&(ShareCounts){none, some, 3}, &prior));
    assert_true(beta_binomial_fit(&(ShareCounts){some, some, 3}, &prior));
    assert_true(prior.mean > .99 && prior.mean < 1);
    assert_true(beta_binomial_fit(&(ShareCounts){tenth, some, 3}, &prior));  // quite alike
    assert_close(prior.mean, .1, 1e-6);
    assert_true(prior.weight > 1e6);
    assert_true(beta_binomial_moments(&(ShareCounts){tenth, some, 3}, &prior));
    assert_true(isinf(prior.weight));
    assert_true(beta_binomial_fit(&(ShareCounts){ends, some, 3}, &prior));  // as unlike as can be
    assert_true(prior.weight < .2);
    assert_true(beta_binomial_moments(&(ShareCounts){ends, some, 3}, &prior));
    assert_true(prior.weight < .05);
    assert_false(beta_binomial_moments(&(ShareCounts){(double[]){0, 1, 0}, once, 3}, &prior));
    assert_false(beta_binomial_moments(&(ShareCounts){tenth, some, 1}, &prior));
}

static void
beliefs_about_shares_have_a_definition_everywhere(void **state)
{
    (void)state;
    const BetaPrior prior = {.mean = .25, .weight = 12};
    const ShareEstimate unseen = beta_binomial_posterior(0, 0, prior, .95);
    // 3 + .5 of 12 + 4: qbeta(c(.025, .975), 3.5, 12.5) in R
    const ShareEstimate seen =
        beta_binomial_posterior(3, 12, (BetaPrior){.mean = .125, .weight = 4}, .95);
    static const struct
    {
        double hits, trials, mean, weight, level;
    } nonsense[] = {{-1, 3, .2, 5, .9}, {4, 3, .2, 5, .9}, {NAN, 3, .2, 5, .9},
        {1, INFINITY, .2, 5, .9}, {1, 3, 0, 5, .9}, {1, 3, 1, 5, .9}, {1, 3, .2, 0, .9},
        {1, 3, .2, INFINITY, .9}, {1, 3, NAN, 5, .9}, {1, 3, .2, 5, 1}, {1, 3, .2, 5, NAN}};

    assert_true(unseen.mean == .25 && unseen.low < .25 && unseen.high > .25);
    assert_relative(seen.low, .05977097, 1e-6);
    assert_relative(seen.high, .44363546, 1e-6);
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        const ShareEstimate share = beta_binomial_posterior(nonsense[i].hits, nonsense[i].trials,
            (BetaPrior){nonsense[i].mean, nonsense[i].weight}, nonsense[i].level);

        assert_true(isnan(share.mean) && isnan(share.low) && isnan(share.high));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batters_have_the_published_estimates_of_james_and_stein),
        cmocka_unit_test(means_that_cannot_be_shrunk_are_left_alone),
        cmocka_unit_test(families_in_saxony_have_the_published_fit),
        cmocka_unit_test(shares_agree_with_r),
        cmocka_unit_test(james_and_stein_agree_with_r),
        cmocka_unit_test(segments_that_say_nothing_change_nothing),
        cmocka_unit_test(shares_at_the_ends_stay_within_reason),
        cmocka_unit_test(beliefs_about_shares_have_a_definition_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
