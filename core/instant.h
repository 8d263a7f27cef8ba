/*
 * instant.h - points in time and civil days. Nothing here reads the clock or a time zone.
 */
#ifndef CORE_INSTANT_H
#define CORE_INSTANT_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef int64_t Instant;  // microseconds since 1970-01-01 00:00 UTC
typedef int32_t Day;      // civil days since 1970-01-01

#define INSTANT_NONE INT64_MIN
#define DAY_NONE     INT32_MIN
#define SECOND       ((Instant)1000000)
#define MINUTE       (60 * SECOND)
#define HOUR         (3600 * SECOND)
#define HOURS_24     (24 * HOUR)

// The years a text may name; outside of them a value is refused as absurd.
#define YEAR_MIN 1970
#define YEAR_MAX 2199

// Proleptic Gregorian calendar; month 1-12, day 1-31 (must exist; see day_is_valid).
Day day_from_civil(int year, int month, int day);
void day_to_civil(Day day, int *year, int *month, int *day_of_month);
bool day_is_valid(int year, int month, int day);
int day_weekday(Day day);  // 0 Monday ... 6 Sunday

// The same day of the month so many months later (0 or more); the last day of that month when it has no such day:
// 31 January and one month is 28 or 29 February.
Day day_add_months(Day day, int32_t months);

// "2026-11-20", exactly. False leaves out untouched.
bool day_parse(const char *text, Day *out);
char *day_print(Arena *arena, Day day);

// "18:00" as minutes after midnight, "24:00" for the day's end. False leaves out untouched.
bool clock_parse(const char *text, int *minutes);

// RFC 3339 with a zone: "2026-11-20T23:00:00Z", "2026-11-20 23:00:00.5+01:00". False leaves out untouched.
bool instant_parse(const char *text, Instant *out);

// The same without a zone ("2026-11-20T23:00:00", "2026-11-20 23:00", "2026-11-20"), as microseconds of a wall
// clock since 1970-01-01 00:00 on that clock; see zone_instant(). False leaves out untouched.
bool wall_parse(const char *text, int64_t *out);

// "2026-11-20T23:00:00Z"; the fraction only when there is one.
char *instant_print(Arena *arena, Instant at);

#endif
