/*
 * Curves, reliability and bootstrap: against R, by hand, and against what they must add up to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/random.h"
#include "detectors/stats/scores.h"
#include "tests/harness/oracle.h"
#include "tests/harness/scored.h"

#include <math.h>

static void
reliability_agrees_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "scores");
    size_t count = 0;
    size_t bins = 0;
    const Scored *const items = scored_from_oracle(arena, &count);
    ReliabilityBin found[10];
    double gap = 0;

    if (!items) {
        arena_destroy(arena);
        skip();
    }

    const double *const bin = oracle_list(arena, oracle, "reliability.bin", &bins);
    const double *const n = oracle_list(arena, oracle, "reliability.n", &bins);
    const double *const p = oracle_list(arena, oracle, "reliability.mean_p", &bins);
    const double *const y = oracle_list(arena, oracle, "reliability.mean_y", &bins);

    scores_reliability(items, count, 10, found);
    for (size_t i = 0; i < bins; i++) {
        const ReliabilityBin *const at = &found[(size_t)bin[i]];

        assert_close((double)at->count, n[i], 0);
        assert_close(at->stated, p[i], 1e-12);
        assert_close(at->happened, y[i], 1e-12);
        assert_true(at->low <= y[i] && y[i] <= at->high);
        gap += n[i] * fabs(at->stated - at->happened) / (double)count;
    }
    assert_close(gap, oracle_number(oracle, "ece10"), 1e-12);

    const Murphy murphy = scores_murphy(found, 10);

    assert_close(murphy.reliability, oracle_number(oracle, "murphy.reliability"), 1e-12);
    assert_close(murphy.resolution, oracle_number(oracle, "murphy.resolution"), 1e-12);
    assert_close(murphy.uncertainty, oracle_number(oracle, "murphy.uncertainty"), 1e-12);
    arena_destroy(arena);
}

static void
roc_is_the_curve_whose_area_is_the_auc(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Scored *const items = scored_made_up(arena, 400, 1, 3);
    size_t n = 0;
    const CurvePoint *const curve = scores_roc(arena, items, 400, 1000, &n);
    double area = 0;

    assert_int_equal(n, 42);  // 41 distinct probabilities and the origin
    for (size_t i = 1; i < n; i++)
        area += (curve[i].x - curve[i - 1].x) * (curve[i].y + curve[i - 1].y) / 2;
    assert_close(area, scores_of(items, 400).auc, 1e-12);

    size_t thin = 0;
    const CurvePoint *const few = scores_roc(arena, items, 400, 7, &thin);

    assert_int_equal(thin, 7);
    assert_true(few[0].x == 0 && few[0].y == 0 && isinf(few[0].threshold));
    assert_true(few[6].x == 1 && few[6].y == 1);
    for (size_t i = 1; i < thin; i++)
        assert_true(few[i].x >= few[i - 1].x && few[i].y >= few[i - 1].y &&
                    few[i].threshold < few[i - 1].threshold);
    arena_destroy(arena);
}

static void
precision_recall_has_the_corners_worked_out_by_hand(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Scored items[] = {
        {.9, true, 2, 0}, {.5, true, 1, 0}, {.5, false, 1, 0}, {.1, true, 1, 0}};
    const CurvePoint expected[] = {{0, 1, INFINITY}, {.5, 1, .9}, {.75, .75, .5}, {1, .8, .1}};
    size_t n = 0;
    const CurvePoint *const curve = scores_precision_recall(arena, items, 4, 50, &n);

    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++) {
        assert_close(curve[i].x, expected[i].x, 1e-15);
        assert_close(curve[i].y, expected[i].y, 1e-15);
        assert_true(curve[i].threshold == expected[i].threshold);
    }
    assert_null(scores_precision_recall(arena, items + 2, 1, 50, &n));
    assert_int_equal(n, 0);
    assert_null(scores_roc(arena, items, 1, 50, &n));
    assert_null(scores_roc(arena, NULL, 0, 50, &n));
    assert_null(scores_roc(arena, items, 4, 1, &n));
    arena_destroy(arena);
}

static void
reliability_of_nothing_and_of_the_ends(void **state)
{
    (void)state;
    const Scored items[] = {{0, false, 1, 0}, {1, true, 1, 0}, {NAN, true, 1, 0}, {2, true, 1, 0}};
    ReliabilityBin bins[4];

    scores_reliability(items, 4, 4, bins);
    assert_int_equal(bins[0].count, 1);
    assert_int_equal(bins[3].count, 1);
    assert_int_equal(bins[1].count, 0);
    assert_true(isnan(bins[1].stated) && isnan(bins[1].happened) && isnan(bins[1].low));
    assert_close(bins[3].low, 1 / (1 + 3.841459), 1e-7);  // Wilson's for n in n: n / (n + z^2)
    assert_close(bins[3].high, 1, 0);
    assert_close(scores_murphy(bins, 4).uncertainty, .25, 1e-15);
    assert_true(isnan(scores_murphy(bins + 1, 2).reliability));
}

// Drawing groups by counting them must be what drawing copies of their items is.
static void
bootstrap_agrees_with_drawing_copies(void **state)
{
    (void)state;
    enum
    {
        COUNT = 120,
        GROUPS = 8,
        DRAWS = 3,  // quantiles .025 and .975 of three: 5 % of the way inwards from the ends
    };
    Arena *const arena = arena_create();
    const Scored *const items = scored_made_up(arena, COUNT, GROUPS, 21);
    const ScoreIntervals intervals = scores_bootstrap(items, COUNT, GROUPS, DRAWS, 99);
    Random random = {99};
    double auc[DRAWS];

    for (int d = 0; d < DRAWS; d++) {
        Scored *const drawn = ARENA_ARRAY(arena, Scored, COUNT * GROUPS);
        size_t n = 0;

        for (int g = 0; g < GROUPS; g++) {
            const int group = (int)random_index(&random, GROUPS);

            for (size_t i = 0; i < COUNT; i++)
                if (items[i].group == group)
                    drawn[n++] = items[i];
        }
        auc[d] = scores_of(drawn, n).auc;
    }

    const double least = fmin(auc[0], fmin(auc[1], auc[2]));
    const double most = fmax(auc[0], fmax(auc[1], auc[2]));
    const double middle = auc[0] + auc[1] + auc[2] - least - most;

    assert_close(intervals.auc.low, least + .05 * (middle - least), 1e-12);
    assert_close(intervals.auc.high, most - .05 * (most - middle), 1e-12);
    arena_destroy(arena);
}

static void
bootstrap_is_as_wide_as_theory_says(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const size_t count = 2000;
    Scored *const items = scored_made_up(arena, count, 1, 31);
    double sum = 0;
    double squares = 0;

    for (size_t i = 0; i < count; i++) {
        const double missed = items[i].probability - (items[i].happened ? 1 : 0);

        items[i].group = (int)i;
        items[i].weight = 1;
        sum += missed * missed;
        squares += missed * missed * missed * missed;
    }

    const double mean = sum / (double)count;
    const double error = sqrt((squares / (double)count - mean * mean) / (double)count);
    const ScoreIntervals a = scores_bootstrap(items, count, count, 400, 1);
    const ScoreIntervals b = scores_bootstrap(items, count, count, 400, 1);
    const ScoreIntervals c = scores_bootstrap(items, count, count, 400, 2);

    assert_close((a.brier.high - a.brier.low) / (2 * 1.96 * error), 1, .15);
    assert_true(a.brier.low < mean && mean < a.brier.high);
    assert_memory_equal(&a, &b, sizeof a);
    assert_true(a.auc.low != c.auc.low);
    arena_destroy(arena);
}

static void
bootstrap_of_one_night_or_none(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Scored *const items = scored_made_up(arena, 50, 1, 4);
    const Scores scores = scores_of(items, 50);
    const ScoreIntervals one = scores_bootstrap(items, 50, 1, 20, 7);

    assert_close(one.auc.low, scores.auc, 1e-15);
    assert_close(one.ece.high, scores.ece, 1e-15);
    assert_true(isnan(scores_bootstrap(items, 50, 0, 20, 7).brier.low));
    assert_true(isnan(scores_bootstrap(items, 50, 1, 0, 7).brier.low));
    assert_true(isnan(scores_bootstrap(NULL, 0, 5, 20, 7).log_loss.high));
    arena_destroy(arena);
}

static void
random_numbers_are_the_published_ones(void **state)
{
    (void)state;
    // splitmix64 from 1234567, as listed with the reference implementation's ports
    const uint64_t expected[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    Random random = {1234567};

    for (int i = 0; i < 5; i++)
        assert_true(random_bits(&random) == expected[i]);
    for (int i = 0; i < 1000; i++)
        assert_true(random_index(&random, 3) < 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reliability_agrees_with_r),
        cmocka_unit_test(roc_is_the_curve_whose_area_is_the_auc),
        cmocka_unit_test(precision_recall_has_the_corners_worked_out_by_hand),
        cmocka_unit_test(reliability_of_nothing_and_of_the_ends),
        cmocka_unit_test(bootstrap_agrees_with_drawing_copies),
        cmocka_unit_test(bootstrap_is_as_wide_as_theory_says),
        cmocka_unit_test(bootstrap_of_one_night_or_none),
        cmocka_unit_test(random_numbers_are_the_published_ones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
