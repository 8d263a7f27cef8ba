/*
 * Pass 1 of learning, and the clocks made from it.
 *
 * At each measure and milestone a carrier runs on operating time if that tells better on which days gaps end than plain hours
 * do, by events left out, its own and as many of all carriers' as its ratios lean on.
 *
 * A carrier's clock at a milestone leans on what all carriers do there, which leans on "no difference between days":
 * with a handful of scans nobody can tell that a depot rests on Saturdays.
 */
#include "detectors/baseline/clocks.h"

#include "core/map.h"
#include "detectors/baseline/days.h"
#include "detectors/journey/journey.h"

#include <math.h>
#include <string.h>

typedef struct ClockSums
{
    int64_t events[OPERATING_CLASSES];
    int64_t seconds[OPERATING_CLASSES];  // waited
} ClockSums;

typedef struct CarrierSums
{
    const char *name;
    ClockSums *of[MEASURE_COUNT][STAGE_COUNT];  // NULL until something was counted
} CarrierSums;

struct ClockCounter
{
    Arena *arena;
    const LearnPlan *plan;
    Journey journey;
    Map *carriers;  // name to index
    CarrierSums *items;
    size_t count, capacity;
};

struct OperatingClocks
{
    const OperatingDays *days;
    const CohortClock *counts;
    size_t count;
    Map *carriers;
    ClockRates *rates;  // by index
    ClockRates common;
};

ClockCounter *
clock_counter_create(Arena *arena, const LearnPlan *plan)
{
    ClockCounter *const counter = ARENA_NEW(arena, ClockCounter);

    counter->arena = arena;
    counter->plan = plan;
    counter->journey = (Journey){.arena = arena, .days = days_of_plan(arena, plan)};
    counter->carriers = map_create(arena);
    return counter;
}

static CarrierSums *
carrier_sums(ClockCounter *counter, const char *name)
{
    const int64_t index =
        map_intern(counter->carriers, name, strlen(name), (int64_t)counter->count, NULL);

    if ((size_t)index == counter->count) {
        const CarrierSums sums = {.name = arena_copy(counter->arena, name)};

        ARENA_PUSH(counter, sums);
    }
    return &counter->items[index];
}

static ClockSums *
clock_sums(Arena *arena, CarrierSums *carrier, Measure measure, Stage stage)
{
    ClockSums **const sums = &carrier->of[measure][stage];

    if (!*sums)
        *sums = ARENA_NEW(arena, ClockSums);
    return *sums;
}

static void
count_gap(ClockCounter *counter, CarrierSums *carrier, Measure measure, const Gap *gap)
{
    const LearnPlan *const plan = counter->plan;

    if (gap->from->at < learn_from(plan))
        return;

    ClockSums *const sums = clock_sums(counter->arena, carrier, measure, gap->from->stage);

    for (int i = 0; i < OPERATING_CLASSES; i++)
        sums->seconds[i] += (gap->to->stamp.micros[i] - gap->from->stamp.micros[i]) / SECOND;
    if (gap->closed)
        sums->events[gap->to->stamp.day_class]++;
}

void
clock_counter_add(ClockCounter *counter, const Shipment *shipment)
{
    Gap gap;

    if (!journey_read(&counter->journey, shipment, counter->plan->as_of))
        return;

    CarrierSums *const carrier = carrier_sums(counter, shipment->carrier);

    for (size_t i = 0; i < counter->journey.count; i++) {
        if (journey_move(&counter->journey, i, &gap))
            count_gap(counter, carrier, MEASURE_MOVE, &gap);
        if (journey_arrive(&counter->journey, i, &gap))
            count_gap(counter, carrier, MEASURE_ARRIVE, &gap);
    }
}

static void
sums_merge(ClockSums *into, const ClockSums *from)
{
    for (int i = 0; i < OPERATING_CLASSES; i++) {
        into->events[i] += from->events[i];
        into->seconds[i] += from->seconds[i];
    }
}

void
clock_counter_merge(ClockCounter *into, const ClockCounter *from)
{
    for (size_t i = 0; i < from->count; i++) {
        CarrierSums *const carrier = carrier_sums(into, from->items[i].name);

        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Stage m = 0; m < STAGE_COUNT; m++)
                if (from->items[i].of[measure][m])
                    sums_merge(clock_sums(into->arena, carrier, measure, m),
                        from->items[i].of[measure][m]);
    }
}

static CohortClock
counts_of_sums(const char *carrier, Measure measure, Stage stage, const ClockSums *sums)
{
    CohortClock counts = {.measure = measure, .stage = stage, .carrier = carrier};

    for (int i = 0; i < OPERATING_CLASSES; i++) {
        counts.events[i] = sums->events[i];
        counts.exposure_hours[i] = sums->seconds[i] / 3600;
    }
    return counts;
}

const OperatingClocks *
clock_counter_finish(Arena *arena, const ClockCounter *counter)
{
    struct
    {
        Arena *arena;
        CohortClock *items;
        size_t count, capacity;
    } list = {.arena = arena};

    for (size_t i = 0; i < counter->count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Stage m = 0; m < STAGE_COUNT; m++)
                if (counter->items[i].of[measure][m])
                    ARENA_PUSH(&list, counts_of_sums(counter->items[i].name, measure, m,
                                          counter->items[i].of[measure][m]));

    return clocks_create(arena, days_of_plan(arena, counter->plan), list.items, list.count);
}

