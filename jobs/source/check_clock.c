/*
 * Local time stamped as UTC is the most common lie of tracking data, and it has a signature. People do not deliver at
 * night; nothing is known before it occurs; no parcel is delivered before its round. The hours are those of the zone that
 * the catalogue names for the carrier's clock, else of the merchant. Scans in halls at night are normal, so their share is
 * only told.
 */
#include "jobs/source/check_clock.h"

#include "core/words.h"

#include <string.h>

#define GROUP          "scans"
#define DELIVERIES_MIN 50    // fewer say nothing about a clock
#define NIGHT_SHARE    0.10  // of deliveries between 22:00 and 06:00; people sleep then
#define MOVED_SHARE    0.05  // what is left of it after the clock was moved, to name that move
#define AT_ONCE_HOURS  3     // a round takes longer
#define AT_ONCE_SHARE  0.95  // of deliveries within so few hours: a program stamps them
#define EARLY_MIN      20    // scans known before they occurred
#define EARLY_SHARE    0.005
#define EXPLAINED      5  // reading the times otherwise leaves less than a fifth of the early scans
#define INVERTED_MIN   20  // parcels delivered before their round
#define INVERTED_SHARE 0.02

// What a clock's tally says.
typedef struct Signature
{
    int64_t deliveries, night;
    int move;  // of the clock, that puts deliveries into the day; 0 when none does
    bool nightly, at_once, early, stamped, inverted;
} Signature;

static const char *
share(const CheckList *list, int64_t part, int64_t whole)
{
    return check_share(list->arena, part, whole);
}

static const char *
number(const CheckList *list, int64_t value)
{
    return words_count(list->arena, LANGUAGE_ENGLISH, value);
}

bool
check_clock_zones(const CheckData *data, QualityWindow *window, Err *err)
{
    Arena *const arena = data->list->arena;
    const QualityCarrier *items;
    size_t count;

    if (!quality_carriers(data->source, window, arena, &items, &count, err))
        return false;

    const char **const carriers = ARENA_ARRAY(arena, const char *, count);
    const char **const zones = ARENA_ARRAY(arena, const char *, count);

    for (size_t i = 0; i < count; i++) {
        const int index = catalogue_find(data->catalogue, items[i].name);
        const char *const zone =
            index < 0 ? "" : catalogue_carrier(data->catalogue, (size_t)index)->time_zone;

        if (*zone == '\0' || strcmp(zone, "place") == 0)
            continue;
        carriers[window->zone_count] = items[i].name;
        zones[window->zone_count++] = zone;
    }
    window->carriers = carriers;
    window->zones = zones;
    return true;
}

const char *
check_clock_zone(const QualityWindow *window, const char *carrier)
{
    for (size_t i = 0; i < window->zone_count; i++)
        if (strcmp(window->carriers[i], carrier) == 0)
            return window->zones[i];
    return window->time_zone;
}

// Deliveries between 22:00 and 06:00 if the clock were moved by some hours.
static int64_t
night_deliveries(const ClockTally *clock, int moved)
{
    int64_t night = 0;

    for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
        const int then = (hour + moved + HOURS_OF_DAY) % HOURS_OF_DAY;

        night += then < 6 || then >= 22 ? clock->delivered[hour] : 0;
    }
    return night;
}

// The least move of the clock that puts the deliveries into the day; 0 when none does.
static int
likely_move(const ClockTally *clock, int64_t total)
{
    int best = 0;
    int64_t least = (int64_t)(MOVED_SHARE * (double)total);

    for (int distance = 1; distance <= HOURS_OF_DAY / 2; distance++)
        for (int sign = -1; sign <= 1; sign += 2)
            if (night_deliveries(clock, sign * distance) < least) {
                best = sign * distance;
                least = night_deliveries(clock, best);
            }
    return best;
}

// Whether nearly all deliveries bear the same few hours of the day.
static bool
is_at_once(const ClockTally *clock, int64_t total)
{
    int64_t most = 0;

    for (int first = 0; first < HOURS_OF_DAY; first++) {
        int64_t within = 0;

        for (int hour = first; hour < first + AT_ONCE_HOURS; hour++)
            within += clock->delivered[hour % HOURS_OF_DAY];
        most = within > most ? within : most;
    }
    return (double)most > AT_ONCE_SHARE * (double)total;
}

