#include "core/hours.h"

#include <string.h>

#define MINUTES_A_DAY (24 * 60)

bool
quiet_hours_parse(const char *text, QuietHours *out)
{
    char from[6] = "";
    int start, end;

    if (*text == '\0') {
        *out = (QuietHours){0};
        return true;
    }
    if (strlen(text) != 11 || text[5] != '-')
        return false;
    memcpy(from, text, 5);
    if (!clock_parse(from, &start) || !clock_parse(text + 6, &end))
        return false;
    *out = (QuietHours){start % MINUTES_A_DAY, end % MINUTES_A_DAY};
    return true;
}

// Whether a minute of the day is quiet.
static bool
is_quiet(QuietHours quiet, int minute)
{
    return quiet.from <= quiet.to ? minute >= quiet.from && minute < quiet.to
                                  : minute >= quiet.from || minute < quiet.to;
}

Instant
quiet_hours_after(QuietHours quiet, const Zone *zone, Instant at)
{
    const Day day = zone_day(zone, at);
    const Instant wall = at + zone_offset_seconds(zone, at) * SECOND - day * HOURS_24;
    const int minute = (int)(wall / MINUTE);

    if (quiet.from == quiet.to || !is_quiet(quiet, minute))
        return at;

    const int64_t end = (day + (minute >= quiet.to)) * HOURS_24 + quiet.to * MINUTE;
    const Instant first = zone_instant(zone, end);

    // When the clock was put back within the hours, their end comes twice, and the first one may be over.
    return first > at ? first : at + (end - day * HOURS_24 - wall);
}
