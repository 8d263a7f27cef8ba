/*
 * Everything that depends on a day is worked out once, in an array: the inner loops then ask neither the zone
 * nor the calendar.
 */
#include "jobs/simulator/world.h"

#include "jobs/simulator/incidents.h"

#include <math.h>

enum
{
    DAYS_BEFORE = 120,  // dirty scans lie before the label
    DAYS_AFTER = 240,   // journeys end after the last label
};

typedef struct DayFacts
{
    Instant start;
    bool holiday;
    bool peak;
} DayFacts;

struct World
{
    SimulatorPlan plan;
    Day first;  // of the days laid out
    int32_t day_count;
    DayFacts *days;
    int64_t *labels;  // labels made before each day of the plan; one more entry for the end
    Incident *incidents;
    size_t incident_count;
    int wrong_clock_carrier;
    Day wrong_clock_from, wrong_clock_to;
    char depots[AREA_COUNT][DEPOT_COUNT][PLACE_SIZE];
};

static bool
day_is_peak(Day day)
{
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    return (month == 11 && day_of_month >= 25) || (month == 12 && day_of_month <= 24);
}

static void
world_lay_days(World *world, Arena *arena)
{
    const SimulatorPlan *const plan = &world->plan;

    world->first = plan->from - DAYS_BEFORE;
    world->day_count = plan->to - plan->from + 1 + DAYS_BEFORE + DAYS_AFTER;
    world->days = ARENA_ARRAY(arena, DayFacts, (size_t)world->day_count);
    for (int32_t i = 0; i < world->day_count; i++) {
        const Day day = world->first + i;
        world->days[i] = (DayFacts){
            .start = zone_day_start(plan->zone, day),
            .holiday = plan->calendar && calendar_holiday(plan->calendar, day),
            .peak = day_is_peak(day),
        };
    }
}

// Orders of the weekend are packed on Monday; Black Friday week and December are busy, August is calm.
static double
label_weight(const World *world, Day day)
{
    static const double WEEK[7] = {1.3, 1.05, 1.0, 1.0, 1.0, .3, .12};
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    double weight = WEEK[day_weekday(day)];
    if (world_is_holiday(world, day))
        weight *= .2;
    if (month == 8)
        weight *= .75;
    if ((month == 11 && day_of_month >= 20) || (month == 12 && day_of_month <= 20))
        weight *= 1.9;
    return weight;
}

static void
world_lay_labels(World *world, Arena *arena)
{
    const SimulatorPlan *const plan = &world->plan;
    const int32_t count = plan->to - plan->from + 1;
    double total = 0;
    for (int32_t i = 0; i < count; i++)
        total += label_weight(world, plan->from + i);

    double before = 0;
    world->labels = ARENA_ARRAY(arena, int64_t, (size_t)count + 1);
    for (int32_t i = 0; i < count; i++) {
        world->labels[i] = (int64_t)((double)plan->shipments * before / total);
        before += label_weight(world, plan->from + i);
    }
    world->labels[count] = plan->shipments;
}

// Long enough to hold about a third of the dirty rows that are wanted.
static void
world_lay_wrong_clock(World *world)
{
    const SimulatorPlan *const plan = &world->plan;
    const int32_t days = plan->to - plan->from + 1;
    Random random;

    random_start(&random, plan->seed, 0, PURPOSE_WRONG_CLOCK);
    world->wrong_clock_carrier = (int)network_pick_carrier(&random, CARRIER_COUNT);
    const double share = NETWORK_CARRIERS[world->wrong_clock_carrier].share / 100.0;
    const double wanted = plan->dirty_share / 3 / share * days;
    const int32_t length = plan->dirty_share > 0 ? 1 + (int32_t)fmin(wanted, days / 4.0) : 0;
    world->wrong_clock_from =
        plan->from + random_between(&random, 0, days > length ? days - length : 0);
    world->wrong_clock_to = world->wrong_clock_from + length;
}

