// Carriers' promises by the day they end, generated parcel by parcel: how seldom a drift is told when there is none, and
// how soon when there is one. Seeds are fixed.
#include "detectors/incidents/drift.h"

#include "core/arena.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define START 20454  // 2026-01-01, a Thursday
#define KEPT  400    // days that a night looks back over
#define SLIP  12     // of 100 parcels come a working day later

#define LIMIT (drift_limit(3))

#define FIRST_DAY 119  // that is held against no drift

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
    int parcels;  // promised for a usual working day
    int late;     // of 1000 parcels, those that come after the promise
    int tight;  // of 1000 parcels, those that come on the very day of the promise; the others a day or two before
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
        const int usual = luck < late                    ? PROMISE_MISSED
                          : luck < late + carrier->tight ? PROMISE_ON_THE_DAY
                          : luck < 850                   ? PROMISE_ON_THE_DAY - 1
                                                         : PROMISE_ON_THE_DAY - 2;
        const int lead = slips && usual < PROMISE_MISSED ? usual + 1 : usual;

        made.leads[lead]++;
        made.kept += lead < PROMISE_MISSED;
    }
    memcpy(made.first_leads, made.leads, sizeof made.leads);
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

// The state after the day at index last, as the night of that day sees it, which looks back KEPT days.
static Drift
state_at(const PromiseDay *days, size_t last, size_t carriers)
{
    const size_t first = last + 1 > KEPT ? last + 1 - KEPT : 0;
    const size_t count = last + 1 - first;
    PromiseDay seen[KEPT];

    memcpy(seen, days + first, count * sizeof *days);
    seen[count - 1] = (PromiseDay){.carrier = "x", .day = days[last].day};
    memcpy(seen[count - 1].first_leads, days[last].first_leads, sizeof days->first_leads);
    return drift_of(seen, count, drift_limit(carriers));
}

static int
false_drifts(const Carrier *carrier, uint64_t seed, size_t years, size_t carriers)
{
    Arena *const arena = arena_create();
    const size_t count = 365 * years + FIRST_DAY;
    const PromiseDay *const days = make_days(arena, carrier, seed, count, count);
    int told = 0;
    bool before = false;

    for (size_t i = FIRST_DAY; i < count; i++) {
        const Drift drift = state_at(days, i, carriers);

        told += drift.on && !before;
        before = drift.on;
    }
    arena_destroy(arena);
    return told;
}

// Three carriers of one merchant, or one alone: together fewer than one false drift a year.
static void
drifts_are_not_told_where_there_are_none(void **state)
{
    const size_t years = 8;
    const int told = false_drifts(&middling, 11, years, 3) + false_drifts(&small, 12, years, 3) +
                     false_drifts(&large, 13, years, 3);
    const int alone = false_drifts(&middling, 21, years, 1);

    (void)state;
    print_message("%d false drifts in %zu years of three carriers, %d in as many of one alone\n",
        told, years, alone);
    assert_true(told < (int)years);
    assert_true(alone < (int)years);
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
        if (state_at(days, i, 3).on)
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
        in_time += days_until_told(run % 2 ? &middling : &large, 1000 + (uint64_t)run) <= 7;
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
    assert_int_equal(state_at(days, 140, 3).on, false);

    const Drift during = state_at(days, 165, 3), after = state_at(days, 200, 3);

    assert_true(during.known && during.on);
    assert_in_range(during.since, START + 144, START + 153);
    assert_true(during.usual > .93 && during.usual < .96);
    assert_true((double)during.kept / (double)during.promised < during.usual - .03);
    assert_true(during.later > .07 && during.later < .17);
    assert_true(during.dispersion > 1.3 && during.dispersion < 3.5);
    assert_true(after.known && !after.on);
    arena_destroy(arena);
}

