/*
 * The last mile: couriers' rounds, absent and unwilling recipients, pick-up points, returns.
 */
#include "jobs/simulator/walk.h"

#include <math.h>

// The next delivery day's round, today's when its start has not passed.
static Day
walk_next_round(const Walk *walk, int32_t starts_seconds)
{
    Day day = world_day(walk->world, walk->now);

    if (world_at(walk->world, day, starts_seconds) < walk->now)
        day++;
    return world_work_day(walk->world, day, walk_delivers_saturday(walk));
}

static void
walk_finish(Walk *walk)
{
    walk_pass(walk, STEP_DELIVERED, LEG_DELIVERY);
    if (!walk->over)
        walk->parcel->delivered_at = walk->now - MINUTE;
    walk->over = true;
}

static void
walk_return(Walk *walk)
{
    const Parcel *const parcel = walk->parcel;
    const Day day = world_work_day(walk->world, world_day(walk->world, walk->now) + 1, false);

    walk->now =
        world_at(walk->world, day, random_between(&walk->random, CLOCK(8, 0), CLOCK(10, 0)));
    walk->place = walk->depot;
    walk_pass(walk, STEP_RETURNING, LEG_DELIVERY);
    if (walk->over)
        return;
    const Day home = world_add_work_days(walk->world, day, random_between(&walk->random, 3, 8));
    walk->partner = "";
    walk_to(walk, parcel->origin, parcel->origin->hub);
    walk->now =
        world_at(walk->world, home, random_between(&walk->random, CLOCK(5, 0), CLOCK(7, 45)));
    walk_pass(walk, STEP_HUB_ARRIVED, LEG_DELIVERY);
    walk->now =
        world_at(walk->world, home, random_between(&walk->random, CLOCK(9, 0), CLOCK(15, 0)));
    walk_pass(walk, STEP_RETURNED, LEG_DELIVERY);
    walk->over = true;
}

// At a pick-up point for two weeks; most people come within three days, shops are closed on Sundays.
static void
walk_pick_up_point(Walk *walk)
{
    enum
    {
        KEPT_DAYS = 14,
    };
    const Day day = world_day(walk->world, walk->now);

    walk_pass(walk, STEP_AVAILABLE, LEG_DELIVERY);
    if (walk->over)
        return;
    if (random_chance(&walk->random, .016)) {
        walk->now = world_at(walk->world, day + KEPT_DAYS, 0);
        walk_return(walk);
        return;
    }
    const double waited = -1.8 * log(1 - random_real(&walk->random));
    const Day wanted = day + (Day)fmin(waited, KEPT_DAYS - 3);
    const bool today = wanted == day && walk->now < world_at(walk->world, day, CLOCK(17, 0));
    const Day comes = world_work_day(walk->world, today || wanted > day ? wanted : day + 1, true);
    const int32_t opens = comes == day ? CLOCK(17, 0) : CLOCK(9, 30);
    walk->now = world_at(walk->world, comes, random_between(&walk->random, opens, CLOCK(19, 0)));
    walk_finish(walk);
}

// The round ends before the parcel's turn: it comes back to the depot.
static bool
walk_overloaded(Walk *walk, Day day)
{
    return random_chance(&walk->random, .012 * world_strain(walk->world, day));
}

// One round of a courier. False when the parcel comes back to the depot for the next one.
static bool
walk_attempt(Walk *walk, double not_home)
{
    const Day day = walk_next_round(walk, CLOCK(9, 0));

    walk->place = walk->depot;
    const Instant out =
        world_at(walk->world, day, random_between(&walk->random, CLOCK(6, 45), CLOCK(9, 0)));
    walk->now = out > walk->now ? out : walk->now + 10 * MINUTE;
    walk_pass(walk, STEP_OUT, LEG_DELIVERY);
    if (walk->over)
        return true;
    walk->now =
        world_at(walk->world, day, random_between(&walk->random, CLOCK(9, 20), CLOCK(18, 30)));
    if (walk_overloaded(walk, day))
        return false;
    if (random_chance(&walk->random, .004)) {
        walk_pass(walk, STEP_REFUSED, LEG_DELIVERY);
        walk_return(walk);
    } else if (random_chance(&walk->random, not_home)) {
        walk_pass(walk, STEP_NOT_HOME, LEG_DELIVERY);
        return false;
    } else {
        walk_finish(walk);
    }
    return true;
}

static void
walk_deliver(Walk *walk)
{
    if (walk->parcel->service->relay) {
        Day day = walk_next_round(walk, CLOCK(10, 0));
        if (walk_overloaded(walk, day))
            day = world_work_day(walk->world, day + 1, walk_delivers_saturday(walk));
        walk->now =
            world_at(walk->world, day, random_between(&walk->random, CLOCK(10, 0), CLOCK(16, 0)));
        walk_pick_up_point(walk);
        return;
    }
    if (walk_attempt(walk, .03))
        return;
    if (walk_attempt(walk, .15))
        return;
    if (random_chance(&walk->random, .5) && walk_attempt(walk, .5))
        return;
    walk->now += walk_minutes(walk, 60, 180);  // taken to a shop after the round
    walk_pick_up_point(walk);
}

void
walk_last_mile(Walk *walk)
{
    const Parcel *const parcel = walk->parcel;

    walk->depot = world_depot(
        walk->world, parcel->destination_index, random_below(&walk->random, DEPOT_COUNT));
    if (parcel->service->abroad && !parcel->service->air)
        walk->partner = parcel->destination->partner;
    if (parcel->destination_index == parcel->origin_index)
        walk->now += walk_hours(5);  // the night lorry waits for dawn
    walk->now += walk_hours(random_lognormal(&walk->random, 1.2, .3));
    walk_to(walk, parcel->destination, walk->depot);
    walk_pass(walk, STEP_DEPOT, LEG_DEPOT);
    if (!walk->over)
        walk_deliver(walk);
}
