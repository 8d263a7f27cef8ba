#include "tests/harness/histories.h"

uint64_t
dice_next(Dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int64_t
dice_below(Dice *dice, int64_t limit)
{
    return (int64_t)(dice_next(dice) % (uint64_t)limit);
}

double
dice_share(Dice *dice)
{
    return (double)(dice_next(dice) >> 11) / 9007199254740992.0;
}

Shipment
history_blank(void)
{
    return (Shipment){.id = "",
        .sample_weight = 1,
        .tracking_number = "",
        .carrier = "",
        .service = "",
        .contract = "",
        .origin_country = "",
        .origin_zone = "",
        .destination_country = "",
        .destination_zone = "",
        .destination_postcode = "",
        .promised_at = INSTANT_NONE,
        .cancelled_at = INSTANT_NONE,
        .contents = "",
        .order_reference = "",
        .customer_reference = "",
        .customer_language = "",
        .invoice_reference = "",
        .label_owner = ""};
}

Scan
history_scan(Instant at, Milestone milestone)
{
    return (Scan){.occurred_at = at,
        .recorded_at = INSTANT_NONE,
        .milestone = milestone,
        .physical = milestone_is_physical(milestone),
        .code = "",
        .subcode = "",
        .text = "",
        .place = "",
        .country = "",
        .carrier = ""};
}

static Milestone
next_milestone(Dice *dice, size_t i)
{
    static const Milestone path[] = {MILESTONE_ACCEPTED, MILESTONE_IN_TRANSIT,
        MILESTONE_DELIVERY_DEPOT, MILESTONE_OUT_FOR_DELIVERY, MILESTONE_DELIVERED};

    switch (dice_below(dice, 20)) {
    case 0:
        return MILESTONE_INFORMATION;
    case 1:
        return MILESTONE_UNMAPPED;
    case 2:
        return MILESTONE_ATTEMPT_FAILED;
    case 3:
        return i > 2 ? MILESTONE_RETURNED : MILESTONE_IN_TRANSIT;
    case 4:
        return MILESTONE_LOST;
    default:
        return path[i < 5 ? i : 4];
    }
}

Shipment *
histories_random(Arena *arena, Dice *dice, size_t count, Instant as_of, int64_t days)
{
    static const char *const carriers[] = {"alpha", "beta", "gamma"};
    static const char *const services[] = {"", "home", "point"};
    static const char *const zones[] = {"", "north", "south", "east", "west"};
    Shipment *const shipments = ARENA_ARRAY(arena, Shipment, count);

    for (size_t s = 0; s < count; s++) {
        const size_t scan_count = (size_t)dice_below(dice, 9);
        Scan *const scans = ARENA_ARRAY(arena, Scan, scan_count);
        const Instant created = as_of - (1 + dice_below(dice, 24 * days)) * HOUR;
        Instant at = created - dice_below(dice, 3) * HOUR;
        size_t kept = 0;

        for (size_t i = 0; i < scan_count; i++) {
            at += dice_below(dice, i % 3 == 0 ? 60 : 30) * HOUR;
            if (at <= as_of)
                scans[kept++] = history_scan(at, next_milestone(dice, i));
        }
        shipments[s] = history_blank();
        shipments[s].id = arena_printf(arena, "S%zu", s);
        shipments[s].carrier = carriers[dice_below(dice, 3)];
        shipments[s].service = services[dice_below(dice, 3)];
        shipments[s].origin_zone = zones[dice_below(dice, 5)];
        shipments[s].destination_zone = zones[dice_below(dice, 5)];
        shipments[s].created_at = created;
        shipments[s].promised_at = created + (48 + dice_below(dice, 200)) * HOUR;
        if (dice_below(dice, 15) == 0)
            shipments[s].cancelled_at = created + dice_below(dice, 100) * HOUR;
        shipments[s].scans = scans;
        shipments[s].scan_count = kept;
    }
    return shipments;
}