// A day on which all of so many parcels came with one lead.
static PromiseDay
day_of(Day day, int64_t promised, int lead)
{
    PromiseDay made = {.carrier = "x",
        .day = day,
        .promised = promised,
        .kept = lead < PROMISE_MISSED ? promised : 0};

    made.leads[lead] = promised;
    return made;
}

static void
assert_finite(const Drift *drift)
{
    assert_true(drift->statistic >= 0 && drift->statistic <= LIMIT);
    assert_true(isfinite(drift->later));
    assert_true(!drift->known || (drift->usual >= 0 && drift->usual <= 1));
    assert_true(!drift->known || (drift->dispersion >= 1 && isfinite(drift->dispersion)));
}

// The promises are kept as before, by parcels that come on the day instead of the day before.
static void
a_slip_that_leaves_promises_kept_is_told_too(void **state)
{
    PromiseDay days[200];

    (void)state;
    for (int i = 0; i < 200; i++) {
        days[i] = day_of(START + i, 100, PROMISE_ON_THE_DAY - 1);
        days[i].leads[PROMISE_ON_THE_DAY] = i < 180 ? 10 : 30;
        days[i].leads[PROMISE_ON_THE_DAY - 1] = i < 180 ? 90 : 70;
    }
    assert_false(drift_of(days, 180, LIMIT).on);

    const Drift drift = drift_of(days, 187, LIMIT);

    assert_true(drift.on);
    assert_int_equal(drift.since, START + 180);
    assert_int_equal(drift.kept, drift.promised);
    assert_true(fabs(drift.later - .2) < .01);
}

// Days counted before leads were, days behind a holiday of which more than a fifth has none: they say nothing.
static void
days_without_leads_tell_nothing(void **state)
{
    PromiseDay days[300];

    (void)state;
    for (int i = 0; i < 300; i++)
        days[i] = (PromiseDay){.carrier = "x", .day = START + i, .promised = 50, .kept = 45};
    assert_false(drift_of(days, 300, LIMIT).known);
    for (int i = 0; i < 290; i++)
        days[i] = day_of(START + i, 50, i % 10 ? PROMISE_ON_THE_DAY : PROMISE_MISSED);
    for (int i = 295; i < 300; i++)
        days[i].leads[PROMISE_MISSED] = 39;  // of 50: short promises alone
    assert_true(drift_of(days, 300, LIMIT).known);
    assert_true(drift_of(days, 300, LIMIT).statistic == drift_of(days, 290, LIMIT).statistic);
    for (int i = 295; i < 300; i++)
        days[i].leads[PROMISE_MISSED] = 40;
    assert_true(drift_of(days, 300, LIMIT).statistic > drift_of(days, 290, LIMIT).statistic);
}

// What goes on for months becomes what is usual, and ends; the level before it is no drift then either.
static void
a_lasting_drift_becomes_usual(void **state)
{
    PromiseDay days[700];

    (void)state;
    for (int i = 0; i < 700; i++) {
        const int64_t missed = i < 200 ? 5 : 20;

        days[i] = day_of(START + i, 100, PROMISE_ON_THE_DAY);
        days[i].kept = days[i].leads[PROMISE_ON_THE_DAY] = 100 - missed;
        days[i].leads[PROMISE_MISSED] = missed;
    }
    assert_true(state_at(days, 210, 3).on);
    assert_true(state_at(days, 250, 3).on);
    assert_false(state_at(days, 500, 3).on);
    assert_true(state_at(days, 500, 3).usual < .85);
}

