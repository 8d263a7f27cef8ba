/*
 * A map for all carriers together, and one for each carrier that is drawn to it: a carrier seen for the first time
 * tonight is mended as all are, one with thousands of matured parcels as its own record says (statistics 7).
 */
#include "detectors/recalibration.h"

#include "core/map.h"
#include "detectors/stats/recalibrate.h"

#include <string.h>

// By how much of the log loss it must help: a map that helps by less follows the noise.
#define GAIN_MIN .06

// Index 0 is all carriers, others are found by name.
typedef struct Maps
{
    Map *carriers;
    RecalibrateMap *items;
    size_t count;
    size_t matured;
} Maps;

struct Recalibration
{
    Maps kinds[RECALIBRATION_KINDS];
};

typedef struct CountsList
{
    Arena *arena;
    RecalibrateCounts **items;
    size_t count, capacity;
} CountsList;

static size_t
carrier_index(CountsList *list, Map *carriers, const char *carrier)
{
    bool is_new = false;
    const int64_t index =
        map_intern(carriers, carrier, strlen(carrier), (int64_t)list->count, &is_new);

    if (is_new)
        ARENA_PUSH(list, ARENA_NEW(list->arena, RecalibrateCounts));
    return (size_t)index;
}

static Maps
fit_kind(Arena *arena, Arena *scratch, const Matured *items, size_t count)
{
    CountsList list = {.arena = scratch};
    Maps maps = {.carriers = map_create(arena)};

    ARENA_PUSH(&list, ARENA_NEW(scratch, RecalibrateCounts));
    for (size_t i = 0; i < count; i++) {
        if (!recalibrate_count(
                list.items[0], items[i].probability, items[i].happened, items[i].weight))
            continue;
        maps.matured++;
        if (items[i].carrier)
            recalibrate_count(list.items[carrier_index(&list, maps.carriers, items[i].carrier)],
                items[i].probability, items[i].happened, items[i].weight);
    }
    maps.count = list.count;
    maps.items = ARENA_ARRAY(arena, RecalibrateMap, list.count);
    maps.items[0] = recalibrate_fit(list.items[0], RECALIBRATE_IDENTITY);
    for (size_t i = 1; i < list.count; i++)
        maps.items[i] = recalibrate_fit(list.items[i], maps.items[0]);
    return maps;
}

static Instant
last_third(const Matured *items, size_t count)
{
    Instant first = items[0].as_of, last = items[0].as_of;

    for (size_t i = 1; i < count; i++) {
        first = items[i].as_of < first ? items[i].as_of : first;
        last = items[i].as_of > last ? items[i].as_of : last;
    }
    return last - (last - first) / 3;
}

// Whether a map fitted to earlier nights mends what later ones said. In weeks in which a network slows down and recovers, a
// map learned from the one spoils the other (Olist: P(late) log loss .400 with, .394 without); where the baselines are off
// for good it earns much (simulated: .138 against .161).
static bool
would_help(const Matured *items, size_t count, Arena *scratch)
{
    RecalibrateCounts *const earlier = ARENA_NEW(scratch, RecalibrateCounts);
    RecalibrateCounts *const later = ARENA_NEW(scratch, RecalibrateCounts);
    const Instant from = count > 0 ? last_third(items, count) : 0;

    for (size_t i = 0; i < count; i++)
        recalibrate_count(items[i].as_of < from ? earlier : later, items[i].probability,
            items[i].happened, items[i].weight);

    const RecalibrateMap map = recalibrate_fit(earlier, RECALIBRATE_IDENTITY);

    return recalibrate_log_loss(later, map) <
           (1 - GAIN_MIN) * recalibrate_log_loss(later, RECALIBRATE_IDENTITY);
}

const Recalibration *
recalibration_fit(Arena *arena, const Matured *items[RECALIBRATION_KINDS],
    const size_t counts[RECALIBRATION_KINDS])
{
    Arena *const scratch = arena_create();
    Recalibration *const recalibration = ARENA_NEW(arena, Recalibration);

    for (int kind = 0; kind < RECALIBRATION_KINDS; kind++)
        recalibration->kinds[kind] = fit_kind(arena, scratch, items[kind],
            would_help(items[kind], counts[kind], scratch) ? counts[kind] : 0);
    arena_destroy(scratch);
    return recalibration;
}

double
recalibration_apply(const Recalibration *recalibration, RecalibrationKind kind, const char *carrier,
    double probability)
{
    const Maps *const maps = &recalibration->kinds[kind];
    const int64_t index = carrier ? map_get(maps->carriers, carrier, strlen(carrier), 0) : 0;

    return recalibrate_apply(maps->items[index], probability);
}

size_t
recalibration_count(const Recalibration *recalibration, RecalibrationKind kind)
{
    return recalibration->kinds[kind].matured;
}
