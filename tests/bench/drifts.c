/*
 * How soon slips of a carrier's promises are told, and how often none is meant: the promises of simulated merchants
 * (jobs/simulator), counted as nights count them, and judged night by night.
 *
 *     bench_drifts SHIPMENTS SEED...
 *
 * Each seed is two years of labels from 2024-07-01, made twice: once calm, and once with slips, in which 12 of 100 parcels of
 * a carrier take a working day more for three weeks, seven times a carrier, months apart. A slip begins on the first day of
 * whose promises it touches a quarter: before that there are a few parcels that were handed over late. It is told within 7
 * days when one of the seven nights says so whose dates are that day and the six after it; a night knows the promises that ended
 * on its date as it knows them that evening, and those of the days before as a day later. What it took is the share of promises kept of the same parcels without it, less that with
 * it. Years are those of carriers, without slips, the six weeks after each, the first 60 days and the weeks before and after
 * Christmas, in which the simulated network is slow.
 */
#include "detectors/incidents/drift.h"
#include "detectors/incidents/promise_day.h"
#include "tests/bench/pages.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    DAYS = 730,
    SLIP_DAYS = 21,
    SLIP_AFTER = 63,  // from its first day on, nothing told counts as false
    TOLD_DAYS = 28,   // from its first day on it may be told
    IN_TIME = 7,
    FIRST_DAY = 60,  // that counts as calm
    KEPT = 400,      // days that a night looks back over
};

static const char *const carriers[] = {"colissimo", "chronopost", "mondialrelay", "dpd", "gls"};
#define CARRIERS (sizeof carriers / sizeof carriers[0])

// Days from the first label on which slips begin, one carrier a week after the other.
static const int begins[] = {100, 195, 290, 385, 480, 560, 650};
#define SLIPS (sizeof begins / sizeof begins[0])

// Classes of slips: by promises a working day, apart from those that take less than LEAST of the promises.
static const double volumes[] = {25, 60, 150, 1e9};
static const double LEAST = .03;
#define VOLUMES (sizeof volumes / sizeof volumes[0])

// The limit depends on how many carriers a house has.
static const size_t houses[] = {1, 3, 5};
#define HOUSES (sizeof houses / sizeof houses[0])

typedef struct World
{
    Day from;
    const Zone *zone;
    const Calendar *calendar;
    SimulatorWish wishes[CARRIERS * SLIPS];
    PromiseDay days[CARRIERS][DAYS];
    int64_t touched[CARRIERS][DAYS];  // promises whose parcels were accepted while a slip went on
    bool on[CARRIERS][DAYS];          // whether a drift stands after a day
} World;

typedef struct Tally
{
    int64_t slips, in_time, told;
} Tally;

typedef struct Score
{
    Tally classes[VOLUMES], lesser[VOLUMES];
    int64_t false_drifts, carrier_days;
} Score;

// By weekday on days that slips touch wholly, without them and with them.
typedef struct Leads
{
    int64_t usual[CARRIERS][7][PROMISE_LEADS], later[CARRIERS][7][PROMISE_LEADS];
} Leads;

static const SimulatorWish *
wish_of(const World *world, size_t carrier, size_t slip)
{
    return &world->wishes[carrier * SLIPS + slip];
}

static SimulatorPlan
plan_of(World *world, int64_t shipments, uint64_t seed, bool calm)
{
    world->from = day_from_civil(2024, 7, 1);
    for (size_t c = 0; c < CARRIERS; c++)
        for (size_t i = 0; i < SLIPS; i++) {
            Day first = world->from + begins[i] + 7 * (Day)c;

            while (day_weekday(first) >= 5)
                first++;
            world->wishes[c * SLIPS + i] = (SimulatorWish){.kind = SIMULATOR_DRIFT,
                .carrier = carriers[c],
                .place = "",
                .first = first,
                .days = SLIP_DAYS,
                .severity = .12};
        }
    return (SimulatorPlan){.seed = seed,
        .shipments = shipments,
        .from = world->from,
        .to = world->from + DAYS - 1,
        .calm = calm,
        .wishes = world->wishes,
        .wish_count = calm ? 0 : CARRIERS * SLIPS};
}

static bool
is_touched(const World *world, size_t carrier, Day accepted)
{
    for (size_t i = 0; i < SLIPS; i++) {
        const Day first = wish_of(world, carrier, i)->first;

        if (accepted >= first && accepted < first + SLIP_DAYS)
            return true;
    }
    return false;
}

