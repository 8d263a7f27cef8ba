// Carriers' promises by the day they end, generated parcel by parcel: how seldom a drift is told when there is none, and
// how soon when there is one. Seeds are fixed.
#include "detectors/incidents/drift.h"

#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define START 20454  // 2026-01-01, a Thursday
#define KEPT  400    // days that a night looks back over
#define SLIP  12     // of 100 parcels come a working day later

typedef struct Random
{
    uint64_t state;
} Random;

// Uniform in [0, 1): SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
static double
uniform(Random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

typedef struct Carrier
{
    int parcels;    // promised for a usual working day
    int late;       // of 1000 parcels, those that come after the promise
    int tight;      // of 1000 parcels, those that come on the very day of the promise
    double spread;  // of the share late from day to day, standard deviation in parts of 1000
} Carrier;

// Spreads give over-dispersion of about 2: 1000 sqrt(p (1 - p)/n).
static const Carrier middling = {.parcels = 250, .late = 50, .tight = 500, .spread = 13.8};
static const Carrier small = {.parcels = 60, .late = 100, .tight = 500, .spread = 38.7};
static const Carrier large = {.parcels = 1500, .late = 60, .tight = 500, .spread = 6.1};

// Roughly normal, variance 1 (Irwin-Hall of 12).
static double
normal(Random *random)
{
    double sum = -6;

    for (int i = 0; i < 12; i++)
        sum += uniform(random);
    return sum;
}

static bool
is_holiday(Day day)
{
    return (day - START) % 37 == 11;
}

// Mondays carry more and are worse, Saturdays carry little; nothing is promised for Sundays and holidays.
static int
volume(const Carrier *carrier, Day day)
{
    static const int percent[7] = {125, 105, 100, 100, 95, 20, 0};

    return is_holiday(day) ? 0 : carrier->parcels * percent[day_weekday(day)] / 100;
}

static PromiseDay
make_day(const Carrier *carrier, Random *random, Day day, bool slipping)
{
    static const int worse[7] = {15, 0, -4, -4, 0, 8, 0};
    const double late = carrier->late + worse[day_weekday(day)] + carrier->spread * normal(random);
    PromiseDay made = {.carrier = "x", .day = day, .promised = volume(carrier, day)};

    for (int64_t i = 0; i < made.promised; i++) {
        const double luck = 1000 * uniform(random);
        const bool slips = slipping && 100 * uniform(random) < SLIP;

        made.kept += luck >= late + (slips ? carrier->tight : 0);
    }
    return made;
}

static PromiseDay *
make_days(Arena *arena, const Carrier *carrier, uint64_t seed, size_t count, size_t slip_from)
{
    PromiseDay *const days = ARENA_ARRAY(arena, PromiseDay, count);
    Random random = {.state = seed};

    for (size_t i = 0; i < count; i++)
        days[i] = make_day(carrier, &random, START + (Day)i, i >= slip_from);
    return days;
}

// The state after the day at index last, as a night that looks back KEPT days sees it.
static Drift
state_at(const PromiseDay *days, size_t last)
{
    const size_t first = last + 1 > KEPT ? last + 1 - KEPT : 0;

    return drift_of(days + first, last + 1 - first);
}

static int
false_drifts(const Carrier *carrier, uint64_t seed, size_t years)
{
    Arena *const arena = arena_create();
    const size_t count = 365 * years + DRIFT_BASE_DAYS;
    const PromiseDay *const days = make_days(arena, carrier, seed, count, count);
    int told = 0;
    bool before = false;

    for (size_t i = DRIFT_BASE_DAYS; i < count; i++) {
        const Drift drift = state_at(days, i);

        told += drift.on && !before;
        before = drift.on;
    }
    arena_destroy(arena);
    return told;
}

// Three carriers of one merchant: together fewer than one false drift a year.
static void
drifts_are_not_told_where_there_are_none(void **state)
{
    const size_t years = 8;
    const int told = false_drifts(&middling, 11, years) + false_drifts(&small, 12, years) +
                     false_drifts(&large, 13, years);

    (void)state;
    print_message("%d false drifts in %zu years of three carriers\n", told, years);
    assert_true(told < (int)years);
}

// Days from the first bad one, it included, until the drift is told; 99 when it is not.
static int
days_until_told(const Carrier *carrier, uint64_t seed)
{
    Arena *const arena = arena_create();
    const size_t from = 150 + seed % 7;
    const PromiseDay *const days = make_days(arena, carrier, seed, from + 99, from);
    int delay = 99;

    for (size_t i = from; i < from + 99 && delay == 99; i++)
        if (state_at(days, i).on)
            delay = (int)(i - from) + 1;
    arena_destroy(arena);
    return delay;
}

static void
a_slip_of_12_in_100_parcels_is_found_within_a_week(void **state)
{
    const int runs = 40;
    int in_time = 0;

    (void)state;
    for (int run = 0; run < runs; run++)
        // A day is counted the morning after the next one.
        in_time += days_until_told(run % 2 ? &middling : &large, 1000 + (uint64_t)run) + 1 <= 7;
    print_message("%d of %d slips found within 7 days\n", in_time, runs);
    assert_true(in_time >= runs * 95 / 100);
}

static void
a_drift_begins_and_ends_where_it_does(void **state)
{
    Arena *const arena = arena_create();
    PromiseDay *const days = make_days(arena, &middling, 5, 240, 150);
    const PromiseDay *const calm = make_days(arena, &middling, 6, 240, 240);

    (void)state;
    for (size_t i = 165; i < 240; i++)
        days[i] = calm[i];
    assert_int_equal(state_at(days, 140).on, false);

    const Drift during = state_at(days, 164), after = state_at(days, 200);

    assert_true(during.known && during.on);
    assert_in_range(during.since, START + 144, START + 153);
    assert_true(during.usual > .93 && during.usual < .96);
    assert_true((double)during.kept / (double)during.promised < during.usual - .03);
    assert_true(during.dispersion > 1.3 && during.dispersion < 3.5);
    assert_true(after.known && !after.on);
    arena_destroy(arena);
}

// Bad input: nothing, too little, empty days, all kept, none kept, one day at a time with long gaps.
static void
little_and_strange_days_tell_nothing(void **state)
{
    PromiseDay days[300];

    (void)state;
    assert_false(drift_of(NULL, 0).known);
    assert_int_equal(drift_of(NULL, 0).since, DAY_NONE);
    for (int i = 0; i < 300; i++)
        days[i] = (PromiseDay){.carrier = "x", .day = START + i, .promised = 0, .kept = 0};
    assert_false(drift_of(days, 300).known);
    for (int i = 0; i < 300; i++)
        days[i].promised = days[i].kept = 1;
    assert_true(drift_of(days, 300).known);  // 119 promises behind the last day
    assert_false(drift_of(days, 100).known);
    assert_false(drift_of(days, 300).on);
    for (int i = 0; i < 300; i++)
        days[i].promised = days[i].kept = 40;
    assert_true(drift_of(days, 300).known);
    assert_false(drift_of(days, 300).on);
    for (int i = 0; i < 300; i++)
        days[i].kept = 0;
    assert_false(drift_of(days, 300).on);
    for (int i = 0; i < 300; i++)
        days[i].day = START + 90 * i;
    assert_false(drift_of(days, 300).known);
}

// From one day to the next a carrier keeps nothing: that is a drift at once, and no number leaves its bounds.
static void
a_collapse_is_told_the_first_day(void **state)
{
    PromiseDay days[101];

    (void)state;
    for (int i = 0; i <= 100; i++)
        days[i] = (PromiseDay){
            .carrier = "x", .day = START + i, .promised = 1000000, .kept = i < 100 ? 999999 : 0};

    const Drift drift = drift_of(days, 101);

    assert_true(drift.on);
    assert_int_equal(drift.since, START + 100);
    assert_true(drift.statistic == DRIFT_LIMIT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drifts_are_not_told_where_there_are_none),
        cmocka_unit_test(a_slip_of_12_in_100_parcels_is_found_within_a_week),
        cmocka_unit_test(a_drift_begins_and_ends_where_it_does),
        cmocka_unit_test(little_and_strange_days_tell_nothing),
        cmocka_unit_test(a_collapse_is_told_the_first_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
