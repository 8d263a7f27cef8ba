/*
 * The test of a slower pace: against every possible outcome of a few trials, the table of chi-square, and simulation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/stats/pace.h"
#include "detectors/stats/random.h"
#include "tests/harness/oracle.h"

#include <math.h>

#define TRIALS 12

static const double chances[TRIALS] = {.95, .93, .9, .9, .88, .8, .7, .52, .4, .3, .1, .02};

static PaceSums
sums_of(const double *chance, size_t count, const bool *success)
{
    PaceSums sums = {0};

    for (size_t i = 0; i < count; i++)
        pace_add(&sums, pace_trial(success[i], chance[i]));
    return sums;
}

// The outcome with a number, its bits saying who succeeds: its sums, and its chance when all chances are `pace` of themselves.
static PaceSums
outcome(unsigned number, double pace, double *chance)
{
    bool success[TRIALS];

    *chance = 1;
    for (size_t i = 0; i < TRIALS; i++) {
        success[i] = number >> i & 1;
        *chance *= success[i] ? pace * chances[i] : 1 - pace * chances[i];
    }
    return sums_of(chances, TRIALS, success);
}

static void
the_ratio_is_that_of_likelihoods(void **state)
{
    (void)state;
    for (unsigned number = 0; number < 1U << TRIALS; number += 37) {
        double usual, slow;
        const PaceSums sums = outcome(number, 1, &usual);

        outcome(number, PACE_SLOW, &slow);
        assert_close(sums.log_ratio, log(slow / usual), 1e-12);
    }
}

static void
cumulants_are_those_of_all_outcomes(void **state)
{
    double mean = 0, variance = 0, third = 0, chance;
    PaceSums sums = {0};

    (void)state;
    for (unsigned number = 0; number < 1U << TRIALS; number++) {
        sums = outcome(number, 1, &chance);
        mean += chance * sums.log_ratio;
    }
    for (unsigned number = 0; number < 1U << TRIALS; number++) {
        const double off = outcome(number, 1, &chance).log_ratio - mean;

        variance += chance * off * off;
        third += chance * off * off * off;
    }
    assert_relative(sums.mean, mean, 1e-12);
    assert_relative(sums.variance, variance, 1e-12);
    assert_relative(sums.third, third, 1e-12);
}

// Sums come in steps, their continuous stand-in does not: halves of what stands on the step count on either side.
static void
tails_are_near_those_of_all_outcomes(void **state)
{
    double worst = 1;

    (void)state;
    for (unsigned asked = 0; asked < 1U << TRIALS; asked += 61) {
        double chance, exact = 0;
        const PaceSums sums = outcome(asked, 1, &chance);

        for (unsigned number = 0; number < 1U << TRIALS; number++) {
            const double other = outcome(number, 1, &chance).log_ratio;

            if (other > sums.log_ratio + 1e-9)
                exact += chance;
            else if (other > sums.log_ratio - 1e-9)
                exact += chance / 2;
        }
        if (exact > 1e-3 && exact < .3)
            worst = fmax(worst, fmax(pace_chance(sums, 1) / exact, exact / pace_chance(sums, 1)));
    }
    print_message("off by a factor of %.2f at most\n", worst);
    assert_true(worst < 1.8);
}

// Chi-square with 10 degrees of freedom is of Pearson's type III: mean 10, variance 20, third cumulant 80.
static void
tails_agree_with_the_table_of_chi_square(void **state)
{
    static const double table[][2] = {
        {18.307, .05}, {23.209, .01}, {25.188, .005}, {29.588, .001}, {15.987, .1}, {3.940, .95}};

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_relative(pace_chance((PaceSums){table[i][0], 10, 20, 80}, 1), table[i][1], 2e-3);
    assert_relative(pace_chance((PaceSums){1.959964, 0, 1, 0}, 1), .025, 1e-6);
    assert_true(pace_chance((PaceSums){-1, 10, 20, 80}, 1) == 1);
}

typedef struct Counted
{
    int told, told_by_count;
} Counted;

// Nights of 24 parcels of three kinds at a pace; told by a chance below .004, and by so few that 0.4 % of usual nights have fewer.
static Counted
nights(double pace, int fewest, int count)
{
    Random random = {11};
    Counted counted = {0};
    double chance[24];
    bool success[24];

    for (int night = 0; night < count; night++) {
        int moved = 0;

        for (size_t i = 0; i < 24; i++) {
            chance[i] = i < 8 ? .95 : i < 16 ? .8 : .3;
            success[i] = random_unit(&random) < pace * chance[i];
            moved += success[i];
        }
        counted.told += pace_chance(sums_of(chance, 24, success), 1) < .004;
        counted.told_by_count += moved < fewest;
    }
    return counted;
}

static void
it_is_right_about_usual_nights_and_tells_more_slow_ones_than_counting(void **state)
{
    const int fewest = 12, count = 100000;
    const Counted usual = nights(1, fewest, count), slow = nights(.5, fewest, count);

    (void)state;
    print_message("told of usual nights %.4f (by count %.4f), of slow ones %.3f (%.3f)\n",
        (double)usual.told / count, (double)usual.told_by_count / count, (double)slow.told / count,
        (double)slow.told_by_count / count);
    assert_true(usual.told > .002 * count && usual.told < .006 * count);
    assert_true(usual.told <= usual.told_by_count);
    assert_true(slow.told > slow.told_by_count);
}

static void
a_habit_and_dependence_are_taken_out(void **state)
{
    const bool success[] = {true, false, false};
    const double chance[] = {.9, .9, .5};
    const PaceSums sums = sums_of(chance, 3, success);

    (void)state;
    assert_true(pace_chance(pace_shifted(sums, .5), 1) > pace_chance(sums, 1));
    assert_true(pace_chance(pace_shifted(sums, -.5), 1) < pace_chance(sums, 1));
    assert_true(pace_chance(sums, 2) > pace_chance(sums, 1));
    assert_close(pace_shifted(pace_shifted(sums, .5), -.5).log_ratio, sums.log_ratio, 1e-15);
}

static void
nothing_is_said_of_nothing(void **state)
{
    const PaceSums none = {0};
    PaceSums sure = {0};

    (void)state;
    assert_true(isnan(pace_chance(none, 1)));
    assert_true(isnan(pace_chance((PaceSums){1, 0, 1, 0}, 0)));
    assert_true(isnan(pace_chance((PaceSums){NAN, 0, 1, 0}, 1)));
    assert_true(isnan(pace_chance((PaceSums){1, 0, 1, 0}, NAN)));
    // what cannot happen, and what surely happens, by a model that is too sure
    pace_add(&sure, pace_trial(false, 0));
    assert_true(sure.log_ratio == 0 && sure.variance == 0);
    pace_add(&sure, pace_trial(false, 1));
    assert_true(isfinite(sure.log_ratio) && sure.log_ratio < 2.5);
    pace_add(&sure, pace_trial(true, -1));
    pace_add(&sure, pace_trial(true, 2));
    assert_true(isfinite(sure.log_ratio) && isfinite(sure.third) && sure.variance > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ratio_is_that_of_likelihoods),
        cmocka_unit_test(cumulants_are_those_of_all_outcomes),
        cmocka_unit_test(tails_are_near_those_of_all_outcomes),
        cmocka_unit_test(tails_agree_with_the_table_of_chi_square),
        cmocka_unit_test(it_is_right_about_usual_nights_and_tells_more_slow_ones_than_counting),
        cmocka_unit_test(a_habit_and_dependence_are_taken_out),
        cmocka_unit_test(nothing_is_said_of_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
