/*
 * Recalibration: forecasters with known faults are mended, good ones are left alone, and nothing hangs on order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/judgement/recalibration.h"
#include "detectors/stats/logistic.h"
#include "detectors/stats/random.h"
#include "detectors/stats/recalibrate.h"
#include "detectors/stats/scores.h"
#include "tests/harness/oracle.h"

#include <math.h>
#include <string.h>

// How a forecaster errs: the truth's log odds are slope x stated log odds + shift.
typedef struct Forecaster
{
    double slope, shift;
    bool lost;  // 19 in 20 stated near 0 and the rest near 1, as P(lost) is; else in the middle
} Forecaster;

static const Forecaster CALIBRATED = {1, 0, false};
static const Forecaster OVER_CONFIDENT = {.6, .5, false};
static const Forecaster LOST_CALIBRATED = {1, 0, true};
static const Forecaster LOST_OVER_CONFIDENT = {.6, .5, true};

static Matured
statement(Forecaster forecaster, Random *random, const char *carrier)
{
    const double spread = random_unit(random) + random_unit(random) + random_unit(random) - 1.5;
    const double middle = forecaster.lost ? (random_unit(random) < .95 ? -6 : 4) : -1.5;
    const double log_odds = middle + 3 * spread;

    return (Matured){.carrier = carrier,
        .probability = logistic(log_odds),
        .happened = random_unit(random) < logistic(forecaster.slope * log_odds + forecaster.shift)};
}

static Matured *
statements(Arena *arena, Forecaster forecaster, size_t count, uint64_t seed, const char *carrier)
{
    Matured *const items = ARENA_ARRAY(arena, Matured, count);
    Random random = {seed};

    for (size_t i = 0; i < count; i++) {
        items[i] = statement(forecaster, &random, carrier);
        items[i].as_of = (Instant)(i % 28) * HOURS_24;
    }
    return items;
}

static const Recalibration *
fit_late(Arena *arena, const Matured *items, size_t count)
{
    return recalibration_fit(arena, (const Matured *[]){items, NULL}, (const size_t[]){count, 0});
}

// Scores of fresh statements before and after.
typedef struct Mending
{
    Scores before, after;
} Mending;

static Mending
mend(Arena *arena, Forecaster forecaster, size_t count, uint64_t seed)
{
    enum
    {
        FRESH = 60000,
    };
    const Recalibration *const fitted =
        fit_late(arena, statements(arena, forecaster, count, seed, "posta"), count);
    const Matured *const fresh = statements(arena, forecaster, FRESH, seed + 1, "posta");
    Scored *const scored = ARENA_ARRAY(arena, Scored, FRESH);
    Mending mending;

    for (size_t i = 0; i < FRESH; i++)
        scored[i] = (Scored){fresh[i].probability, fresh[i].happened, 1, 0};
    mending.before = scores_of(scored, FRESH);
    for (size_t i = 0; i < FRESH; i++)
        scored[i].probability =
            recalibration_apply(fitted, RECALIBRATION_LATE, "posta", fresh[i].probability);
    mending.after = scores_of(scored, FRESH);
    return mending;
}

static void
an_over_confident_forecaster_is_mended(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Mending late = mend(arena, OVER_CONFIDENT, 20000, 1);
    const Mending lost = mend(arena, LOST_OVER_CONFIDENT, 20000, 2);

    assert_true(late.before.ece > .1 && lost.before.ece > .04);
    assert_true(late.after.ece < .01 && lost.after.ece < .01);
    assert_close(late.after.slope, 1, .05);
    assert_close(lost.after.slope, 1, .05);
    assert_close(late.after.auc, late.before.auc, 1e-9);  // the order stays
    arena_destroy(arena);
}

static void
a_calibrated_forecaster_is_not_hurt(void **state)
{
    (void)state;
    Arena *const arena = arena_create();

    for (uint64_t seed = 10; seed < 12; seed++) {
        const Mending late = mend(arena, CALIBRATED, 5000, seed);
        const Mending lost = mend(arena, LOST_CALIBRATED, 5000, seed);

        assert_true(late.after.ece < .01 && lost.after.ece < .01);
        assert_true(late.after.log_loss < late.before.log_loss + .001);
        assert_true(lost.after.log_loss < lost.before.log_loss + .001);
    }
    arena_destroy(arena);
}

static void
fifty_hardly_move_it_and_five_thousand_do(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Mending few = mend(arena, OVER_CONFIDENT, 50, 3);
    const Mending many = mend(arena, OVER_CONFIDENT, 5000, 3);

    assert_true(few.after.ece > .6 * few.before.ece);
    assert_true(many.after.ece < .15 * many.before.ece);
    arena_destroy(arena);
}

static void
nothing_to_learn_from_changes_nothing(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Matured doubtless[] = {{.carrier = "posta", .probability = 0, .happened = true},
        {.carrier = "posta", .probability = 1},
        {.carrier = "posta", .probability = NAN, .happened = true}};
    const Recalibration *const none = fit_late(arena, NULL, 0);
    const Recalibration *const sure = fit_late(arena, doubtless, 3);
    const double given[] = {0, 1e-300, 1e-9, .123, .5, .999, 1};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        assert_true(recalibration_apply(none, RECALIBRATION_LATE, "posta", given[i]) == given[i]);
        assert_true(recalibration_apply(none, RECALIBRATION_LOST, NULL, given[i]) == given[i]);
        assert_true(recalibration_apply(sure, RECALIBRATION_LATE, "posta", given[i]) == given[i]);
    }
    assert_int_equal(recalibration_count(none, RECALIBRATION_LOST), 0);
    assert_int_equal(recalibration_count(sure, RECALIBRATION_LATE), 0);
    arena_destroy(arena);
}

// What was said in the last nights must be mended by what the nights before them taught.
static void
a_map_that_would_not_have_helped_is_not_used(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Matured *const calm = statements(arena, CALIBRATED, 20000, 9, "posta");
    Matured *const turned = statements(arena, OVER_CONFIDENT, 20000, 9, "posta");
    const Matured *const other = statements(arena, CALIBRATED, 20000, 10, "posta");

    for (size_t i = 0; i < 20000; i++)
        if (turned[i].as_of > 18 * HOURS_24)
            turned[i].happened = other[i].happened, turned[i].probability = other[i].probability;
    assert_int_equal(recalibration_count(fit_late(arena, calm, 20000), RECALIBRATION_LATE), 0);
    assert_int_equal(recalibration_count(fit_late(arena, turned, 20000), RECALIBRATION_LATE), 0);
    for (size_t i = 0; i < 20000; i++)
        turned[i].as_of = 5 * HOURS_24;
    assert_int_equal(recalibration_count(fit_late(arena, turned, 20000), RECALIBRATION_LATE), 0);
    arena_destroy(arena);
}

static void
what_is_no_probability_becomes_none(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const Matured *const items = statements(arena, OVER_CONFIDENT, 5000, 8, "posta");
    const Recalibration *const fitted = fit_late(arena, items, 5000);
    const double given[] = {NAN, -.1, 1.1, INFINITY, -INFINITY};

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        assert_true(isnan(recalibration_apply(fitted, RECALIBRATION_LATE, "posta", given[i])));
    assert_true(recalibration_apply(fitted, RECALIBRATION_LATE, "posta", 0) == 0);
    assert_true(recalibration_apply(fitted, RECALIBRATION_LATE, "posta", 1) == 1);
    arena_destroy(arena);
}

// Even where everything went against the forecaster, a higher probability stays the higher one.
static void
the_map_rises_whatever_happened(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const size_t count = 20000;
    Matured *const items = statements(arena, LOST_CALIBRATED, count, 5, "posta");

    for (int variant = 0; variant < 3; variant++) {
        for (size_t i = 0; i < count; i++)
            items[i].happened = variant == 0 ? items[i].probability < .5 : variant == 1;

        const Recalibration *const fitted = fit_late(arena, items, count);
        double last = 0;

        for (double x = -20; x <= 20; x += .25) {
            const double mended =
                recalibration_apply(fitted, RECALIBRATION_LATE, "posta", logistic(x));

            assert_true(mended > last && mended < 1);
            last = mended;
        }
    }
    arena_destroy(arena);
}

static void
a_carrier_is_mended_by_its_own_record_and_a_new_one_as_all(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const size_t half = 20000;
    Matured *const items = ARENA_ARRAY(arena, Matured, 2 * half + 10);

    const size_t good = half / 2;
    const size_t both = good + half;

    memcpy(items, statements(arena, CALIBRATED, good, 1, "good"), good * sizeof *items);
    memcpy(items + good, statements(arena, OVER_CONFIDENT, half, 2, "proud"), half * sizeof *items);
    memcpy(items + both, statements(arena, OVER_CONFIDENT, 10, 3, "small"), 10 * sizeof *items);

    const Recalibration *const fitted = fit_late(arena, items, both + 10);
    const double p = .05;
    const double all = recalibration_apply(fitted, RECALIBRATION_LATE, NULL, p);
    const double truth = logistic(.6 * log(.05 / .95) + .5);

    assert_int_equal(recalibration_count(fitted, RECALIBRATION_LATE), both + 10);
    assert_close(recalibration_apply(fitted, RECALIBRATION_LATE, "good", p), p, .02);
    assert_close(recalibration_apply(fitted, RECALIBRATION_LATE, "proud", p), truth, .02);
    assert_true(p + .04 < all && all < truth - .04);
    assert_close(recalibration_apply(fitted, RECALIBRATION_LATE, "small", p), all, .02);
    assert_true(recalibration_apply(fitted, RECALIBRATION_LATE, "new", p) == all);
    assert_true(recalibration_apply(fitted, RECALIBRATION_LOST, "proud", p) == p);
    arena_destroy(arena);
}

static void
a_million_statements_in_any_order_give_the_same_bits(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const size_t count = 1000000;
    Matured *const items = statements(arena, LOST_OVER_CONFIDENT, count, 6, "posta");
    double before[100];

    for (size_t i = 0; i < count; i += 3)
        items[i].carrier = "correo";
    for (int turn = 0; turn < 2; turn++) {
        const Recalibration *const fitted = fit_late(arena, items, count);

        for (int i = 0; i < 100; i++) {
            const double p = recalibration_apply(
                fitted, RECALIBRATION_LATE, i % 2 ? "posta" : "correo", (i + .5) / 100);

            if (turn == 1)
                assert_true(p == before[i]);
            before[i] = p;
        }
        for (size_t i = 0; i < count / 2; i++) {
            const Matured swapped = items[i];

            items[i] = items[count - 1 - i];
            items[count - 1 - i] = swapped;
        }
    }
    arena_destroy(arena);
}

// What stands for three counts as three do.
static void
weights_count_as_repeats(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Random random = {10};
    Matured weighted[300], repeated[900];

    for (size_t i = 0; i < 300; i++) {
        const double p = .05 + .9 * random_unit(&random);

        weighted[i] = (Matured){.as_of = (Instant)(i % 28) * HOURS_24,
            .carrier = "c",
            .probability = p,
            .happened = random_unit(&random) < p * p,
            .weight = 3};
        for (size_t k = 0; k < 3; k++) {
            repeated[3 * i + k] = weighted[i];
            repeated[3 * i + k].weight = k == 0 ? 0 : 1;
        }
    }

    const Recalibration *const a =
        recalibration_fit(arena, (const Matured *[]){weighted, NULL}, (const size_t[]){300, 0});
    const Recalibration *const b =
        recalibration_fit(arena, (const Matured *[]){repeated, NULL}, (const size_t[]){900, 0});

    for (double p = .1; p < 1; p += .1)
        assert_true(recalibration_apply(a, RECALIBRATION_LATE, "c", p) ==
                    recalibration_apply(b, RECALIBRATION_LATE, "c", p));
    assert_true(recalibration_apply(a, RECALIBRATION_LATE, "c", .5) < .45);
    arena_destroy(arena);
}

// Millions of statements in a few places, with every outcome there can be: the steps must arrive all the same.
static void
absurd_records_are_fitted_too(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    Random random = {9};

    for (int turn = 0; turn < 100; turn++) {
        RecalibrateCounts *const counts = ARENA_NEW(arena, RecalibrateCounts);
        const double most = pow(10, 1 + 7 * random_unit(&random));
        const size_t places = 1 + random_index(&random, 6);

        for (size_t i = 0; i < places; i++) {
            const size_t bin = random_unit(&random) < .15 ? 0
                               : random_unit(&random) < .15
                                   ? RECALIBRATE_BINS - 1
                                   : random_index(&random, RECALIBRATE_BINS);
            const int64_t stated = 1 + (int64_t)(most * random_unit(&random));
            const double share = fmin(fmax(2 * random_unit(&random) - .5, 0), 1);

            counts->stated[bin] += RECALIBRATE_UNIT * stated;
            counts->happened[bin] += RECALIBRATE_UNIT * (int64_t)(share * (double)stated);
        }

        const RecalibrateMap map = recalibrate_fit(counts, RECALIBRATE_IDENTITY);

        assert_true(map.shift != 0 && isfinite(map.shift));
        assert_true(map.low >= RECALIBRATE_SLOPE_MIN && map.high >= RECALIBRATE_SLOPE_MIN);
        assert_true(isfinite(map.low) && isfinite(map.high));
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_over_confident_forecaster_is_mended),
        cmocka_unit_test(a_calibrated_forecaster_is_not_hurt),
        cmocka_unit_test(fifty_hardly_move_it_and_five_thousand_do),
        cmocka_unit_test(nothing_to_learn_from_changes_nothing),
        cmocka_unit_test(a_map_that_would_not_have_helped_is_not_used),
        cmocka_unit_test(what_is_no_probability_becomes_none),
        cmocka_unit_test(the_map_rises_whatever_happened),
        cmocka_unit_test(a_carrier_is_mended_by_its_own_record_and_a_new_one_as_all),
        cmocka_unit_test(a_million_statements_in_any_order_give_the_same_bits),
        cmocka_unit_test(weights_count_as_repeats),
        cmocka_unit_test(absurd_records_are_fitted_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