static Signature
read_signature(const ClockTally *clock)
{
    Signature it = {.night = night_deliveries(clock, 0)};

    for (int hour = 0; hour < HOURS_OF_DAY; hour++)
        it.deliveries += clock->delivered[hour];
    it.nightly =
        it.deliveries >= DELIVERIES_MIN && (double)it.night > NIGHT_SHARE * (double)it.deliveries;
    it.at_once = it.nightly && is_at_once(clock, it.deliveries);
    it.move = it.nightly && !it.at_once ? likely_move(clock, it.deliveries) : 0;
    it.early = clock->early_known >= EARLY_MIN &&
               (double)clock->early_known > EARLY_SHARE * (double)clock->scans;
    it.stamped = it.early && EXPLAINED * clock->early_moved < clock->early_known;
    it.inverted = clock->inverted >= INVERTED_MIN &&
                  (double)clock->inverted > INVERTED_SHARE * (double)clock->parcels;
    return it;
}

static void
add_part(Text *out, const char *part)
{
    text_add_format(out, "%s%s", out->length > 0 ? "; " : "", part);
}

// What is wrong, in numbers.
static const char *
evidence(const CheckList *list, const ClockTally *clock, const Signature *it)
{
    Arena *const arena = list->arena;
    Text out = {.arena = arena};

    if (it->nightly)
        add_part(
            &out, arena_printf(arena, "%s of its deliveries are between 22:00 and 06:00 (%s)%s",
                      share(list, it->night, it->deliveries), clock->zone,
                      it->at_once ? ", nearly all within three hours"
                      : it->move == 0
                          ? ""
                          : arena_printf(arena, "; moved by %+d h, %s would be", it->move,
                                share(list, night_deliveries(clock, it->move), it->deliveries))));
    if (it->stamped)
        add_part(&out,
            arena_printf(arena,
                "%s of its scans were known before they occurred, %s if they are local times of %s "
                "stamped as UTC",
                share(list, clock->early_known, clock->scans),
                share(list, clock->early_moved, clock->scans), clock->zone));
    if (it->inverted)
        add_part(&out,
            arena_printf(arena, "%s of %s parcels were delivered before they went out for delivery",
                number(list, clock->inverted), number(list, clock->parcels)));
    add_part(&out, arena_printf(arena, "%s of its physical scans are between 01:00 and 05:00",
                       share(list, clock->physical_night, clock->physical)));
    return text_get(&out);
}

// "+1 h": how far local times of a zone, stamped as UTC, are ahead.
static const char *
offset_of(Arena *arena, const char *name, Instant at)
{
    Err err = {0};
    const Zone *const zone = zone_load(arena, name, &err);

    return zone == NULL
               ? "unknown"
               : arena_printf(arena, "%+.4g h", (double)zone_offset_seconds(zone, at) / 3600);
}

static const char *
remedy(const CheckData *data, const CheckList *list, const ClockTally *clock, const Signature *it)
{
    if (it->stamped)
        return arena_printf(list->arena,
            "likely offset %s: its local times were stamped as UTC. Read them in a view as "
            "\"occurred_at at time zone 'UTC' at time zone '%s'\"; where no timestamp of the "
            "source "
            "has a zone, the setting source.time_zone does it",
            offset_of(list->arena, clock->zone, data->window.as_of), clock->zone);
    if (it->at_once)
        return "they look stamped by a program at night, not when they happened: ask the carrier "
               "for the real times; until then a parcel that arrives on its last day counts as "
               "late";
    if (it->move != 0)
        return arena_printf(list->arena,
            "likely offset %+d h or further that way: compare a few with the carrier's own site; "
            "local time stamped as "
            "UTC is a common mistake. Convert it in a view, or say in a catalogue file of yours "
            "(time_zone) where its clock hangs; parcels delivered in far countries are fine",
            -it->move);
    return "compare a few with the carrier's own site: local time stamped as UTC is a common "
           "mistake, also of some of its scans only. If the zone is wrong, convert it in a view; "
           "parcels delivered in far countries are fine";
}

static void
add_future(CheckList *list, const ClockTally *clock)
{
    check_add(list, 100 * clock->early_known > clock->scans ? CHECK_WARNING : CHECK_NOTE, GROUP,
        "future_scans",
        "its clock or its time zone is wrong: such scans are not seen before their time comes",
        "%s scans of \"%s\" (%s) were known before they occurred", number(list, clock->early_known),
        clock->carrier, share(list, clock->early_known, clock->scans));
}

void
check_clock(const CheckData *data, CheckList *list, const ClockTally *clock)
{
    const Signature it = read_signature(clock);

    if (it.nightly || it.stamped || it.inverted)
        check_add(list, CHECK_WARNING, GROUP, "time_zone", remedy(data, list, clock, &it),
            "the clock of \"%s\" is doubtful: %s", clock->carrier, evidence(list, clock, &it));
    if (clock->early_known > 0 && !it.stamped)
        add_future(list, clock);
}