// Bad input: nothing, too little, empty days, all kept, none kept, one day at a time with long gaps, a year without data.
static void
little_and_strange_days_tell_nothing(void **state)
{
    PromiseDay days[300];

    (void)state;
    assert_false(drift_of(NULL, 0, LIMIT).known);
    assert_int_equal(drift_of(NULL, 0, LIMIT).since, DAY_NONE);
    for (int i = 0; i < 300; i++)
        days[i] = (PromiseDay){.carrier = "x", .day = START + i, .promised = 0, .kept = 0};
    assert_false(drift_of(days, 300, LIMIT).known);
    for (int i = 0; i < 300; i++)
        days[i] = day_of(START + i, 1, PROMISE_ON_THE_DAY);
    assert_false(drift_of(days, 1, LIMIT).known);
    assert_true(drift_of(days, 300, LIMIT).known);  // 119 promises behind the last day
    assert_false(drift_of(days, 100, LIMIT).known);
    assert_false(drift_of(days, 300, LIMIT).on);
    for (int lead = 0; lead < PROMISE_LEADS; lead++) {
        for (int i = 0; i < 300; i++)
            days[i] = day_of(START + i, INT64_C(1) << (i % 40), lead);

        const Drift drift = drift_of(days, 300, LIMIT);

        assert_true(drift.known);
        assert_false(drift.on);
        assert_finite(&drift);
    }
    for (int i = 0; i < 300; i++)
        days[i].day = START + 90 * i;
    assert_false(drift_of(days, 300, LIMIT).known);
    for (int i = 0; i < 300; i++)
        days[i] = day_of(START + i + (i < 150 ? 0 : 366), 40, PROMISE_ON_THE_DAY);
    assert_true(drift_of(days, 150, LIMIT).known);
    assert_false(drift_of(days, 152, LIMIT).known);
    assert_false(drift_of(days, 300, LIMIT).on);
}

// From one day to the next a carrier keeps nothing. A day alone is no drift; two are, and no number leaves its bounds.
static void
a_collapse_is_told_the_second_day(void **state)
{
    PromiseDay days[102];

    (void)state;
    for (int i = 0; i < 102; i++)
        days[i] = day_of(START + i, 1000000, i < 100 ? PROMISE_ON_THE_DAY : PROMISE_MISSED);

    const Drift first = drift_of(days, 101, LIMIT), second = drift_of(days, 102, LIMIT);

    assert_false(first.on);
    assert_true(first.statistic > 0 && first.statistic < LIMIT);
    assert_true(second.on);
    assert_int_equal(second.since, START + 100);
    assert_true(second.statistic == LIMIT);
    assert_finite(&second);
}

// Half of this carrier's parcels are known to have come only the next day. That is so every evening, so it is nothing to tell; an
// evening on which none is known says something, of which nothing is left when they turn out to have come.
static void
a_day_that_has_just_ended_is_held_against_its_like(void **state)
{
    PromiseDay days[201];

    (void)state;
    for (int i = 0; i < 201; i++) {
        days[i] = day_of(START + i, 100, PROMISE_ON_THE_DAY);
        days[i].first_leads[PROMISE_ON_THE_DAY] = 50;
        days[i].first_leads[PROMISE_MISSED] = 50;
    }
    assert_true(state_at(days, 200, 3).statistic == 0);
    days[200].first_leads[PROMISE_ON_THE_DAY] = 0;
    days[200].first_leads[PROMISE_MISSED] = 100;

    const Drift evening = state_at(days, 200, 3);

    assert_true(evening.statistic > 0 && evening.statistic <= LIMIT / 2);
    assert_false(evening.on);
    assert_int_equal(evening.since, START + 200);
    assert_int_equal(evening.promised, 0);
    assert_true(drift_of(days, 201, LIMIT).statistic == 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drifts_are_not_told_where_there_are_none),
        cmocka_unit_test(a_slip_of_12_in_100_parcels_is_found_within_a_week),
        cmocka_unit_test(a_drift_begins_and_ends_where_it_does),
        cmocka_unit_test(little_and_strange_days_tell_nothing),
        cmocka_unit_test(a_slip_that_leaves_promises_kept_is_told_too),
        cmocka_unit_test(days_without_leads_tell_nothing),
        cmocka_unit_test(a_lasting_drift_becomes_usual),
        cmocka_unit_test(a_collapse_is_told_the_second_day),
        cmocka_unit_test(a_day_that_has_just_ended_is_held_against_its_like),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
