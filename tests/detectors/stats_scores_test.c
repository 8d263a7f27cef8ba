/*
 * Scores: against R, the worked examples of scikit-learn's manual, and slow twins.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/scores.h"
#include "tests/harness/oracle.h"
#include "tests/harness/scored.h"

#include <math.h>

static void
scores_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "scores");
    size_t count = 0;
    const Scored *const items = scored_from_oracle(arena, &count);

    if (!items) {
        arena_destroy(arena);
        skip();
    }

    const Scores scores = scores_of(items, count);

    assert_int_equal(scores.count, 400);
    assert_close(scores.brier, oracle_number(oracle, "brier"), 1e-12);
    assert_close(scores.brier_skill, oracle_number(oracle, "brier_skill"), 1e-12);
    assert_close(scores.auc, oracle_number(oracle, "auc"), 1e-12);
    assert_close(scores.average_precision, oracle_number(oracle, "average_precision"), 1e-12);
    assert_close(scores.slope, oracle_number(oracle, "calib_slope"), 1e-10);
    assert_close(scores.intercept, oracle_number(oracle, "calib_intercept"), 1e-10);
    assert_close(scores_log_loss(items, count, oracle_number(oracle, "clip")),
        oracle_number(oracle, "logloss"), 1e-12);
    assert_close(
        scores_spiegelhalter(items, count), oracle_number(oracle, "hosmer_spiegelhalter_z"), 1e-12);
    // R cuts through ties in the order of the file; at 25 no tie is cut
    assert_close(scores_precision_at(items, count, 25),
        oracle_number(oracle, "precision_at_k.precision.1"), 1e-12);
    arena_destroy(arena);
}

// P(not lost from view) just before t (or at t, when until is true) by the product over those lost from view.
static double
still_observed(const double *time, const double *died, size_t count, double t, bool until)
{
    double share = 1;

    for (size_t i = 0; i < count; i++) {
        size_t at_risk = 0;
        size_t lost = 0;
        bool first = true;

        if (died[i] > 0 || time[i] > t || (!until && time[i] == t))
            continue;
        for (size_t j = 0; j < count; j++) {
            at_risk += time[j] >= time[i];
            lost += time[j] == time[i] && !(died[j] > 0);
            first = first && !(j < i && time[j] == time[i] && !(died[j] > 0));
        }
        if (first)
            share *= 1 - (double)lost / (double)at_risk;
    }
    return share;
}

static void
censored_brier_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "ipcw_brier");
    size_t count = 0;
    size_t horizons = 0;
    const double *const time = oracle_column(arena, "lung", 0, &count);

    if (!time) {
        arena_destroy(arena);
        skip();
    }

    const double *const died = oracle_column(arena, "lung", 1, &count);
    const double *const tau = oracle_list(arena, oracle, "tau", &horizons);
    const double *const survival = oracle_list(arena, oracle, "S_weibull", &horizons);
    const double *const expected = oracle_list(arena, oracle, "ipcw_brier", &horizons);
    CensoredScore *const items = ARENA_ARRAY(arena, CensoredScore, count);

    for (size_t h = 0; h < horizons; h++) {
        for (size_t i = 0; i < count; i++) {
            const bool past = time[i] > tau[h];

            items[i] = (CensoredScore){.probability = 1 - survival[h],
                .happened = !past,
                .known = past || died[i] > 0,
                .observed = still_observed(time, died, count, past ? tau[h] : time[i], past)};
        }
        assert_close(scores_brier_censored(items, count), expected[h], 1e-12);
    }
    arena_destroy(arena);
}

// The examples of sklearn.metrics: roc_auc_score's and average_precision_score's, log_loss's, brier_score_loss's.
static void
scores_agree_with_published_examples(void **state)
{
    (void)state;
    const Scored ranks[] = {
        {.1, false, 1, 0}, {.4, false, 1, 0}, {.35, true, 1, 0}, {.8, true, 1, 0}};
    const Scored spam[] = {
        {.9, true, 1, 0}, {.1, false, 1, 0}, {.2, false, 1, 0}, {.65, true, 1, 0}};
    const Scored brier[] = {
        {.1, false, 1, 0}, {.9, true, 1, 0}, {.8, true, 1, 0}, {.3, false, 1, 0}};

    assert_close(scores_of(ranks, 4).auc, .75, 1e-12);
    assert_close(scores_of(ranks, 4).average_precision, .83333333333333333, 1e-12);
    assert_close(scores_of(spam, 4).log_loss, .21616, 5e-6);
    assert_close(scores_of(brier, 4).brier, .0375, 1e-12);
    assert_close(scores_of(brier, 4).brier_skill, 1 - .0375 / .25, 1e-12);
}

static void
auc_and_precision_agree_with_slow_twins(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const size_t count = 500;
    const Scored *const items = scored_made_up(arena, count, 1, 11);
    const Scores scores = scores_of(items, count);
    double right = 0;
    double pairs = 0;
    double precision = 0;
    double happened = 0;

    for (size_t i = 0; i < count; i++) {
        double above = 0;
        double true_above = 0;

        for (size_t j = 0; j < count; j++) {
            const double both = items[i].weight * items[j].weight;

            if (items[j].probability >= items[i].probability) {
                above += items[j].weight;
                true_above += items[j].happened ? items[j].weight : 0;
            }
            if (!items[i].happened || items[j].happened)
                continue;
            pairs += both;
            if (items[i].probability > items[j].probability)
                right += both;
            else if (items[i].probability == items[j].probability)
                right += both / 2;
        }
        if (items[i].happened) {
            precision += items[i].weight * true_above / above;
            happened += items[i].weight;
        }
    }
    assert_close(scores.auc, right / pairs, 1e-12);
    assert_close(scores.average_precision, precision / happened, 1e-12);
    arena_destroy(arena);
}

static void
assert_same(Scores a, Scores b, double tolerance)
{
    assert_close(a.base_rate, b.base_rate, tolerance);
    assert_close(a.brier, b.brier, tolerance);
    assert_close(a.brier_skill, b.brier_skill, tolerance);
    assert_close(a.log_loss, b.log_loss, tolerance);
    assert_close(a.auc, b.auc, tolerance);
    assert_close(a.average_precision, b.average_precision, tolerance);
    assert_close(a.ece, b.ece, tolerance);
    assert_close(a.slope, b.slope, tolerance);
    assert_close(a.intercept, b.intercept, tolerance);
}

static void
weight_three_is_three_items_in_any_order(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const size_t count = 300;
    Scored *const items = scored_made_up(arena, count, 1, 5);
    Scored *const copies = ARENA_ARRAY(arena, Scored, 3 * count);
    Scored *const reversed = ARENA_ARRAY(arena, Scored, count);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        for (double w = 0; w < items[i].weight; w++) {
            copies[n] = items[i];
            copies[n++].weight = 1;
        }
        reversed[count - 1 - i] = items[i];
    }
    assert_same(scores_of(items, count), scores_of(copies, n), 1e-9);
    assert_same(scores_of(items, count), scores_of(reversed, count), 0);
    assert_close(scores_precision_at(items, count, 47), scores_precision_at(copies, n, 47), 1e-12);
    arena_destroy(arena);
}

static void
precision_shares_the_tie_at_the_edge(void **state)
{
    (void)state;
    const Scored items[] = {
        {7, true, 1, 0}, {3, true, 1, 0}, {3, false, 1, 0}, {3, false, 1, 0}, {3, false, 1, 0}};

    assert_close(scores_precision_at(items, 5, 1), 1, 0);
    assert_close(scores_precision_at(items, 5, 3), (1 + 2 * .25) / 3, 1e-15);
    assert_close(scores_precision_at(items, 5, 5), .4, 1e-15);
    assert_true(isnan(scores_precision_at(items, 5, 6)));
    assert_true(isnan(scores_precision_at(items, 5, 0)));
}

static void
what_cannot_be_told_is_not(void **state)
{
    (void)state;
    const Scored one[] = {{.25, true, 1, 0}};
    const Scored alike[] = {{.5, true, 1, 0}, {.5, false, 1, 0}, {.5, false, 1, 0}};
    const Scored spoilt[] = {{.25, true, 1, 0}, {NAN, true, 1, 0}, {INFINITY, false, 1, 0},
        {.5, false, 0, 0}, {.5, false, -1, 0}, {.5, false, NAN, 0}, {.5, false, INFINITY, 0}};
    const Scored ranks[] = {{40, true, 1, 0}, {-3, false, 1, 0}};
    const Scored sure[] = {{0, true, 1, 0}, {1, true, 1, 0}};
    const Scores none = scores_of(NULL, 0);

    assert_int_equal(none.count, 0);
    assert_same(none, (Scores){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN}, 0);
    assert_same(
        scores_of(one, 1), (Scores){1, 1, .5625, NAN, log(4), NAN, 1, .75, NAN, NAN}, 1e-15);
    assert_same(scores_of(alike, 3),
        (Scores){3, 1. / 3, .25, -.125, log(2), .5, 1. / 3, .5 - 1. / 3, NAN, NAN}, 1e-14);
    assert_same(scores_of(spoilt, 7), scores_of(one, 1), 0);
    assert_int_equal(scores_of(spoilt, 7).count, 1);
    assert_same(scores_of(ranks, 2), (Scores){2, .5, NAN, NAN, NAN, 1, 1, NAN, NAN, NAN}, 0);
    assert_close(scores_of(sure, 2).log_loss, -log(1e-15) / 2, 1e-12);
    assert_true(isnan(scores_log_loss(NULL, 0, 1e-6)));
    assert_true(isnan(scores_spiegelhalter(sure, 2)));
    assert_true(isnan(scores_brier_censored(NULL, 0)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_agree_with_r),
        cmocka_unit_test(censored_brier_agrees_with_r),
        cmocka_unit_test(scores_agree_with_published_examples),
        cmocka_unit_test(auc_and_precision_agree_with_slow_twins),
        cmocka_unit_test(weight_three_is_three_items_in_any_order),
        cmocka_unit_test(precision_shares_the_tie_at_the_edge),
        cmocka_unit_test(what_cannot_be_told_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
