#include "tests/harness/network.h"

const LearnPlan *
network_plan(Arena *arena, Instant as_of)
{
    LearnPlan *const plan = ARENA_NEW(arena, LearnPlan);
    Problems problems = {.arena = arena};
    Err err = {0};

    *plan = (LearnPlan){.as_of = as_of,
        .landmark = as_of,
        .zone = zone_load(arena, "Europe/Paris", &err),
        .calendar = calendar_load(arena, "FR", &problems, &err),
        .window_days = 60,
        .half_life_days = 60,
        .loss_half_life_days = 120,
        .loss_horizon_days = 14,
        .minimum_events = 30};
    return plan->zone && plan->calendar ? plan : NULL;
}

static const struct
{
    Milestone milestone;
    int64_t least, most;  // minutes since the one before
} legs[] = {
    {MILESTONE_ACCEPTED, 4 * 60, 24 * 60},
    {MILESTONE_IN_TRANSIT, 6 * 60, 26 * 60},
    {MILESTONE_OUT_FOR_DELIVERY, 10 * 60, 40 * 60},
    {MILESTONE_DELIVERED, 3 * 60, 13 * 60},
};

enum
{
    LEGS = sizeof legs / sizeof legs[0]
};

Shipment
network_shipment(Arena *arena, Dice *dice, Instant created)
{
    Scan *const scans = ARENA_ARRAY(arena, Scan, LEGS);
    const size_t vanishes = dice_below(dice, 500) == 0 ? 2 : dice_below(dice, 50) == 0 ? 0 : LEGS;
    const bool rests = dice_below(dice, 125) == 0;
    Shipment shipment = history_blank();
    Instant at = created;

    for (size_t i = 0; i < vanishes; i++) {
        at += (legs[i].least + dice_below(dice, legs[i].most - legs[i].least)) * MINUTE;
        if (rests && legs[i].milestone == MILESTONE_OUT_FOR_DELIVERY)
            at += (24 * 60 + dice_below(dice, 120 * 60)) * MINUTE;
        scans[shipment.scan_count++] = history_scan(at, legs[i].milestone);
    }
    shipment.carrier = "swift";
    shipment.service = "home";
    shipment.origin_zone = "north";
    shipment.destination_zone = "south";
    shipment.created_at = created;
    shipment.scans = scans;
    return shipment;
}

// What befalls one of the parcels that cross the sea.
typedef struct Crossing
{
    Dice *dice;
    Shipment shipment;
    Scan *scans;
    Instant at;
} Crossing;

enum
{
    CROSSING_SCANS_MAX = 10
};

static void
pass(Crossing *crossing, Milestone milestone, int64_t least, int64_t most)
{
    crossing->at += (least * 60 + dice_below(crossing->dice, (most - least) * 60)) * MINUTE;
    crossing->scans[crossing->shipment.scan_count++] = history_scan(crossing->at, milestone);
}

static Shipment
crossing_shipment(Arena *arena, Dice *dice, Instant created)
{
    Crossing crossing = {.dice = dice,
        .shipment = history_blank(),
        .scans = ARENA_ARRAY(arena, Scan, CROSSING_SCANS_MAX),
        .at = created};

    pass(&crossing, MILESTONE_ACCEPTED, 4, 24);
    pass(&crossing, MILESTONE_CUSTOMS, 6, 26);
    pass(&crossing, MILESTONE_CUSTOMS_CLEARED, 10, 40);
    pass(&crossing, MILESTONE_OUT_FOR_DELIVERY, 6, 20);
    if (dice_below(dice, 10) == 0) {
        pass(&crossing, MILESTONE_REFUSED, 3, 9);
        pass(&crossing, MILESTONE_RETURNING, 5, 20);
        pass(&crossing, MILESTONE_RETURNED, 60, 120);
    } else {
        if (dice_below(dice, 3) == 0) {
            pass(&crossing, MILESTONE_ATTEMPT_FAILED, 3, 9);
            pass(&crossing, MILESTONE_OUT_FOR_DELIVERY, 12, 36);
        }
        pass(&crossing, MILESTONE_DELIVERED, 3, 13);
    }
    crossing.shipment.carrier = "ferry";
    crossing.shipment.service = "home";
    crossing.shipment.origin_zone = "north";
    crossing.shipment.destination_zone = "island";
    crossing.shipment.created_at = created;
    crossing.shipment.scans = crossing.scans;
    return crossing.shipment;
}

static Instant
label_of(const LearnPlan *plan, size_t i, size_t count)
{
    return plan->as_of - (Instant)(60 * (double)HOURS_24 * (double)(i + 1) / (double)(count + 1));
}

static const Learned *
learn(Arena *arena, const LearnPlan *plan, size_t count, size_t crossings)
{
    const size_t all = count + crossings;
    Shipment *const shipments = ARENA_ARRAY(arena, Shipment, all);
    ClockCounter *const counter = clock_counter_create(arena, plan);
    Dice dice = {60}, sea = {61};

    for (size_t i = 0; i < count; i++)
        shipments[i] = network_shipment(arena, &dice, label_of(plan, i, count));
    for (size_t i = 0; i < crossings; i++)
        shipments[count + i] = crossing_shipment(arena, &sea, label_of(plan, i, crossings));
    for (size_t i = 0; i < all; i++)
        clock_counter_add(counter, &shipments[i]);

    Learner *const learner = learner_create(arena, plan, clock_counter_finish(arena, counter));

    for (size_t i = 0; i < all; i++)
        learner_add(learner, &shipments[i]);
    return learner_finish(arena, learner);
}

const Learned *
network_learned(Arena *arena, const LearnPlan *plan, size_t count)
{
    return learn(arena, plan, count, 0);
}

const Learned *
network_and_sea_learned(Arena *arena, const LearnPlan *plan, size_t count)
{
    return learn(arena, plan, count, count / 10);
}
