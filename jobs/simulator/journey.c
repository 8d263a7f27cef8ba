/*
 * What happens to a parcel, step by step.
 *
 * Operations run on schedules, and that is what makes gaps between scans: a round collects in the afternoon,
 * hubs send lorries off at a cut-off in the evening of working days, depots get theirs before dawn, couriers
 * deliver by day. A parcel that is not ready at a cut-off, or misses it, waits for the next one. Misses are
 * likelier before Christmas and, much likelier, at a hub that has an incident; a few parcels are mis-sorted
 * and lie still for days. Handling and driving times are log-normal.
 *
 * A lost parcel is seen for the last time when it passes the leg drawn for its loss; nothing follows. The
 * draws of one parcel come from its own stream, so nothing here depends on other parcels.
 */
#include "jobs/simulator/walk.h"

static void
walk_haul(Walk *walk, const Area *from, const Area *to)
{
    const double km = area_distance_km(from, to);
    const double median = walk->parcel->service->air ? 2.5 + km / 700 : 1 + km / 65;

    walk->now += walk_hours(random_lognormal(&walk->random, median, .15));
}

// The promise, for parcels that have one, counts from the day whose round is due to collect the parcel.
static void
walk_promise(Walk *walk, Day due)
{
    Parcel *const parcel = walk->parcel;
    const Area *const to = parcel->destination;
    const Service *const service = parcel->service;
    const int32_t days = !service->abroad ? service->promised_days + to->days_more
                         : service->air   ? to->days_express
                                          : to->days_economy;

    if (random_chance(&walk->random, .01))
        return;
    const Day promised = world_add_work_days(walk->world, due, days);
    parcel->promised_at = world_at(walk->world, promised + 1, 0) - SECOND;
}

// Pick-up by the carrier's afternoon round; a few parcels miss it in the merchant's own warehouse. False when the
// parcel is never handed over; some of those are cancelled.
static bool
walk_pick_up(Walk *walk)
{
    Parcel *const parcel = walk->parcel;
    const World *const world = walk->world;
    const Day label_day = world_day(world, parcel->created_at);
    const bool too_late = parcel->created_at > world_at(world, label_day, CLOCK(13, 0));
    Day day = world_work_day(world, label_day + too_late, false);

    walk_promise(walk, day);
    if (random_chance(&walk->random, .003)) {
        if (random_chance(&walk->random, .4))
            parcel->cancelled_at =
                parcel->created_at + walk_hours(24 + 96 * random_real(&walk->random));
        return false;
    }
    if (random_chance(&walk->random, .012))
        day = world_add_work_days(world, day, random_chance(&walk->random, .8) ? 1 : 3);
    walk->now = world_at(world, day, random_between(&walk->random, CLOCK(14, 15), CLOCK(16, 45)));
    walk_pass(walk, STEP_ACCEPTED, LEG_ACCEPTED);
    walk->now += walk_minutes(walk, 45, 150);
    return true;
}

static void
walk_customs(Walk *walk)
{
    walk_pass(walk, STEP_CUSTOMS, LEG_CUSTOMS);
    walk->now += walk_hours(random_lognormal(&walk->random, 9, .6));
    if (random_chance(&walk->random, .08)) {
        walk_pass(walk, STEP_CUSTOMS_HELD, LEG_CUSTOMS);
        walk->now += walk_hours(random_lognormal(&walk->random, 60, .6));
    }
    walk_pass(walk, STEP_CUSTOMS_CLEARED, LEG_CUSTOMS);
    walk->now += walk_hours(random_lognormal(&walk->random, 3, .4));
}

// From the first hub to the last: at home through the hub of the destination; far parcels on the road change lorries
// in the middle of France; abroad through Paris, whence all lines leave.
static void
walk_line(Walk *walk)
{
    enum
    {
        PARIS = 0,
        ORLEANS = 11,
        DAWN = CLOCK(4, 0),
    };
    const Parcel *const parcel = walk->parcel;
    const int to = parcel->destination_index;
    const int32_t evening = parcel->carrier->leaves_seconds;
    const bool far = area_distance_km(parcel->origin, parcel->destination) > 450;
    const bool sorted_twice = parcel->service->relay && far;
    const int middle = parcel->service->abroad ? PARIS : sorted_twice ? ORLEANS : to;
    int at = parcel->origin_index;

    walk_hub(walk, at, LEG_ORIGIN_HUB, LEG_LINE_HAUL, evening, false);
    if (to == at)
        return;  // sorted once, straight to the depot
    if (middle != to && middle != at) {
        walk_haul(walk, &NETWORK_AREAS[at], &NETWORK_AREAS[middle]);
        walk_hub(walk, middle, LEG_LINE_HAUL, LEG_LINE_HAUL, evening, false);
        at = middle;
    }
    walk_haul(walk, &NETWORK_AREAS[at], parcel->destination);
    if (parcel->destination->customs) {
        walk_to(walk, parcel->destination, parcel->destination->hub);
        walk_customs(walk);
    }
    walk_hub(
        walk, to, LEG_DESTINATION_HUB, LEG_DESTINATION_HUB, DAWN, walk_delivers_saturday(walk));
}

void
parcel_travel(Parcel *parcel, const World *world)
{
    static const uint32_t LOSSES[LEG_COUNT] = {18, 20, 17, 5, 15, 13, 12};
    Walk walk = {
        .world = world,
        .parcel = parcel,
        .now = parcel->created_at,
        .lost_leg = LEG_NEVER,
        .place = "",
        .partner = "",
    };

    random_start(&walk.random, world_plan(world)->seed, (uint64_t)parcel->index, PURPOSE_JOURNEY);
    if (random_chance(&walk.random, parcel->carrier->lost_share))
        walk.lost_leg = (Leg)random_pick(&walk.random, LOSSES, LEG_COUNT);
    walk.now += walk_minutes(&walk, 1, 30);
    walk_to(&walk, parcel->origin, "");
    walk_scan(&walk, STEP_ANNOUNCED);
    if (!walk_pick_up(&walk))
        return;
    walk_slip(&walk);
    if (!walk.over)
        walk_line(&walk);
    if (!walk.over)
        walk_last_mile(&walk);
}
