// The generators against their authors' reference outputs, and what is made of them against textbook moments.
#include "jobs/simulator/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

// The reference C code by Sebastiano Vigna (prng.di.unimi.it/splitmix64.c), seed 1234567.
static void
splitmix64_gives_the_reference_numbers(void **state)
{
    static const uint64_t EXPECTED[] = {UINT64_C(6457827717110365317),
        UINT64_C(3203168211198807973), UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    uint64_t at = 1234567;

    (void)state;
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++)
        assert_true(random_split(&at) == EXPECTED[i]);
}

// The same for prng.di.unimi.it/xoshiro256starstar.c from the state 1, 2, 3, 4.
static void
xoshiro_gives_the_reference_numbers(void **state)
{
    static const uint64_t EXPECTED[] = {11520, 0, 1509978240, UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360), UINT64_C(607988272756665600), UINT64_C(16172922978634559625),
        UINT64_C(8476171486693032832), UINT64_C(10595114339597558777),
        UINT64_C(2904607092377533576)};
    Random random = {.state = {1, 2, 3, 4}};

    (void)state;
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++)
        assert_true(random_next(&random) == EXPECTED[i]);
}

static void
streams_differ_by_seed_index_and_purpose(void **state)
{
    static const uint64_t KEYS[][3] = {{1, 2, 3}, {2, 2, 3}, {1, 3, 3}, {1, 2, 4}, {2, 1, 3},
        {3, 2, 1}, {0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
    enum
    {
        COUNT = sizeof KEYS / sizeof *KEYS
    };
    uint64_t first[COUNT];

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        Random random, again;
        random_start(&random, KEYS[i][0], KEYS[i][1], KEYS[i][2]);
        random_start(&again, KEYS[i][0], KEYS[i][1], KEYS[i][2]);
        first[i] = random_next(&random);
        assert_true(first[i] == random_next(&again));
        for (size_t j = 0; j < i; j++)
            assert_true(first[j] != first[i]);
    }
}

// 600,000 throws of a die: each face within 5 standard deviations (sqrt(n p q) = 289) of 100,000.
static void
small_numbers_are_even(void **state)
{
    int64_t faces[6] = {0};
    Random random;

    (void)state;
    random_start(&random, 7, 0, 0);
    for (int i = 0; i < 600000; i++)
        faces[random_below(&random, 6)]++;
    for (int i = 0; i < 6; i++)
        assert_true(llabs(faces[i] - 100000) < 1445);
    for (int i = 0; i < 1000; i++)
        assert_in_range(random_between(&random, 3, 5), 3, 5);
}

// Mean 0, variance 1, fourth moment 3, and 2.5 % beyond 1.959964; tolerances are 5 standard errors.
static void
normal_numbers_have_their_moments(void **state)
{
    enum
    {
        COUNT = 400000
    };
    double sum = 0, squares = 0, fourth = 0;
    int beyond = 0;
    Random random;

    (void)state;
    random_start(&random, 11, 0, 0);
    for (int i = 0; i < COUNT; i++) {
        const double z = random_normal(&random);
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
        beyond += z > 1.959964;
    }
    assert_true(fabs(sum / COUNT) < 5 / sqrt(COUNT));
    assert_true(fabs(squares / COUNT - 1) < 5 * sqrt(2.0 / COUNT));
    assert_true(fabs(fourth / COUNT - 3) < 5 * sqrt(96.0 / COUNT));
    assert_true(fabs((double)beyond / COUNT - .025) < 5 * sqrt(.025 * .975 / COUNT));
}

static void
weights_are_respected(void **state)
{
    static const uint32_t WEIGHTS[] = {0, 1, 0, 3, 0};
    int64_t picks[5] = {0};
    Random random;

    (void)state;
    random_start(&random, 13, 0, 0);
    for (int i = 0; i < 40000; i++)
        picks[random_pick(&random, WEIGHTS, 5)]++;
    assert_int_equal(picks[0] + picks[2] + picks[4], 0);
    assert_true(llabs(picks[1] - 10000) < 433);  // 5 standard deviations
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splitmix64_gives_the_reference_numbers),
        cmocka_unit_test(xoshiro_gives_the_reference_numbers),
        cmocka_unit_test(streams_differ_by_seed_index_and_purpose),
        cmocka_unit_test(small_numbers_are_even),
        cmocka_unit_test(normal_numbers_have_their_moments),
        cmocka_unit_test(weights_are_respected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
