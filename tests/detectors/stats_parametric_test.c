/*
 * Waiting times by formula: published fits, R's, and fits that must be refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/cure.h"
#include "detectors/stats/parametric.h"
#include "tests/harness/gaps.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <stdlib.h>

// J. Lieblein, M. Zelen, J. Res. Nat. Bur. Stand. 57 (1956) 273-316: millions of revolutions to the failure of 23 ball
// bearings. J. F. Lawless, Statistical Models and Methods for Lifetime Data, Wiley 1982, gives the fits.
static void
ball_bearings_have_the_published_fits(void **state)
{
    (void)state;
    static const double millions[] = {17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.40, 51.84, 51.96,
        54.12, 55.56, 67.80, 68.64, 68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92,
        128.04, 173.40};
    CensoredGap gaps[23];
    ParametricFit fit = {0};

    for (int i = 0; i < 23; i++)
        gaps[i] = (CensoredGap){.time = millions[i], .ended = true, .weight = 1};
    assert_true(parametric_fit(gaps, 23, PARAMETRIC_WEIBULL, false, &fit));
    assert_true(fabs(1 / fit.model.scale - 2.10) < .005);
    assert_true(fabs(exp(fit.model.location) - 81.88) < .01);
    assert_true(fabs(fit.log_likelihood + 113.69) < .005);
    assert_true(parametric_fit(gaps, 23, PARAMETRIC_LOG_NORMAL, false, &fit));
    assert_true(fabs(fit.model.location - 4.150) < .0005);
    assert_true(fabs(fit.model.scale - .522) < .0005);
    assert_true(fabs(fit.log_likelihood + 113.13) < .005);
}

// E. A. Gehan's 6-MP data: 9 relapses in 359 weeks watched, the exponential rate of .025 found in every textbook.
static void
six_mp_has_the_published_rate(void **state)
{
    (void)state;
    CensoredGap gaps[30];
    const size_t count = gaps_of(gaps_six_mp, gaps);
    ParametricFit fit = {0};

    assert_true(parametric_fit(gaps, count, PARAMETRIC_EXPONENTIAL, false, &fit));
    assert_relative(exp(-fit.model.location), 9 / 359.0, 1e-12);
    assert_relative(fit.location_error, 1 / 3.0, 1e-12);  // 1 / sqrt(events)
    assert_true(fit.model.scale == 1 && fit.model.share == 0);
    assert_true(isnan(fit.log_scale_error) && isnan(fit.log_odds_error));
    assert_relative(parametric_survival(&fit.model, 10), exp(-90 / 359.0), 1e-12);
}

static const struct
{
    const char *name;
    ParametricFamily family;
} families[] = {{"exponential", PARAMETRIC_EXPONENTIAL}, {"weibull", PARAMETRIC_WEIBULL},
    {"lognormal", PARAMETRIC_LOG_NORMAL}, {"loglogistic", PARAMETRIC_LOG_LOGISTIC}};

static void
fits_agree_with_survreg(void **state)
{
    (void)state;
    static const char *const sets[] = {"lung", "ovarian", "gbsg"};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "survreg");
    for (size_t i = 0; i < 12; i++) {
        const char *const set = sets[i / 4];
        const char *const of = arena_printf(arena, "%s_1_%s", set, families[i % 4].name);
        size_t count = 0;
        const CensoredGap *const gaps = gaps_from_data(arena, set, &count);
        ParametricFit fit = {0};

        assert_true(parametric_fit(gaps, count, families[i % 4].family, false, &fit));
        assert_relative(fit.model.location,
            oracle_number(oracle, arena_printf(arena, "%s.coef.(Intercept)", of)), 1e-6);
        assert_relative(
            fit.model.scale, oracle_number(oracle, arena_printf(arena, "%s.scale", of)), 1e-6);
        assert_relative(
            fit.log_likelihood, oracle_number(oracle, arena_printf(arena, "%s.loglik", of)), 1e-8);
        assert_relative(fit.location_error,
            sqrt(oracle_number(oracle, arena_printf(arena, "%s.var.0.0", of))), 1e-5);
        if (families[i % 4].family != PARAMETRIC_EXPONENTIAL)
            assert_relative(fit.log_scale_error,
                sqrt(oracle_number(oracle, arena_printf(arena, "%s.var.1.1", of))), 1e-5);
        assert_int_equal(fit.refused, 0);
    }
    arena_destroy(arena);
}

// Stata's published values for the same data are equal to R's to the digits printed; so are flexsurvcure's.
static void
mixture_cures_agree_with_r(void **state)
{
    (void)state;
    static const struct
    {
        const char *of, *data;
        ParametricFamily family;
        bool at_the_end;  // no share is left over: the likelihood is flat there
    } cases[] = {{"gbsg_weibull", "gbsg", PARAMETRIC_WEIBULL, false},
        {"gbsg_lognormal", "gbsg", PARAMETRIC_LOG_NORMAL, false},
        {"gbsg_loglogistic", "gbsg", PARAMETRIC_LOG_LOGISTIC, false},
        {"sim_lognormal_fit_lognormal", "sim_cure_lognormal", PARAMETRIC_LOG_NORMAL, false},
        {"sim_lognormal_fit_weibull", "sim_cure_lognormal", PARAMETRIC_WEIBULL, false},
        {"sim_lognormal_fit_loglogistic", "sim_cure_lognormal", PARAMETRIC_LOG_LOGISTIC, false},
        {"sim_weibull_fit_lognormal", "sim_cure_weibull", PARAMETRIC_LOG_NORMAL, false},
        {"sim_weibull_fit_weibull", "sim_cure_weibull", PARAMETRIC_WEIBULL, false},
        {"sim_weibull_fit_loglogistic", "sim_cure_weibull", PARAMETRIC_LOG_LOGISTIC, true}};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "cure");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count = 0;
        size_t three = 0;
        const CensoredGap *const gaps = gaps_from_data(arena, cases[i].data, &count);
        const char *const of = cases[i].of;
        const double *const errors =
            oracle_list(arena, oracle, arena_printf(arena, "%s.se", of), &three);
        ParametricFit fit = {0};

        assert_true(parametric_fit(gaps, count, cases[i].family, true, &fit));
        assert_relative(
            fit.log_likelihood, oracle_number(oracle, arena_printf(arena, "%s.loglik", of)), 1e-10);
        assert_close(
            fit.model.share, oracle_number(oracle, arena_printf(arena, "%s.pi", of)), 1e-6);
        assert_relative(
            fit.model.location, oracle_number(oracle, arena_printf(arena, "%s.mu", of)), 1e-6);
        assert_relative(
            fit.model.scale, oracle_number(oracle, arena_printf(arena, "%s.sigma", of)), 1e-6);
        if (cases[i].at_the_end)
            continue;
        assert_relative(fit.log_odds_error, errors[0], 1e-3);
        assert_relative(fit.location_error, errors[1], 1e-3);
        assert_relative(fit.log_scale_error, errors[2], 1e-3);
    }
    arena_destroy(arena);
}

// Survival far into both tails, to 22 digits: log-normal and log-logistic by median, Weibull by scale, as location and scale of
// the logarithm.
static void
tails_agree_with_sixty_digits(void **state)
{
    (void)state;
    static const struct
    {
        const char *rows, *at, *width;
        ParametricFamily family;
    } cases[] = {{"weibull_sf", "scale", "shape", PARAMETRIC_WEIBULL},
        {"loglogistic_sf", "median", "shape", PARAMETRIC_LOG_LOGISTIC},
        {"lognormal_sf", NULL, "sigma", PARAMETRIC_LOG_NORMAL}};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "tails_mp");
    const json_t *row;
    size_t i;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        const json_t *const rows = json_object_get(oracle, cases[k].rows);

        assert_int_equal(json_array_size(rows), 6);
        json_array_foreach(rows, i, row)
        {
            const double width = oracle_number(row, cases[k].width);
            const ParametricModel model = {.family = cases[k].family,
                .location = log(cases[k].at ? oracle_number(row, cases[k].at) : 60),
                .scale = cases[k].at ? 1 / width : width};
            const double expected = strtod(json_string_value(json_object_get(row, "p")), NULL);

            assert_relative(parametric_survival(&model, oracle_number(row, "t")), expected, 1e-9);
        }
    }
    arena_destroy(arena);
}

static void
posteriors_of_a_formula_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "cure");
    size_t count = 0;

    const ParametricModel model = {.family = PARAMETRIC_LOG_NORMAL,
        .location = oracle_number(oracle, "sim_lognormal_fit_lognormal.mu"),
        .scale = oracle_number(oracle, "sim_lognormal_fit_lognormal.sigma"),
        .share = oracle_number(oracle, "sim_lognormal_fit_lognormal.pi")};
    const double *const t = oracle_list(arena, oracle, "posterior_never_sim_lognormal.t", &count);
    const double *const survival =
        oracle_list(arena, oracle, "posterior_never_sim_lognormal.S_u", &count);
    const double *const post =
        oracle_list(arena, oracle, "posterior_never_sim_lognormal.post", &count);

    for (size_t i = 0; i < count; i++) {
        assert_relative(parametric_survival(&model, t[i]), survival[i], 1e-10);
        assert_relative(
            cure_posterior(model.share, parametric_survival(&model, t[i])), post[i], 1e-10);
    }
    arena_destroy(arena);
}

// One number behind it each: F(exp(location + scale z)) at a z whose probability tables print.
static void
survival_has_its_textbook_values(void **state)
{
    (void)state;
    static const struct
    {
        ParametricFamily family;
        double z, survival;
    } textbook[] = {{PARAMETRIC_EXPONENTIAL, 0, .36787944117144233},
        {PARAMETRIC_WEIBULL, -1, .69220062755534636},
        {PARAMETRIC_LOG_NORMAL, 1.959963984540054, .025}, {PARAMETRIC_LOG_NORMAL, 0, .5},
        {PARAMETRIC_LOG_LOGISTIC, 0, .5}, {PARAMETRIC_LOG_LOGISTIC, 1.0986122886681098, .25}};

    for (size_t i = 0; i < sizeof textbook / sizeof textbook[0]; i++) {
        const double scale = textbook[i].family == PARAMETRIC_EXPONENTIAL ? 1 : .7;
        const ParametricModel model = {
            .family = textbook[i].family, .location = 3, .scale = scale, .share = .2};

        assert_relative(parametric_survival(&model, exp(3 + scale * textbook[i].z)),
            textbook[i].survival, 1e-12);
        assert_true(parametric_survival(&model, 0) == 1);
        assert_true(parametric_survival(&model, -4) == 1);
        assert_true(parametric_survival(&model, INFINITY) == 0);
        assert_true(isnan(parametric_survival(&model, NAN)));
        assert_true(isnan(parametric_survival(
            &(ParametricModel){.family = textbook[i].family, .location = 3, .scale = 0}, 5)));
    }
}

static void
what_has_no_fit_is_refused(void **state)
{
    (void)state;
    static const CensoredGap useless[] = {{0, true, 1}, {-3, true, 1}, {INFINITY, true, 1},
        {NAN, true, 1}, {5, true, 0}, {5, true, NAN}};
    static const CensoredGap open[] = {{4, false, 1}, {9, false, 1}};
    static const CensoredGap together[] = {{7, true, 1}, {7, true, 1}, {4, false, 1}};
    static const CensoredGap good[] = {{4, true, 1}, {9, true, 1}, {6, true, 1}, {20, false, 1}};
    CensoredGap mixed[10];

    for (size_t i = 0; i < 10; i++)
        mixed[i] = i < 6 ? useless[i] : good[i - 6];
    for (size_t f = 0; f < 4; f++)
        for (int share = 0; share < 2; share++) {
            const ParametricFamily family = families[f].family;
            ParametricFit fit = {.log_likelihood = -7};
            ParametricFit clean = {0};

            assert_false(parametric_fit(useless, 0, family, share, &fit));
            assert_false(parametric_fit(useless, 6, family, share, &fit));
            assert_false(parametric_fit(open, 2, family, share, &fit));
            if (family != PARAMETRIC_EXPONENTIAL)
                assert_false(parametric_fit(together, 3, family, share, &fit));
            assert_true(fit.log_likelihood == -7);

            assert_true(parametric_fit(mixed, 10, family, share, &fit));
            assert_true(parametric_fit(good, 4, family, share, &clean));
            assert_int_equal(fit.refused, 6);
            assert_relative(fit.model.location, clean.model.location, 1e-12);
            assert_true(clean.model.scale > 0 && isfinite(clean.model.scale));
            assert_true(clean.model.share >= 0 && clean.model.share < 1);
        }
}

// Unit, and how often a gap is counted, change nothing but what they must.
static void
fits_do_not_depend_on_units(void **state)
{
    (void)state;
    CensoredGap weeks[30];
    CensoredGap hours[30];
    const size_t count = gaps_of(gaps_maintained, weeks);

    for (size_t i = 0; i < count; i++)
        hours[i] = (CensoredGap){.time = 168 * weeks[i].time, .ended = weeks[i].ended, .weight = 3};
    for (size_t f = 0; f < 4; f++) {
        ParametricFit a = {0};
        ParametricFit b = {0};

        assert_true(parametric_fit(weeks, count, families[f].family, false, &a));
        assert_true(parametric_fit(hours, count, families[f].family, false, &b));
        assert_close(b.model.location - a.model.location, log(168), 1e-8);
        assert_relative(b.model.scale, a.model.scale, 1e-8);
        assert_relative(b.location_error, a.location_error / sqrt(3), 1e-6);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ball_bearings_have_the_published_fits),
        cmocka_unit_test(six_mp_has_the_published_rate),
        cmocka_unit_test(fits_agree_with_survreg),
        cmocka_unit_test(mixture_cures_agree_with_r),
        cmocka_unit_test(tails_agree_with_sixty_digits),
        cmocka_unit_test(posteriors_of_a_formula_agree_with_r),
        cmocka_unit_test(survival_has_its_textbook_values),
        cmocka_unit_test(what_has_no_fit_is_refused),
        cmocka_unit_test(fits_do_not_depend_on_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
