#include "jobs/proof/delivered.h"

#include "core/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// The groups of one lane, narrowest first: lane, service, carrier.
#define LEVELS 3

typedef struct LaneGroups
{
    uint32_t of[LEVELS];
} LaneGroups;

typedef struct Trip
{
    uint32_t lane;
    int32_t accepted_hour;  // since 1970
    float hours;
} Trip;

struct Delivered
{
    Arena *arena;
    Map *lanes, *groups;
    uint32_t group_count;
    struct
    {
        Arena *arena;
        LaneGroups *items;
        size_t count, capacity;
    } lane_groups;
    struct
    {
        Arena *arena;
        Trip *items;
        size_t count, capacity;
    } trips;
};

struct DeliveredTimes
{
    const LaneGroups *lanes;
    size_t lane_count;
    const float *hours;   // of all groups, each group's sorted
    const size_t *first;  // of each group; one more than there are groups
};

Delivered *
delivered_create(Arena *arena)
{
    Delivered *const delivered = ARENA_NEW(arena, Delivered);

    delivered->arena = delivered->lane_groups.arena = delivered->trips.arena = arena;
    delivered->lanes = map_create(arena);
    delivered->groups = map_create(arena);
    return delivered;
}

static uint32_t
group_of(Delivered *delivered, const char *key)
{
    bool is_new;
    const int64_t group =
        map_intern(delivered->groups, key, strlen(key), (int64_t)delivered->group_count, &is_new);

    delivered->group_count += is_new;
    return (uint32_t)group;
}

uint32_t
delivered_lane(Delivered *delivered, const Shipment *shipment)
{
    Arena *const scratch = arena_create();
    const char *const carrier = shipment->carrier;
    const char *const service = arena_printf(scratch, "%s\n%s", carrier, shipment->service);
    const char *const lane = arena_printf(
        scratch, "%s\n%s\n%s", service, shipment_origin(shipment), shipment_destination(shipment));
    bool is_new;
    const int64_t index = map_intern(
        delivered->lanes, lane, strlen(lane), (int64_t)delivered->lane_groups.count, &is_new);

    if (is_new)
        ARENA_PUSH(&delivered->lane_groups,
            ((LaneGroups){{group_of(delivered, lane), group_of(delivered, service),
                group_of(delivered, carrier)}}));
    arena_destroy(scratch);
    return (uint32_t)index;
}

void
delivered_add(Delivered *delivered, uint32_t lane, Instant accepted_at, Instant presented_at)
{
    if (accepted_at == INSTANT_NONE || presented_at <= accepted_at)
        return;
    ARENA_PUSH(
        &delivered->trips, ((Trip){lane, (int32_t)(accepted_at / HOUR),
                               (float)((double)(presented_at - accepted_at) / (double)HOUR)}));
}

static int
by_hours(const void *a, const void *b)
{
    const float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

// Where each group's times begin: a counting sort's first pass.
static size_t *
group_starts(const Delivered *delivered, int32_t since_hour, Arena *arena)
{
    size_t *const first = ARENA_ARRAY(arena, size_t, delivered->group_count + 1);

    for (size_t i = 0; i < delivered->trips.count; i++) {
        const Trip *const trip = &delivered->trips.items[i];

        for (int level = 0; trip->accepted_hour > since_hour && level < LEVELS; level++)
            first[delivered->lane_groups.items[trip->lane].of[level] + 1]++;
    }
    for (size_t group = 0; group < delivered->group_count; group++)
        first[group + 1] += first[group];
    return first;
}

const DeliveredTimes *
delivered_sort(const Delivered *delivered, Instant since, Arena *arena)
{
    const int32_t since_hour = (int32_t)(since / HOUR);
    const size_t groups = delivered->group_count;
    const size_t *const first = group_starts(delivered, since_hour, arena);
    float *const hours = ARENA_ARRAY(arena, float, first[groups]);
    size_t *const filled = ARENA_ARRAY(arena, size_t, groups + 1);
    DeliveredTimes *const times = ARENA_NEW(arena, DeliveredTimes);

    memcpy(filled, first, groups * sizeof *filled);
    for (size_t i = 0; i < delivered->trips.count; i++) {
        const Trip *const trip = &delivered->trips.items[i];

        for (int level = 0; trip->accepted_hour > since_hour && level < LEVELS; level++)
            hours[filled[delivered->lane_groups.items[trip->lane].of[level]]++] = trip->hours;
    }
    for (size_t group = 0; group < groups; group++)
        if (first[group + 1] > first[group])
            qsort(&hours[first[group]], first[group + 1] - first[group], sizeof *hours, by_hours);
    *times = (DeliveredTimes){
        .lanes = arena_grow_array(arena, delivered->lane_groups.items, sizeof(LaneGroups),
            delivered->lane_groups.count, delivered->lane_groups.count),
        .lane_count = delivered->lane_groups.count,
        .hours = hours,
        .first = first,
    };
    return times;
}

// How many of a group took longer.
static size_t
longer_than(const DeliveredTimes *times, uint32_t group, double hours)
{
    size_t low = times->first[group], high = times->first[group + 1];

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if ((double)times->hours[middle] > hours)
            high = middle;
        else
            low = middle + 1;
    }
    return times->first[group + 1] - low;
}

double
delivered_p_late(const DeliveredTimes *times, uint32_t lane, double waited_hours, double left_hours)
{
    if (lane >= times->lane_count)
        return NAN;

    const LaneGroups *const groups = &times->lanes[lane];

    for (int level = 0; level < LEVELS; level++) {
        const uint32_t group = groups->of[level];
        const size_t all = times->first[group + 1] - times->first[group];
        const size_t waited = longer_than(times, group, waited_hours);

        if (all == 0 || (level + 1 < LEVELS && (all < DELIVERED_LEAST || waited == 0)))
            continue;
        if (waited == 0)
            return 1 - DELIVERED_CLIP;

        const double share =
            (double)longer_than(times, group, waited_hours + left_hours) / (double)waited;

        return fmin(fmax(share, DELIVERED_CLIP), 1 - DELIVERED_CLIP);
    }
    return NAN;
}