// What all carriers have in common at each measure and milestone.
typedef struct Pool
{
    double ratios[MEASURE_COUNT][STAGE_COUNT][OPERATING_CLASSES];
    double gain[MEASURE_COUNT][STAGE_COUNT];
} Pool;

// Of a carrier and all carriers together, in nats an event.
static double
gain_together(const CohortClock *counts, double own, double all)
{
    double events = 0;

    for (int i = 0; i < OPERATING_CLASSES; i++)
        events += (double)counts->events[i];
    if (isnan(own) || isnan(all))
        return isnan(own) ? all : own;
    return (events * own + OPERATING_PSEUDO_EVENTS * all) / (events + OPERATING_PSEUDO_EVENTS);
}

static const double *
rates_make(Arena *arena, const double ratios[OPERATING_CLASSES], double gain)
{
    double *const rates = ARENA_ARRAY(arena, double, OPERATING_CLASSES);

    operating_rates(ratios, rates);
    for (int i = 0; i < OPERATING_CLASSES && !(gain > 0); i++)
        rates[i] = 1;
    return rates;
}

static const Pool *
pool_make(Arena *arena, const CohortClock *counts, size_t count, ClockRates *common)
{
    Pool *const pool = ARENA_NEW(arena, Pool);
    CohortClock(*const sums)[STAGE_COUNT] =
        arena_alloc_array(arena, sizeof(CohortClock[STAGE_COUNT]), MEASURE_COUNT);

    for (size_t i = 0; i < count; i++)
        for (int class = 0; class < OPERATING_CLASSES; class ++) {
            CohortClock *const sum = &sums[counts[i].measure][counts[i].stage];

            sum->events[class] += counts[i].events[class];
            sum->exposure_hours[class] += counts[i].exposure_hours[class];
        }
    for (Measure measure = 0; measure < MEASURE_COUNT; measure++)
        for (Stage m = 0; m < STAGE_COUNT; m++) {
            const CohortClock *const sum = &sums[measure][m];
            const double gain = operating_gain(sum->events, sum->exposure_hours, NULL);

            operating_ratios(sum->events, sum->exposure_hours, NULL, pool->ratios[measure][m]);
            common->gain[measure][m] = pool->gain[measure][m] = gain;
            common->of[measure][m] = rates_make(arena, pool->ratios[measure][m], gain);
        }
    return pool;
}

const OperatingClocks *
clocks_create(Arena *arena, const OperatingDays *days, const CohortClock *counts, size_t count)
{
    OperatingClocks *const clocks = ARENA_NEW(arena, OperatingClocks);
    CohortClock *const copy = ARENA_ARRAY(arena, CohortClock, count);
    const Pool *const pool = pool_make(arena, counts, count, &clocks->common);

    clocks->days = days;
    clocks->counts = copy;
    clocks->count = count;
    clocks->carriers = map_create(arena);
    clocks->rates = ARENA_ARRAY(arena, ClockRates, count + 1);
    for (size_t i = 0; i < count; i++) {
        const CohortClock *const t = &counts[i];
        const int64_t next = (int64_t)map_count(clocks->carriers);
        bool is_new = false;
        double ratios[OPERATING_CLASSES];
        ClockRates *const rates = &clocks->rates[map_intern(
            clocks->carriers, t->carrier, strlen(t->carrier), next, &is_new)];

        if (is_new)
            *rates = clocks->common;
        const double *const prior = pool->ratios[t->measure][t->stage];
        const double gain = gain_together(t, operating_gain(t->events, t->exposure_hours, prior),
            pool->gain[t->measure][t->stage]);

        operating_ratios(t->events, t->exposure_hours, prior, ratios);
        rates->gain[t->measure][t->stage] = gain;
        rates->of[t->measure][t->stage] = rates_make(arena, ratios, gain);
        copy[i] = *t;
        copy[i].carrier = arena_copy(arena, t->carrier);
    }
    return clocks;
}

const OperatingDays *
clocks_days(const OperatingClocks *clocks)
{
    return clocks->days;
}

const ClockRates *
clocks_of(const OperatingClocks *clocks, const char *carrier)
{
    const int64_t index = map_get(clocks->carriers, carrier, strlen(carrier), -1);

    return index < 0 ? &clocks->common : &clocks->rates[index];
}

const CohortClock *
clocks_counts(const OperatingClocks *clocks, size_t *count)
{
    *count = clocks->count;
    return clocks->counts;
}

const OperatingClocks *
clocks_of_learned(Arena *arena, const LearnPlan *plan, const Learned *learned)
{
    return clocks_create(arena, days_of_plan(arena, plan), learned->clocks, learned->clock_count);
}

int64_t
clock_counter_events(const ClockCounter *counter)
{
    int64_t events = 0;

    for (size_t i = 0; i < counter->count; i++)
        for (Measure measure = MEASURE_MOVE; measure < MEASURE_COUNT; measure++)
            for (Stage m = 0; m < STAGE_COUNT; m++)
                for (int class = 0; class < OPERATING_CLASSES && counter->items[i].of[measure][m];
                     class ++)
                    events += counter->items[i].of[measure][m]->events[class];
    return events;
}
