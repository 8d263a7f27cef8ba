/*
 * At least one slowdown of a hub and one outage of a feed in any plan of a week or more; then one slowdown in
 * six weeks and one outage in five months, spread evenly.
 */
#include "jobs/simulator/incidents.h"

#include "jobs/simulator/random.h"

#include <string.h>

// Of two draws the area with more parcels: an incident in Corsica would be seen by nobody.
static int
pick_hub(Random *random)
{
    uint32_t weights[HOME_COUNT];
    for (int i = 0; i < HOME_COUNT; i++)
        weights[i] = NETWORK_AREAS[i].weight;

    const uint32_t a = random_pick(random, weights, HOME_COUNT);
    const uint32_t b = random_pick(random, weights, HOME_COUNT);
    return (int)(weights[a] >= weights[b] ? a : b);
}

static Incident
make_slowdown(Arena *arena, const World *world, Random *random, Day begin)
{
    const int carrier = (int)network_pick_carrier(
        random, CARRIER_COUNT - 1);  // not DHL: it has few parcels at home
    const int area = pick_hub(random);
    const Day end = begin + random_between(random, 3, 5);

    return (Incident){
        .shown = {.kind = SIMULATOR_SLOWDOWN,
            .name = arena_printf(arena, "slowdown %s %s %s", NETWORK_CARRIERS[carrier].id,
                NETWORK_AREAS[area].hub, day_print(arena, begin)),
            .carrier = NETWORK_CARRIERS[carrier].id,
            .place = NETWORK_AREAS[area].hub,
            .begin = world_at(world, begin, 0),
            .end = world_at(world, end, 0),
            .severity = .5 + .1 * random_below(random, 4)},
        .carrier = carrier,
        .area = area,
    };
}

static Incident
make_outage(Arena *arena, const World *world, Random *random, Day begin)
{
    const int carrier = (int)network_pick_carrier(random, CARRIER_COUNT);

    return (Incident){
        .shown = {.kind = SIMULATOR_OUTAGE,
            .name = arena_printf(
                arena, "outage %s %s", NETWORK_CARRIERS[carrier].id, day_print(arena, begin)),
            .carrier = NETWORK_CARRIERS[carrier].id,
            .place = "",
            .begin = world_at(world, begin, CLOCK(6, 0)),
            .end = world_at(world, begin + 2, CLOCK(6, 0)),
            .severity = 1},
        .carrier = carrier,
        .area = -1,
    };
}

// The plan's days in as many equal slots as there are incidents of a kind, one in each, on a working day.
static Day
slot_day(const World *world, Random *random, int32_t slot, int32_t slots)
{
    const SimulatorPlan *const plan = world_plan(world);
    const double length = (double)(plan->to - plan->from + 1) / slots;
    const double place = slot + .3 + .4 * random_real(random);

    return world_work_day(world, plan->from + (Day)(length * place), false);
}

static int
find_carrier(const char *id)
{
    for (int i = 0; i < CARRIER_COUNT; i++)
        if (strcmp(NETWORK_CARRIERS[i].id, id) == 0)
            return i;
    return -1;
}

static int
find_hub(const char *place)
{
    for (int i = 0; i < AREA_COUNT; i++)
        if (strcmp(NETWORK_AREAS[i].hub, place) == 0)
            return i;
    return -1;
}

bool
incident_wish_check(const SimulatorWish *wish, Err *err)
{
    if (find_carrier(wish->carrier) < 0)
        return err_set(err, ERR_CONFIG, "no simulated carrier is called \"%s\"", wish->carrier);
    if (wish->kind == SIMULATOR_SLOWDOWN && find_hub(wish->place) < 0)
        return err_set(err, ERR_CONFIG, "no simulated hub is called \"%s\"", wish->place);
    if (wish->days < 1 || wish->days > SIMULATOR_DAYS_MAX)
        return err_set(err, ERR_CONFIG, "an incident lasts 1 to %d days", SIMULATOR_DAYS_MAX);
    if (!(wish->severity >= 0 && wish->severity <= 1))
        return err_set(err, ERR_CONFIG, "the severity of an incident is 0 to 1");
    return true;
}

static Incident
make_wish(Arena *arena, const World *world, const SimulatorWish *wish)
{
    static const char *const names[] = {[SIMULATOR_SLOWDOWN] = "slowdown",
        [SIMULATOR_OUTAGE] = "outage",
        [SIMULATOR_DRIFT] = "drift"};
    const bool hub = wish->kind == SIMULATOR_SLOWDOWN;
    const int32_t hour = wish->kind == SIMULATOR_OUTAGE ? CLOCK(6, 0) : 0;

    return (Incident){
        .shown = {.kind = wish->kind,
            .name = arena_printf(arena, "%s %s%s%s %s", names[wish->kind], wish->carrier,
                hub ? " " : "", hub ? wish->place : "", day_print(arena, wish->first)),
            .carrier = wish->carrier,
            .place = hub ? wish->place : "",
            .begin = world_at(world, wish->first, hour),
            .end = world_at(world, wish->first + wish->days, hour),
            .severity = wish->severity},
        .carrier = find_carrier(wish->carrier),
        .area = hub                              ? find_hub(wish->place)
                : wish->kind == SIMULATOR_OUTAGE ? -1
                                                 : -2,
    };
}

static Incident *
incidents_wished(Arena *arena, const World *world, size_t *count)
{
    const SimulatorPlan *const plan = world_plan(world);
    Incident *const incidents = ARENA_ARRAY(arena, Incident, plan->wish_count);

    for (size_t i = 0; i < plan->wish_count; i++)
        incidents[i] = make_wish(arena, world, &plan->wishes[i]);
    *count = plan->wish_count;
    return incidents;
}

Incident *
incidents_draw(Arena *arena, const World *world, size_t *count)
{
    const SimulatorPlan *const plan = world_plan(world);

    if (plan->calm || plan->wish_count > 0)
        return incidents_wished(arena, world, count);

    const int32_t days = plan->to - plan->from + 1;
    const int32_t slowdowns = days < 7 ? 0 : 1 + days / 45;
    const int32_t outages = days < 7 ? 0 : 1 + days / 150;
    Incident *const incidents = ARENA_ARRAY(arena, Incident, (size_t)(slowdowns + outages));
    Random random;

    *count = 0;
    random_start(&random, plan->seed, 0, PURPOSE_INCIDENTS);
    for (int32_t i = 0; i < slowdowns; i++)
        incidents[(*count)++] =
            make_slowdown(arena, world, &random, slot_day(world, &random, i, slowdowns));
    for (int32_t i = 0; i < outages; i++)
        incidents[(*count)++] =
            make_outage(arena, world, &random, slot_day(world, &random, i, outages));
    return incidents;
}
