/*
 * Groups of gaps compared, against published values and R.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/log_rank.h"
#include "tests/harness/gaps.h"
#include "tests/harness/histories.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t
two_groups(const int *first, const int *second, CensoredGap *gaps, int *groups)
{
    const size_t a = gaps_of(first, gaps);
    const size_t b = gaps_of(second, gaps + a);

    for (size_t i = 0; i < a + b; i++)
        groups[i] = i < a ? 0 : 1;
    return a + b;
}

// D. G. Kleinbaum, M. Klein, Survival Analysis, Springer 2005, p. 61-67: log-rank 16.79, expected 19.26 and 10.74.
static void
six_mp_beats_placebo_as_published(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    CensoredGap gaps[60];
    int groups[60];
    const size_t count = two_groups(gaps_six_mp, gaps_placebo, gaps, groups);
    LogRank test = {0};

    assert_true(log_rank(arena, gaps, groups, count, 2, &test));
    assert_true(fabs(test.chi_squared - 16.793) < .0005);
    assert_int_equal(test.degrees, 1);
    assert_true(test.observed[0] == 9 && test.observed[1] == 21);
    assert_true(fabs(test.expected[0] - 19.25) < .011);
    assert_true(fabs(test.expected[1] - 10.75) < .011);
    assert_true(test.p > 4.1e-5 && test.p < 4.3e-5);
    arena_destroy(arena);
}

// Reads the group of each row: a number in `column`, or the order in which its words first appear.
static int *
groups_from_data(Arena *arena, const char *name, size_t column, size_t count)
{
    FILE *const file =
        fopen(arena_printf(arena, "%s/oracles/data/%s.csv", VIGIE_SHARED_DIR, name), "r");
    int *const groups = ARENA_ARRAY(arena, int, count);
    const char *words[8];
    int known = 0;
    char line[200];

    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t i = 0; i < count; i++) {
        const char *word = line;
        int group = 0;

        assert_non_null(fgets(line, sizeof line, file));
        for (size_t c = 0; c < column; c++)
            word = strchr(word, ',') + 1;
        while (group < known && strcmp(words[group], word) != 0)
            group++;
        if (group == known)
            words[known++] = arena_copy(arena, word);
        groups[i] = group;
    }
    fclose(file);
    return groups;
}

static void
log_rank_agrees_with_r(void **state)
{
    (void)state;
    // R orders groups by name; ours come as they first appear in the file.
    static const struct
    {
        const char *set, *data;
        size_t column, groups;
        size_t in_r[4];
    } cases[] = {{"lung_by_sex", "lung_sex", 2, 2, {0, 1}}, {"aml_by_x", "aml", 2, 2, {0, 1}},
        {"veteran_by_celltype", "veteran", 5, 4, {0, 1, 2, 3}}};
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "logrank");
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        size_t count = 0;
        size_t groups = 0;
        const CensoredGap *const gaps = gaps_from_data(arena, cases[c].data, &count);
        const int *const group = groups_from_data(arena, cases[c].data, cases[c].column, count);
        const char *const set = cases[c].set;
        const double *const observed =
            oracle_list(arena, oracle, arena_printf(arena, "%s.obs", set), &groups);
        const double *const expected =
            oracle_list(arena, oracle, arena_printf(arena, "%s.exp", set), &groups);
        LogRank test = {0};

        assert_int_equal(groups, cases[c].groups);
        assert_true(log_rank(arena, gaps, group, count, groups, &test));
        assert_relative(
            test.chi_squared, oracle_number(oracle, arena_printf(arena, "%s.chisq", set)), 1e-10);
        assert_true(
            (double)test.degrees == oracle_number(oracle, arena_printf(arena, "%s.df", set)));
        assert_relative(test.p, oracle_number(oracle, arena_printf(arena, "%s.p", set)), 1e-10);
        for (size_t g = 0; g < groups; g++) {
            assert_relative(test.observed[g], observed[cases[c].in_r[g]], 1e-10);
            assert_relative(test.expected[g], expected[cases[c].in_r[g]], 1e-10);
        }
    }
    arena_destroy(arena);
}

static void
weights_count_as_repetitions(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Dice dice = {8};
    CensoredGap once[60];
    CensoredGap repeated[240];
    int groups[60];
    int repeated_groups[240];
    size_t n = 0;
    LogRank a = {0};
    LogRank b = {0};

    for (size_t i = 0; i < 60; i++) {
        const int64_t weight = 1 + dice_below(&dice, 4);

        once[i] = (CensoredGap){.time = (double)dice_below(&dice, 30),
            .ended = dice_below(&dice, 3) > 0,
            .weight = (double)weight};
        groups[i] = (int)(i % 3);
        for (int64_t k = 0; k < weight; k++) {
            repeated[n] = once[i];
            repeated[n].weight = 1;
            repeated_groups[n++] = groups[i];
        }
    }

    const KaplanMeier few = kaplan_meier(arena, once, 60);
    const KaplanMeier many = kaplan_meier(arena, repeated, n);

    assert_int_equal(few.count, many.count);
    for (size_t i = 0; i < few.count; i++) {
        assert_relative(few.rows[i].survival, many.rows[i].survival, 1e-13);
        assert_relative(few.rows[i].log_variance, many.rows[i].log_variance, 1e-13);
    }
    assert_true(log_rank(arena, once, groups, 60, 3, &a));
    assert_true(log_rank(arena, repeated, repeated_groups, n, 3, &b));
    assert_relative(a.chi_squared, b.chi_squared, 1e-12);
    arena_destroy(arena);
}

static void
groups_that_cannot_be_compared_are_not(void **state)
{
    (void)state;
    static const CensoredGap gaps[] = {
        {3, true, 1}, {5, true, 1}, {5, false, 1}, {9, false, 1}, {INFINITY, true, 1}};
    static const struct
    {
        int groups[5];
        size_t count, group_count;
        bool told;
    } cases[] = {
        {{0}, 0, 0, false},               // nothing at all
        {{0, 0, 0, 0, 0}, 5, 2, false},   // one group has nobody
        {{0, 0, 7, -1, 9}, 5, 2, false},  // the others have no such group
        {{0, 1, 0, 1, 0}, 5, 2, true},    //
        {{2, 1, 2, 1, 2}, 5, 3, true},    // an empty group among others takes no degree
        {{0, 1, 1, 1, 1}, 1, 2, false},   // a single gap
    };
    static const CensoredGap open[] = {{3, false, 1}, {5, false, 1}, {INFINITY, true, 1}};
    static const CensoredGap together[] = {{7, true, 1}, {7, true, 1}, {7, true, 1}, {7, true, 1}};
    Arena *const arena = arena_create();
    LogRank test = {.chi_squared = -1};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        test.chi_squared = -1;
        assert_int_equal(
            log_rank(arena, gaps, cases[i].groups, cases[i].count, cases[i].group_count, &test),
            cases[i].told);
        assert_true(cases[i].told ? test.degrees == 1 && test.p > 0 && test.p <= 1
                                  : test.chi_squared == -1);
    }
    assert_false(log_rank(arena, open, (const int[]){0, 1, 1}, 3, 2, &test));
    assert_false(log_rank(arena, together, (const int[]){0, 1, 0, 1}, 4, 2, &test));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_mp_beats_placebo_as_published),
        cmocka_unit_test(log_rank_agrees_with_r),
        cmocka_unit_test(weights_count_as_repetitions),
        cmocka_unit_test(groups_that_cannot_be_compared_are_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
