/*
 * Misrouted: the same hubs again and again, or back into a country that it had left for its destination. A way is that
 * between hubs: rounds of couriers and ways back are left out, and a place that it had not seen before ends the circle.
 */
#include "detectors/detector.h"
#include "detectors/journey/course.h"

#include "core/text.h"

#include <string.h>

#define HUBS (OF(MILESTONE_ACCEPTED) | OF(MILESTONE_IN_TRANSIT) | OF(MILESTONE_DELIVERY_DEPOT))

enum
{
    VISITS_OF_A_CIRCLE = 3,
    WAY_MAX = 64,  // a way with more hubs is told by its last ones
};

// The hub scans since the parcel was last at somebody's door, oldest first.
typedef struct Way
{
    int scans[WAY_MAX];
    size_t count;
} Way;

static void
way_add(Way *way, int scan)
{
    if (way->count == WAY_MAX)
        memmove(way->scans, way->scans + 1, --way->count * sizeof *way->scans);
    way->scans[way->count++] = scan;
}

static Way
way_of(const Shipment *shipment, Instant as_of)
{
    const int door = course_last(shipment, as_of, COURSE_OUTCOMES);
    Way way = {.count = 0};

    for (int i = door + 1; i < (int)shipment->scan_count; i++)
        if (shipment->scans[i].physical && course_is(&shipment->scans[i], as_of, HUBS))
            way_add(&way, i);
    return way;
}

// A name that says where, rather than in which country.
static bool
is_hub(const Scan *scan)
{
    return strlen(scan->place) > 2 && !text_equal_folded(scan->place, scan->country);
}

// How often the parcel came to the place of the way's scan number at; others lie between.
static int
visits(const Way *way, const Shipment *shipment, size_t at)
{
    const char *const place = shipment->scans[way->scans[at]].place;
    bool there = false;
    int count = 0;

    for (size_t i = 0; i < way->count; i++) {
        const Scan *const scan = &shipment->scans[way->scans[i]];

        if (!is_hub(scan))
            continue;
        count += !there && strcmp(scan->place, place) == 0;
        there = strcmp(scan->place, place) == 0;
    }
    return count;
}

static bool
circles(const Night *night, const Shipment *shipment, const Way *way, Arena *arena, Signal *signal)
{
    size_t newest = way->count;

    while (newest > 0 && !is_hub(&shipment->scans[way->scans[newest - 1]]))
        newest--;
    if (newest == 0 || visits(way, shipment, newest - 1) < 2)
        return false;
    for (size_t i = newest; i > 0; i--) {
        const Scan *const scan = &shipment->scans[way->scans[i - 1]];
        const int count = is_hub(scan) ? visits(way, shipment, i - 1) : 0;

        if (count < VISITS_OF_A_CIRCLE)
            continue;
        *signal = (Signal){.kind = CASE_MISROUTED,
            .probability = 1,
            .since = scan->occurred_at,
            .evidence = arena_printf(arena,
                IN_LANGUAGE(night->language, "%d times at %s with other places between, last on %s",
                    "%d fois \u00e0 %s, d'autres lieux entre-temps, la derni\u00e8re le %s"),
                count, scan->place, zone_print(arena, night->zone, scan->occurred_at))};
        return true;
    }
    return false;
}

static bool
is_in(const Scan *scan, const char *country)
{
    return text_equal_folded(scan->country, country);
}

// The last scan of the way before the newest that was in a country further on: the destination, or any but the origin when
// the parcel is at its origin again. -1 when it does not move away.
static int
further_on(const Shipment *shipment, const Way *way)
{
    const char *const from = shipment->origin_country, *const to = shipment->destination_country;
    const Scan *const newest = &shipment->scans[way->scans[way->count - 1]];

    if (strlen(newest->country) != 2 || is_in(newest, to))
        return -1;
    for (size_t i = way->count - 1; i > 0; i--) {
        const Scan *const scan = &shipment->scans[way->scans[i - 1]];

        if (strlen(scan->country) == 2 &&
            (is_in(scan, to) || (is_in(newest, from) && !is_in(scan, from))))
            return way->scans[i - 1];
    }
    return -1;
}

static bool
moves_away(
    const Night *night, const Shipment *shipment, const Way *way, Arena *arena, Signal *signal)
{
    const char *const from = shipment->origin_country, *const to = shipment->destination_country;

    if (way->count == 0 || strlen(from) != 2 || strlen(to) != 2 || text_equal_folded(from, to))
        return false;

    const int before = further_on(shipment, way);

    if (before < 0)
        return false;

    const Scan *const newest = &shipment->scans[way->scans[way->count - 1]];
    const Scan *const further = &shipment->scans[before];

    *signal = (Signal){.kind = CASE_MISROUTED,
        .probability = 1,
        .since = newest->occurred_at,
        .evidence = arena_printf(arena,
            IN_LANGUAGE(night->language,
                "moving away: in %s on %s, though it was in %s on %s on its way from %s to %s",
                "s'\u00e9loigne\u00a0: pays %s le %s, alors qu'il \u00e9tait d\u00e9j\u00e0 dans "
                "le pays %s le %s, sur son trajet de %s vers %s"),
            newest->country, zone_print(arena, night->zone, newest->occurred_at), further->country,
            zone_print(arena, night->zone, further->occurred_at), from, to)};
    return true;
}

static bool
misrouted_inspect(const Night *night, const Shipment *shipment, const History *history,
    const Judgement *judgement, Arena *arena, Signal *signal)
{
    (void)history;
    (void)judgement;
    if (course_return(shipment, night->as_of) >= 0)
        return false;

    const Way way = way_of(shipment, night->as_of);

    return circles(night, shipment, &way, arena, signal) ||
           moves_away(night, shipment, &way, arena, signal);
}

const Detector detector_misrouted = {
    .kind = CASE_MISROUTED,
    .summary = "the same hubs again and again, or moving away from its destination",
    .inspect = misrouted_inspect,
};
