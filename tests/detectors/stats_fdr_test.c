/*
 * Many tests at once and lists with a stated false share: against R, Benjamini and Hochberg's own example, and trial.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/fdr.h"
#include "detectors/stats/multiple.h"
#include "detectors/stats/random.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <string.h>

// Benjamini and Hochberg (1995), section 3.2: treatments of myocardial infarction.
static const double P1995[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240,
    .4262, .5719, .6528, .7590, 1};

enum
{
    N1995 = sizeof P1995 / sizeof *P1995,
};

static const struct
{
    MultipleMethod method;
    const char *name;
} methods[] = {
    {MULTIPLE_BONFERRONI, "bonferroni"},
    {MULTIPLE_HOLM, "holm"},
    {MULTIPLE_HOCHBERG, "hochberg"},
    {MULTIPLE_BENJAMINI_HOCHBERG, "BH"},
    {MULTIPLE_BENJAMINI_YEKUTIELI, "BY"},
};

static size_t
rejected(MultipleMethod method, const double *p, size_t count, double level)
{
    double adjusted[300];
    size_t below = 0;

    assert_true(count <= 300);
    multiple_adjust(method, p, count, adjusted);
    for (size_t i = 0; i < count; i++)
        below += adjusted[i] <= level;
    return below;
}

static void
as_many_are_rejected_as_in_the_paper(void **state)
{
    (void)state;

    assert_int_equal(rejected(MULTIPLE_BENJAMINI_HOCHBERG, P1995, N1995, .05), 4);
    assert_int_equal(rejected(MULTIPLE_BONFERRONI, P1995, N1995, .05), 3);
    assert_int_equal(rejected(MULTIPLE_HOCHBERG, P1995, N1995, .05), 3);
}

static void
compare_all(Arena *arena, const json_t *oracle, const char *name, const double *p, size_t count)
{
    double *const adjusted = ARENA_ARRAY(arena, double, count);

    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        size_t n = 0;
        const double *const expected =
            oracle_list(arena, oracle, arena_printf(arena, "%s.%s", name, methods[m].name), &n);

        assert_int_equal(n, count);
        multiple_adjust(methods[m].method, p, count, adjusted);
        for (size_t i = 0; i < count; i++)
            assert_relative(adjusted[i], expected[i], 1e-14);
    }
}

static void
adjusted_values_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "fdr");
    size_t count = 0;
    size_t weighted = 0;
    const double *const p = oracle_column(arena, "pvalues_205", 0, &count);

    if (!p) {
        arena_destroy(arena);
        skip();
    }
    compare_all(arena, oracle, "bh1995", P1995, N1995);
    compare_all(arena, oracle, "n205", p, count);
    assert_close((double)rejected(MULTIPLE_BENJAMINI_HOCHBERG, p, count, .05),
        oracle_number(oracle, "n205.n_rej_BH_05"), 0);
    assert_close((double)rejected(MULTIPLE_BENJAMINI_HOCHBERG, p, count, .1),
        oracle_number(oracle, "n205.n_rej_BH_10"), 0);

    double *const adjusted = ARENA_ARRAY(arena, double, count);
    const double share = multiple_null_share(p, count, .5);
    const double *expected = oracle_list(arena, oracle, "n205.storey_q", &count);

    assert_relative(share, oracle_number(oracle, "n205.storey_pi0_lambda05"), 1e-14);
    multiple_q_values(p, count, share, adjusted);
    for (size_t i = 0; i < count; i++)
        assert_relative(adjusted[i], expected[i], 1e-14);

    const double *const pw = oracle_column(arena, "pvalues_weighted", 0, &weighted);
    const double *const w = oracle_column(arena, "pvalues_weighted", 1, &weighted);

    expected = oracle_list(arena, oracle, "weightedBH.adj", &count);
    assert_int_equal(count, weighted);
    multiple_adjust_weighted(pw, w, count, adjusted);
    for (size_t i = 0; i < count; i++)
        assert_relative(adjusted[i], expected[i], 2e-14);  // R's weights were not scaled again
    arena_destroy(arena);
}

// Of independent tests with nothing to find, any is rejected at 10 % about once in ten families.
static void
the_level_is_kept_where_there_is_nothing(void **state)
{
    (void)state;
    Random random = {17};
    int families[5] = {0};

    for (int f = 0; f < 2000; f++) {
        double p[20];

        for (int i = 0; i < 20; i++)
            p[i] = random_unit(&random);
        for (int m = 0; m < 5; m++)
            families[m] += rejected(methods[m].method, p, 20, .1) > 0;
    }
    for (int m = 0; m < 4; m++)
        assert_in_range(families[m], 160, 240);
    assert_in_range(families[4], 20, 90);  // and by Benjamini and Yekutieli about 3.6 times less
}

static void
p_values_that_are_none_stay_out(void **state)
{
    (void)state;
    const double p[] = {.01, NAN, .04, -.1, 1.5, INFINITY};
    const double few[] = {.01, .04};
    const double weights[] = {1, 1, NAN, 1, 1, 1};
    double adjusted[6];
    double alone[2];

    for (size_t m = 0; m < 5; m++) {
        multiple_adjust(methods[m].method, NULL, 0, NULL);
        multiple_adjust(methods[m].method, p, 6, adjusted);
        multiple_adjust(methods[m].method, few, 2, alone);
        assert_true(adjusted[0] == alone[0] && adjusted[2] == alone[1]);
        assert_true(isnan(adjusted[1]) && isnan(adjusted[3]) && isnan(adjusted[4]));
        multiple_adjust(methods[m].method, few, 1, alone);
        assert_true(alone[0] == .01);  // a single test is not adjusted
    }
    multiple_adjust_weighted(p, weights, 6, adjusted);
    assert_true(adjusted[0] == .01 && isnan(adjusted[2]));
    assert_true(isnan(multiple_null_share(NULL, 0, .5)));
    assert_true(isnan(multiple_null_share(few, 2, 1)));
    assert_true(multiple_null_share(few, 2, .5) == 1);
    multiple_q_values(few, 2, NAN, alone);
    assert_true(isnan(alone[0]));
}

static void
a_weight_of_nothing_is_never_rejected(void **state)
{
    (void)state;
    const double p[] = {.001, .01, .02};
    const double weights[] = {0, 2, 1};
    double adjusted[3];

    multiple_adjust_weighted(p, weights, 3, adjusted);
    assert_true(adjusted[0] == 1);
    assert_close(adjusted[1], .015, 1e-15);  // .005 x 3 / 1
    assert_close(adjusted[2], .03, 1e-15);   // .02 x 3 / 2
}

static void
lists_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "bayes_fdr");
    size_t count = 0;
    const double *const posteriors = oracle_column(arena, "posterior_60", 0, &count);

    if (!posteriors) {
        arena_destroy(arena);
        skip();
    }

    const double *const running = oracle_list(arena, oracle, "bayes_fdr_running", &count);

    for (size_t k = 1; k <= count; k++) {
        const FdrList list = fdr_list(posteriors, NULL, count, running[k - 1] + 1e-12, NULL);

        assert_int_equal(list.count, k);
        assert_relative(list.false_share, running[k - 1], 1e-14);
    }
    assert_close((double)fdr_list(posteriors, NULL, count, .05, NULL).count,
        oracle_number(oracle, "k_at_q05"), 0);
    assert_close((double)fdr_list(posteriors, NULL, count, .1, NULL).count,
        oracle_number(oracle, "k_at_q10"), 0);
    assert_close((double)fdr_list(posteriors, NULL, count, .2, NULL).count,
        oracle_number(oracle, "k_at_q20"), 0);
    assert_close(fdr_list(posteriors, NULL, count, .2, NULL).threshold,
        oracle_number(oracle, "threshold_q20"), 0);
    arena_destroy(arena);
}

// Among all subsets none has more true entries to expect with at most that false share.
static void
no_other_list_has_more_true_entries(void **state)
{
    (void)state;
    const double posteriors[] = {.97, .3, .9, .99, .6, .85, .5, .93, .1, .88};
    bool listed[10];
    const FdrList list = fdr_list(posteriors, NULL, 10, .15, listed);
    double found = 0;
    double best = 0;

    for (unsigned subset = 1; subset < 1 << 10; subset++) {
        double all = 0;
        double worth = 0;

        for (unsigned i = 0; i < 10; i++) {
            all += subset >> i & 1;
            worth += subset >> i & 1 ? posteriors[i] : 0;
        }
        if ((all - worth) / all <= .15)
            best = fmax(best, worth);
    }
    for (int i = 0; i < 10; i++)
        found += listed[i] ? posteriors[i] : 0;
    assert_close(found, best, 1e-12);
    assert_int_equal(list.count, 7);
}

static void
value_decides_how_long_a_list_may_be(void **state)
{
    (void)state;
    const double posteriors[] = {.95, .5};
    const double cheap[] = {100, 1};
    const double dear[] = {1, 100};

    assert_int_equal(fdr_list(posteriors, NULL, 2, .1, NULL).count, 1);
    assert_int_equal(fdr_list(posteriors, cheap, 2, .1, NULL).count, 2);
    assert_int_equal(fdr_list(posteriors, dear, 2, .1, NULL).count, 1);
    assert_close(fdr_list(posteriors, cheap, 2, .1, NULL).false_share, 5.5 / 101, 1e-15);
}

static void
lists_of_nothing_and_of_ties(void **state)
{
    (void)state;
    const double posteriors[] = {NAN, .9, 1.2, .9, .9, -1};
    const double values[] = {1, NAN, 1, 0, 3, 1};
    bool listed[6];
    const FdrList none = fdr_list(NULL, NULL, 0, .1, NULL);

    assert_int_equal(none.count, 0);
    assert_true(isnan(none.threshold) && isnan(none.false_share));
    assert_int_equal(fdr_list(posteriors, NULL, 6, NAN, listed).count, 0);
    assert_false(listed[1]);
    assert_int_equal(fdr_list(posteriors, NULL, 6, .2, listed).count, 3);
    assert_true(!listed[0] && listed[1] && !listed[2] && listed[3] && listed[4] && !listed[5]);
    assert_int_equal(fdr_list(posteriors, values, 6, .2, listed).count, 1);
    assert_true(listed[4]);
    assert_true(isnan(fdr_false_share(NULL, 0)) && isnan(fdr_false_share(posteriors, 6)));
    assert_close(fdr_false_share(posteriors + 3, 2), .1, 1e-15);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_are_rejected_as_in_the_paper),
        cmocka_unit_test(adjusted_values_agree_with_r),
        cmocka_unit_test(the_level_is_kept_where_there_is_nothing),
        cmocka_unit_test(p_values_that_are_none_stay_out),
        cmocka_unit_test(a_weight_of_nothing_is_never_rejected),
        cmocka_unit_test(lists_agree_with_r),
        cmocka_unit_test(no_other_list_has_more_true_entries),
        cmocka_unit_test(value_decides_how_long_a_list_may_be),
        cmocka_unit_test(lists_of_nothing_and_of_ties),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
