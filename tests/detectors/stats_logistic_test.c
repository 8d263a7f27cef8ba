/*
 * Logistic regression, on which calibration lines and recalibration rest: a published example, and problems without answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/logistic.h"
#include "tests/harness/oracle.h"

#include <math.h>

// Hours of study and passing an exam: the logistic regression in Wikipedia's article, -4.0777 + 1.5046 hours.
static void
logistic_regression_agrees_with_a_published_example(void **state)
{
    (void)state;
    const double hours[] = {.5, .75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4,
        4.25, 4.5, 4.75, 5, 5.5};
    const int passed[] = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
    LogisticRow rows[20];
    LogisticProblem problem = {
        .rows = rows, .count = 20, .terms = 2, .floor = {-INFINITY, -INFINITY}};
    double found[LOGISTIC_TERMS_MAX];

    for (int i = 0; i < 20; i++)
        rows[i] = (LogisticRow){{1, hours[i]}, 1, passed[i]};
    assert_true(logistic_fit(&problem, found));
    assert_close(found[0], -4.0777, 1.3e-5);
    assert_close(found[1], 1.5046, 3.5e-5);

    problem.floor[1] =
        2;  // held there, the other one gives way: the passes expected are those seen
    assert_true(logistic_fit(&problem, found));
    assert_true(found[1] == 2);

    double expected = 0;

    for (int i = 0; i < 20; i++)
        expected += logistic(found[0] + 2 * hours[i]);
    assert_close(expected, 10, 1e-10);
}

static void
logistic_regression_says_when_there_is_no_answer(void **state)
{
    (void)state;
    const LogisticRow separated[] = {{{1, 0}, 5, 0}, {{1, 1}, 5, 5}};
    const LogisticRow alike[] = {{{1, 2}, 5, 1}, {{1, 2}, 5, 3}};
    const LogisticRow spoilt[] = {{{1, NAN}, 5, 1}, {{1, 2}, 5, 3}};
    double found[LOGISTIC_TERMS_MAX] = {7, 7, 7};
    LogisticProblem problem = {.count = 2, .terms = 2, .floor = {-INFINITY, -INFINITY}};

    problem.rows = separated;
    assert_false(logistic_fit(&problem, found));
    problem.rows = alike;
    assert_false(logistic_fit(&problem, found));
    problem.rows = spoilt;
    assert_false(logistic_fit(&problem, found));
    problem.count = 0;
    assert_false(logistic_fit(&problem, found));
    assert_true(found[0] == 7 && found[1] == 7);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logistic_regression_agrees_with_a_published_example),
        cmocka_unit_test(logistic_regression_says_when_there_is_no_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
