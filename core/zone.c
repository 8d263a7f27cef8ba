#include "core/zone.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LAST_YEAR 2100
#define STEP      (3 * HOURS_24)

typedef struct Shift
{
    Instant from;  // the offset holds from here to the next shift
    int32_t offset_seconds;
} Shift;

struct Zone
{
    Arena *arena;
    const char *name;
    Shift *items;
    size_t count, capacity;
};

// The only question ever put to libc: what does the zone in TZ add to UTC at this second?
static int32_t
libc_offset(Instant at)
{
    const time_t second = (time_t)(at / SECOND);
    struct tm local;

    if (localtime_r(&second, &local) == NULL)
        return 0;
    return (int32_t)local.tm_gmtoff;
}

// The second at which the offset changes, somewhere in (low, high].
static Instant
find_shift(Instant low, Instant high)
{
    const int32_t before = libc_offset(low);

    while (high - low > SECOND) {
        const Instant middle = (low / SECOND + (high - low) / SECOND / 2) * SECOND;

        if (libc_offset(middle) == before)
            low = middle;
        else
            high = middle;
    }
    return high;
}

// No zone shifts there and back within a step: since 1970 a week was the least (Noronha, October 2000; Gaza, 2011). libc reads
// the zone's rule anew for every question about the future, so steps are not shorter than they need be.
static void
read_shifts(Zone *zone)
{
    const Instant end = day_from_civil(LAST_YEAR + 1, 1, 1) * HOURS_24;
    Instant at = day_from_civil(YEAR_MIN, 1, 1) * HOURS_24;
    int32_t offset = libc_offset(at);

    ARENA_PUSH(zone, ((Shift){.from = INSTANT_NONE, .offset_seconds = offset}));
    for (; at < end; at += STEP) {
        const int32_t next = libc_offset(at + STEP);

        if (next != offset)
            ARENA_PUSH(zone, ((Shift){find_shift(at, at + STEP), next}));
        offset = next;
    }
}

// A name that libc does not know would silently mean UTC.
bool
zone_exists(Arena *arena, const char *name)
{
    if (*name == '\0' || *name == '/' || *name == '.' || strstr(name, "..") != NULL)
        return false;
    return strcmp(name, "UTC") == 0 ||
           access(arena_printf(arena, "/usr/share/zoneinfo/%s", name), R_OK) == 0;
}

bool
zone_check(Arena *arena, const char *name, Err *err)
{
    return zone_exists(arena, name) ||
           err_set(err, ERR_CONFIG,
               "time zone \"%s\" is not known to this system (Debian package: tzdata)", name);
}

const Zone *
zone_load(Arena *arena, const char *name, Err *err)
{
    if (!zone_check(arena, name, err))
        return NULL;

    const char *const before = arena_copy(arena, getenv("TZ"));
    Zone *const zone = ARENA_NEW(arena, Zone);

    *zone = (Zone){.arena = arena, .name = arena_copy(arena, name)};
    setenv("TZ", strcmp(name, "UTC") == 0 ? "UTC0" : name, 1);
    tzset();
    read_shifts(zone);
    if (before == NULL)
        unsetenv("TZ");
    else
        setenv("TZ", before, 1);
    tzset();
    return zone;
}

const char *
zone_name(const Zone *zone)
{
    return zone->name;
}

int32_t
zone_offset_seconds(const Zone *zone, Instant at)
{
    size_t low = 0, high = zone->count;

    while (high - low > 1) {
        const size_t middle = (low + high) / 2;

        if (zone->items[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return zone->items[low].offset_seconds;
}

static int64_t
wall(const Zone *zone, Instant at)
{
    return at + zone_offset_seconds(zone, at) * SECOND;
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

Day
zone_day(const Zone *zone, Instant at)
{
    return (Day)floor_divide(wall(zone, at), HOURS_24);
}

int
zone_hour(const Zone *zone, Instant at)
{
    const int64_t reading = wall(zone, at);

    return (int)((reading - floor_divide(reading, HOURS_24) * HOURS_24) / HOUR);
}

// The offset before a change is tried first: it gives the first of two equal readings, and the usual meaning of a
// reading that was skipped.
Instant
zone_instant(const Zone *zone, int64_t reading)
{
    const int32_t earlier = zone_offset_seconds(zone, reading - HOURS_24);
    const Instant at = reading - earlier * SECOND;

    if (zone_offset_seconds(zone, at) == earlier)
        return at;

    const int32_t later = zone_offset_seconds(zone, reading + HOURS_24);
    const Instant other = reading - later * SECOND;

    return zone_offset_seconds(zone, other) == later ? other : at;
}

// Where midnight itself is skipped (a spring change at 00:00, as Brazil had), zone_instant() gives the change.
Instant
zone_day_start(const Zone *zone, Day day)
{
    return zone_instant(zone, day * HOURS_24);
}

Instant
zone_day_end(const Zone *zone, Day day)
{
    return zone_day_start(zone, day + 1) - 1;
}

char *
zone_print(Arena *arena, const Zone *zone, Instant at)
{
    const int64_t reading = wall(zone, at);
    const Day day = (Day)floor_divide(reading, HOURS_24);
    const int minutes = (int)((reading - day * HOURS_24) / MINUTE);

    return arena_printf(arena, "%s %02d:%02d", day_print(arena, day), minutes / 60, minutes % 60);
}
