/*
 * Like-for-like comparison of shares: against R, a published case, and Simpson's paradox.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/mantel_haenszel.h"
#include "tests/harness/oracle.h"

#include <math.h>

static void
strata_agree_with_r(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const json_t *const oracle = oracle_load(arena, "cmh");
    TwoByTwo strata[3];
    MantelHaenszel found;
    size_t n = 0;

    const double *const cells = oracle_list(arena, oracle, "table", &n);

    assert_int_equal(n, 12);
    for (size_t i = 0; i < 3; i++)  // R goes down the columns: on time and late of each group
        strata[i] = (TwoByTwo){cells[4 * i], cells[4 * i + 1], cells[4 * i + 2], cells[4 * i + 3]};
    assert_true(mantel_haenszel(strata, 3, &found));
    assert_relative(found.chi_squared, oracle_number(oracle, "chisq"), 1e-12);
    assert_relative(found.p, oracle_number(oracle, "p"), 1e-10);
    assert_relative(found.odds_ratio, oracle_number(oracle, "common_or"), 1e-12);
    assert_true(found.low > 1 && found.low < found.odds_ratio && found.odds_ratio < found.high);
    arena_destroy(arena);
}

// Admissions to Berkeley in 1973 by department, men against women (P. J. Bickel, E. A. Hammel, J. W. O'Connell, Science
// 187 (1975) 398-404): men seem favoured overall, and are not within departments. R prints for mantelhaen.test of these
// (without correction): X-squared = 1.5246, common odds ratio 0.9046968, interval 0.7719074 to 1.0603298.
static void
admissions_to_berkeley_are_no_case_against_women(void **state)
{
    (void)state;
    const TwoByTwo departments[] = {{512, 313, 89, 19}, {353, 207, 17, 8}, {120, 205, 202, 391},
        {138, 279, 131, 244}, {53, 138, 94, 299}, {22, 351, 24, 317}};
    TwoByTwo all = {0};
    MantelHaenszel overall;
    MantelHaenszel within;

    for (int i = 0; i < 6; i++) {
        all.yes_a += departments[i].yes_a;
        all.no_a += departments[i].no_a;
        all.yes_b += departments[i].yes_b;
        all.no_b += departments[i].no_b;
    }
    assert_true(mantel_haenszel(&all, 1, &overall));
    assert_true(mantel_haenszel(departments, 6, &within));
    assert_close(overall.odds_ratio, 1.84108, 1e-5);
    assert_close(overall.difference, 1198. / 2691 - 557. / 1835, 1e-12);
    assert_true(overall.p < 1e-15);
    assert_close(within.chi_squared, 1.5246, 5e-5);
    assert_close(within.odds_ratio, .9046968, 1e-7);
    assert_close(within.low, .7719074, 1e-6);
    assert_close(within.high, 1.0603298, 1e-6);
    assert_true(within.difference < 0 && within.p > .2);
}

static void
strata_that_say_nothing_change_nothing(void **state)
{
    (void)state;
    const TwoByTwo strata[] = {{9, 1, 6, 4}, {0, 0, 5, 5}, {3, 3, 0, 0}, {NAN, 1, 1, 1},
        {1, -1, 1, 1}, {INFINITY, 1, 1, 1}};
    const TwoByTwo alike = {4, 0, 5, 0};
    const TwoByTwo never = {4, 0, 5, 3};
    MantelHaenszel one;
    MantelHaenszel many;
    MantelHaenszel none = {.p = 7};

    assert_true(mantel_haenszel(strata, 1, &one));
    assert_true(mantel_haenszel(strata, 6, &many));
    assert_true(one.odds_ratio == 6 && many.odds_ratio == 6);
    assert_true(many.chi_squared == one.chi_squared && many.difference == one.difference);
    assert_close(one.difference, .3, 1e-15);
    assert_false(mantel_haenszel(NULL, 0, &none));
    assert_false(mantel_haenszel(strata + 1, 5, &none));
    assert_false(mantel_haenszel(&alike, 1, &none));
    assert_true(none.p == 7);
    assert_true(mantel_haenszel(&never, 1, &none));
    assert_true(isinf(none.odds_ratio) && isnan(none.low) && isfinite(none.p));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strata_agree_with_r),
        cmocka_unit_test(admissions_to_berkeley_are_no_case_against_women),
        cmocka_unit_test(strata_that_say_nothing_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