static void
count_one(World *world, const Shipment *shipment)
{
    if (shipment->promised_at == INSTANT_NONE)
        return;

    const Day day = zone_day(world->zone, shipment->promised_at);
    const Instant ended = zone_day_end(world->zone, day);
    const Instant later = zone_day_end(world->zone, day + 1);
    const Ending first = ending_read(shipment, ended), ending = ending_read(shipment, later);
    size_t c = 0;

    while (c < CARRIERS && strcmp(carriers[c], shipment->carrier) != 0)
        c++;
    if (c == CARRIERS || day - world->from >= DAYS)
        return;

    PromiseDay *const counted = &world->days[c][day - world->from];

    if (promise_counts(&first, ended))
        promise_day_add_first(counted, &first, world->zone, world->calendar);
    if (!promise_counts(&ending, later))
        return;
    promise_day_add(counted, &ending, world->zone, world->calendar);
    world->touched[c][day - world->from] +=
        is_touched(world, c, zone_day(world->zone, ending.accepted_at));
}

// Every night.
static void
judge(World *world, double limit)
{
    PromiseDay days[KEPT];

    for (size_t c = 0; c < CARRIERS; c++)
        for (size_t i = 0; i < DAYS; i++) {
            const size_t first = i + 1 > KEPT ? i + 1 - KEPT : 0;
            const size_t count = i + 1 - first;
            PromiseDay *const newest = &days[count - 1];

            memcpy(days, &world->days[c][first], count * sizeof *days);
            newest->promised = newest->kept = 0;
            memset(newest->leads, 0, sizeof newest->leads);
            world->on[c][i] = drift_of(days, count, limit).on;
        }
}

static World *
world_make(Arena *arena, int64_t shipments, uint64_t seed, bool calm)
{
    World *const world = ARENA_NEW(arena, World);
    Arena *const made = arena_create();
    const SimulatorPlan plan = plan_of(world, shipments, seed, calm);
    Pages *const pages = pages_of(made, &plan, 1);

    world->zone = pages->plan.zone;
    world->calendar = pages->plan.calendar;
    for (size_t c = 0; c < CARRIERS; c++)
        for (size_t i = 0; i < DAYS; i++)
            world->days[c][i] = (PromiseDay){.carrier = carriers[c], .day = world->from + (Day)i};
    for (int64_t first = 0; first < shipments; first += PAGE) {
        pages_make(pages, first);
        for (size_t i = 0; i < pages->page.count; i++)
            count_one(world, &pages->page.items[i]);
    }
    arena_destroy(made);
    return world;
}

static bool
is_wholly_touched(const World *slipping, size_t carrier, size_t index)
{
    return slipping->touched[carrier][index] * 4 >= slipping->days[carrier][index].promised * 3;
}

// Of the promises of days that a slip touches wholly, the share kept.
static double
share_kept(const World *world, const World *slipping, size_t carrier, size_t first)
{
    double promised = 0, kept = 0;

    for (size_t i = first; i < first + 2 * SLIP_DAYS && i < DAYS; i++) {
        const PromiseDay *const day = &world->days[carrier][i];

        if (is_wholly_touched(slipping, carrier, i)) {
            promised += (double)day->promised;
            kept += (double)day->kept;
        }
    }
    return promised > 0 ? kept / promised : 0;
}

// Promises a working day in the four weeks before a day.
static double
volume_before(const World *world, size_t carrier, size_t first)
{
    double promised = 0;

    for (size_t i = first - 28; i < first; i++)
        promised += (double)world->days[carrier][i].promised;
    return promised / 20;
}

static void
score_slip(Score *score, const World *calm, const World *slipping, size_t carrier, size_t slip)
{
    const size_t begin = (size_t)(wish_of(slipping, carrier, slip)->first - slipping->from);
    const bool *const on = slipping->on[carrier];
    size_t first = begin, told, volume = 0;

    while (first < DAYS &&
           (slipping->days[carrier][first].promised == 0 ||
               slipping->touched[carrier][first] * 4 < slipping->days[carrier][first].promised))
        first++;
    if (first + TOLD_DAYS > DAYS)
        return;
    for (told = begin; told < first + TOLD_DAYS && !on[told]; told++)
        continue;
    while (volume_before(slipping, carrier, begin) >= volumes[volume])
        volume++;

    const double took =
        share_kept(calm, slipping, carrier, begin) - share_kept(slipping, slipping, carrier, begin);
    Tally *const tally = &(took >= LEAST ? score->classes : score->lesser)[volume];

    tally->slips++;
    tally->told += told < first + TOLD_DAYS;
    tally->in_time += told > begin && told < first + IN_TIME;
}

static bool
is_calm(const World *world, size_t carrier, size_t index, bool slips)
{
    const Day day = world->from + (Day)index;
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);
    if ((month == 11 && of_month >= 24) || month == 12 || (month == 1 && of_month < 7))
        return false;
    for (size_t i = 0; slips && i < SLIPS; i++) {
        const Day first = wish_of(world, carrier, i)->first;

        if (day >= first && day < first + SLIP_AFTER)
            return false;
    }
    return true;
}