const World *
world_create(Arena *arena, const SimulatorPlan *plan)
{
    World *const world = ARENA_NEW(arena, World);

    world->plan = *plan;
    world_lay_days(world, arena);
    world_lay_labels(world, arena);
    world->incidents = incidents_draw(arena, world, &world->incident_count);
    world_lay_wrong_clock(world);
    for (int area = 0; area < AREA_COUNT; area++)
        for (int number = 0; number < DEPOT_COUNT; number++) {
            char *const depot = world->depots[area][number];
            for (int i = 0; i < 3; i++)
                depot[i] = NETWORK_AREAS[area].hub[i];
            depot[3] = '-';
            depot[4] = (char)('1' + number);
        }
    return world;
}

const SimulatorPlan *
world_plan(const World *world)
{
    return &world->plan;
}

const Incident *
world_incidents(const World *world, size_t *count)
{
    *count = world->incident_count;
    return world->incidents;
}

const char *
world_depot(const World *world, int area, uint32_t number)
{
    return world->depots[area][number];
}

static const DayFacts *
world_facts(const World *world, Day day)
{
    const int32_t i = day - world->first;

    return i >= 0 && i < world->day_count ? &world->days[i] : NULL;
}

Instant
world_at(const World *world, Day day, int32_t seconds)
{
    const DayFacts *const facts = world_facts(world, day);
    const Instant start = facts ? facts->start : zone_day_start(world->plan.zone, day);

    return start + seconds * SECOND;
}

Day
world_day(const World *world, Instant at)
{
    // No zone is a whole day away from UTC.
    Day day = (Day)(at / HOURS_24);

    while (at < world_at(world, day, 0))
        day--;
    while (at >= world_at(world, day + 1, 0))
        day++;
    return day;
}

bool
world_is_holiday(const World *world, Day day)
{
    const DayFacts *const facts = world_facts(world, day);

    return facts && facts->holiday;
}

bool
world_works(const World *world, Day day, bool saturday)
{
    return day_weekday(day) < (saturday ? 6 : 5) && !world_is_holiday(world, day);
}

Day
world_work_day(const World *world, Day day, bool saturday)
{
    while (!world_works(world, day, saturday))
        day++;
    return day;
}

Day
world_add_work_days(const World *world, Day day, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        day = world_work_day(world, day + 1, false);
    return day;
}

double
world_strain(const World *world, Day day)
{
    const DayFacts *const facts = world_facts(world, day);

    return facts && facts->peak ? 5 : 1;
}

// Seconds after midnight before which a share of the day's labels is made: orders come in until the night.
static int32_t
label_seconds(double share)
{
    static const double HOURS[24] = {
        6, 3, 2, 1, 1, 2, 6, 20, 50, 75, 85, 85, 60, 55, 60, 55, 45, 35, 25, 22, 22, 20, 15, 10};
    double left = share * 760;
    int32_t hour = 0;

    while (hour < 23 && left >= HOURS[hour])
        left -= HOURS[hour++];
    return hour * 3600 + (int32_t)fmin(3599, left / HOURS[hour] * 3600);
}

Instant
world_label_at(const World *world, int64_t index, double fraction)
{
    int32_t low = 0;
    int32_t high = world->plan.to - world->plan.from + 1;

    while (high - low > 1) {  // labels[low] <= index < labels[high]
        const int32_t middle = low + (high - low) / 2;
        if (world->labels[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    const double of_day = (double)(world->labels[low + 1] - world->labels[low]);
    const double share = ((double)(index - world->labels[low]) + fraction) / of_day;
    return world_at(world, world->plan.from + low, label_seconds(share));
}

static const Incident *
find_incident(const World *world, int carrier, int area, Instant at)
{
    for (size_t i = 0; i < world->incident_count; i++) {
        const Incident *const incident = &world->incidents[i];
        if (incident->carrier == carrier && incident->area == area && at >= incident->shown.begin &&
            at < incident->shown.end)
            return incident;
    }
    return NULL;
}

const Incident *
world_slowdown(const World *world, int carrier, int area, Instant at)
{
    return find_incident(world, carrier, area, at);
}

const Incident *
world_outage(const World *world, int carrier, Instant at)
{
    return find_incident(world, carrier, -1, at);
}

const Incident *
world_drift(const World *world, int carrier, Instant at)
{
    return find_incident(world, carrier, -2, at);
}

bool
world_clock_is_wrong(const World *world, int carrier, Day label_day)
{
    return carrier == world->wrong_clock_carrier && label_day >= world->wrong_clock_from &&
           label_day < world->wrong_clock_to;
}
