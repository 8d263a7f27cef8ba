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

// Pick-up by the carrier's afternoon round. The promise counts from the round that was due; a few parcels miss it
// in the merchant's own warehouse. False when the parcel is never handed over.
static bool
walk_pick_up(Walk *walk)
{
    Parcel *const parcel = walk->parcel;
    const World *const world = walk->world;
    const Day label_day = world_day(world, parcel->created_at);
    const bool too_late = parcel->created_at > world_at(world, label_day, 13 * 3600);
    Day day = world_work_day(world, label_day + too_late, false);
    const int32_t days = parcel->service->abroad
                             ? (parcel->service->air ? parcel->destination->days_express
                                                     : parcel->destination->days_economy)
                             : parcel->service->promised_days + parcel->destination->days_more;

    if (!random_chance(&walk->random, .01))
        parcel->promised_at =
            world_at(world, world_add_work_days(world, day, days) + 1, 0) - SECOND;
    if (random_chance(&walk->random, .003)) {
        if (random_chance(&walk->random, .4))
            parcel->cancelled_at =
                parcel->created_at + walk_hours(24 + 96 * random_real(&walk->random));
        return false;
    }
    if (random_chance(&walk->random, .012))
        day = world_add_work_days(world, day, random_chance(&walk->random, .8) ? 1 : 3);
    walk->now = world_at(world, day, random_between(&walk->random, 51300, 60300));
    parcel->handed_over = true;
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
        DAWN = 4 * 3600,
    };
    const Parcel *const parcel = walk->parcel;
    const int to = parcel->destination_index;
    const int32_t evening = parcel->carrier->leaves_seconds;
    const bool far = area_distance_km(parcel->origin, parcel->destination) > 450;
    const bool sorted_twice = parcel->service->relay && far;
    const int middle = parcel->service->abroad ? PARIS : sorted_twice ? ORLEANS : to;
    int at = parcel->origin_index;

    if (to == at) {  // sorted once, straight to the depot
        walk_hub(walk, at, LEG_ORIGIN_HUB, LEG_LINE_HAUL, evening, false);
        return;
    }
    walk_hub(walk, at, LEG_ORIGIN_HUB, LEG_LINE_HAUL, evening, false);
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
    walk_hub(walk, to, LEG_DESTINATION_HUB, LEG_DESTINATION_HUB, DAWN,
        parcel->carrier->saturday && !parcel->service->abroad);
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
    if (!walk.over)
        walk_line(&walk);
    if (!walk.over)
        walk_last_mile(&walk);
}