static void
score_calm(Score *score, const World *world, size_t carrier, bool slips)
{
    for (size_t i = FIRST_DAY; i < DAYS; i++) {
        if (!is_calm(world, carrier, i, slips))
            continue;
        score->carrier_days++;
        score->false_drifts += world->on[carrier][i] && !world->on[carrier][i - 1];
    }
}

static void
add_leads(Leads *leads, const World *calm, const World *slipping, size_t carrier)
{
    for (size_t i = 0; i < DAYS; i++) {
        const PromiseDay *const usual = &calm->days[carrier][i];
        const PromiseDay *const later = &slipping->days[carrier][i];
        const int weekday = day_weekday(usual->day);

        for (int k = 0; k < PROMISE_LEADS && is_wholly_touched(slipping, carrier, i); k++) {
            leads->usual[carrier][weekday][k] += usual->leads[k];
            leads->later[carrier][weekday][k] += later->leads[k];
        }
    }
}

// Kullback and Leibler's number of leads with slips against those without, by weekday: nats a promise. What is before `from` counts
// as one lead.
static double
information(const Leads *leads, size_t carrier, int from)
{
    double nats = 0, promises = 0;

    for (int weekday = 0; weekday < 7; weekday++) {
        double usual[PROMISE_LEADS] = {0}, later[PROMISE_LEADS] = {0}, all_usual = 0, all_later = 0;

        for (int k = 0; k < PROMISE_LEADS; k++) {
            usual[k > from ? k : from] += (double)leads->usual[carrier][weekday][k];
            later[k > from ? k : from] += (double)leads->later[carrier][weekday][k];
            all_usual += (double)leads->usual[carrier][weekday][k];
            all_later += (double)leads->later[carrier][weekday][k];
        }
        for (int k = from; k < PROMISE_LEADS; k++)
            if (usual[k] > 0 && later[k] > 0)
                nats += later[k] * log(later[k] / all_later * all_usual / usual[k]);
        promises += all_later;
    }
    return promises > 0 ? nats / promises : 0;
}

static void
print_information(const Leads *leads)
{
    printf("what slips are worth in 300 promises, and as promises kept or not alone\n");
    for (size_t c = 0; c < CARRIERS; c++)
        printf("  %-12s %4.1f nats, %4.1f\n", carriers[c], 300 * information(leads, c, 0),
            300 * information(leads, c, PROMISE_ON_THE_DAY));
}

static void
print(const char *what, const Tally *classes)
{
    double from = 0;

    printf("%s\n", what);
    for (size_t i = 0; i < VOLUMES; from = volumes[i], i++) {
        if (volumes[i] < 1e9)
            printf("  %3.0f to %3.0f promises a working day", from, volumes[i]);
        else
            printf("  %3.0f or more               ", from);
        printf(": %" PRId64 " of %" PRId64 " within %d days, %" PRId64 " in %d\n",
            classes[i].in_time, classes[i].slips, IN_TIME, classes[i].told, TOLD_DAYS);
    }
}

static void
print_score(const Score *score, size_t house)
{
    printf("in a house of %zu carriers, limit %.2f\n", house, drift_limit(house));
    print("slips that take 3 of 100 promises or more", score->classes);
    print("slips that take less", score->lesser);
    printf("false drifts: %" PRId64 " in %.1f carrier-years\n", score->false_drifts,
        (double)score->carrier_days / 365.25);
}

// A pair of worlds as a house of so many carriers would see each of them.
static void
score_pair(Score *score, World *calm, World *slipping, size_t house)
{
    judge(calm, drift_limit(house));
    judge(slipping, drift_limit(house));
    for (size_t c = 0; c < CARRIERS; c++) {
        for (size_t slip = 0; slip < SLIPS; slip++)
            score_slip(score, calm, slipping, c, slip);
        score_calm(score, calm, c, false);
        score_calm(score, slipping, c, true);
    }
}

int
main(int argc, char **argv)
{
    Score scores[HOUSES] = {0};
    Leads leads = {0};

    if (argc < 3) {
        fprintf(stderr, "usage: bench_drifts SHIPMENTS SEED...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        Arena *const arena = arena_create();
        const int64_t shipments = strtoll(argv[1], NULL, 10);
        const uint64_t seed = strtoull(argv[i], NULL, 10);
        World *const calm = world_make(arena, shipments, seed, true);
        World *const slipping = world_make(arena, shipments, seed, false);

        for (size_t house = 0; house < HOUSES; house++)
            score_pair(&scores[house], calm, slipping, houses[house]);
        for (size_t c = 0; c < CARRIERS; c++)
            add_leads(&leads, calm, slipping, c);
        arena_destroy(arena);
    }
    for (size_t house = 0; house < HOUSES; house++)
        print_score(&scores[house], houses[house]);
    print_information(&leads);
    return 0;
}
