/*
 * A map for all carriers together, and one for each carrier that is drawn to it: a carrier seen for the first time
 * tonight is mended as all are, one with thousands of matured parcels as its own record says (statistics 7).
 */
#include "detectors/judgement/recalibration.h"

#include "core/map.h"
#include "detectors/stats/recalibrate.h"

#include <math.h>
#include <string.h>

// By how much of the log loss it must help, and from what age on of what it rests on; less where that is younger, by a high
// power of the age. A network changes while promises come due: a correction learned from what was said four weeks ago is for a
// network of four weeks ago, one from two weeks ago may follow any error. (P(late) of a merchant made up outside of this project:
// ECE .0089, or .0115 with the fourth power, at the same log loss; two simulated histories: .0046 and .0049, where .0064 and .0065
// are stated uncorrected; Olist, which reads a month back: log loss .394, or .396 if it only had to help at all.)
#define GAIN_MIN  .06
#define AGE_FULL  28.0
#define AGE_POWER 8

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

// When the statements were made: the first and last of them, and days from an average one to the last.
typedef struct Said
{
    Instant first, last;
    double age;
} Said;

static Said
said_of(const Matured *items, size_t count)
{
    Said said = {0};
    double days = 0;

    for (size_t i = 0; i < count; i++) {
        said.first = i == 0 || items[i].as_of < said.first ? items[i].as_of : said.first;
        said.last = i == 0 || items[i].as_of > said.last ? items[i].as_of : said.last;
    }
    for (size_t i = 0; i < count; i++)
        days += (double)(said.last - items[i].as_of) / (double)HOURS_24;
    said.age = count > 0 ? days / (double)count : 0;
    return said;
}

static double
gain_needed(double age)
{
    return GAIN_MIN * pow(fmin(age / AGE_FULL, 1), AGE_POWER);
}

// Whether a map fitted to earlier nights mends what later ones said. In weeks in which a network slows down and recovers, a
// map learned from the one spoils the other (Olist: P(late) log loss .400 with, .394 without); where the baselines are off
// for good it earns much (simulated: .138 against .161).
static bool
would_help(const Matured *items, size_t count, Arena *scratch)
{
    RecalibrateCounts *const earlier = ARENA_NEW(scratch, RecalibrateCounts);
    RecalibrateCounts *const later = ARENA_NEW(scratch, RecalibrateCounts);
    const Said said = said_of(items, count);
    const Instant from = said.last - (said.last - said.first) / 3;

    for (size_t i = 0; i < count; i++)
        recalibrate_count(items[i].as_of < from ? earlier : later, items[i].probability,
            items[i].happened, items[i].weight);

    const RecalibrateMap map = recalibrate_fit(earlier, RECALIBRATE_IDENTITY);

    return recalibrate_log_loss(later, map) <
           (1 - gain_needed(said.age)) * recalibrate_log_loss(later, RECALIBRATE_IDENTITY);
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
