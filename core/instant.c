/*
 * Civil dates by Howard Hinnant's algorithms ("chrono-Compatible Low-Level Date Algorithms", 2014): days are
 * counted in eras of 400 years beginning on 1 March, so that the leap day is the last of its year.
 */
#include "core/instant.h"

Day
day_from_civil(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

void
day_to_civil(Day day, int *year, int *month, int *day_of_month)
{
    const int shifted = day + 719468;
    const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int day_of_era = shifted - era * 146097;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted_month = (5 * day_of_year + 2) / 153;

    *day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

bool
day_is_valid(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1)
        return false;

    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

int
day_weekday(Day day)
{
    const int weekday = (day + 3) % 7;  // 1970-01-01 was a Thursday

    return weekday < 0 ? weekday + 7 : weekday;
}

Day
day_add_months(Day day, int32_t months)
{
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);

    const int reached = month - 1 + months;
    const Day first = day_from_civil(year + reached / 12, reached % 12 + 1, 1);
    const Day next = day_from_civil(year + (reached + 1) / 12, (reached + 1) % 12 + 1, 1);

    return first + of_month - 1 < next ? first + of_month - 1 : next - 1;
}

// Read exactly count digits and step past them.
static bool
digits(const char **at, int count, int *out)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        const char c = (*at)[i];

        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *at += count;
    *out = value;
    return true;
}

static bool
expect(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

static bool
read_day(const char **at, Day *out)
{
    int year, month, day;

    if (!digits(at, 4, &year) || !expect(at, '-') || !digits(at, 2, &month) || !expect(at, '-') ||
        !digits(at, 2, &day) || !day_is_valid(year, month, day))
        return false;
    *out = day_from_civil(year, month, day);
    return true;
}

// Fractions beyond microseconds are cut, as PostgreSQL's own input would round them to that precision.
static bool
read_fraction(const char **at, int64_t *micros)
{
    int64_t scale = SECOND / 10;

    if (**at < '0' || **at > '9')
        return false;
    for (; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
        *micros += (**at - '0') * scale;
    return true;
}

// "T23:00:00.5" or " 23:00" after a date; 24:00 and leap seconds (60) are read as the instant they mean.
static bool
read_time(const char **at, int64_t *out)
{
    int hour, minute, second = 0;
    int64_t micros = 0;

    if (!expect(at, 'T') && !expect(at, ' ') && !expect(at, 't'))
        return false;
    if (!digits(at, 2, &hour) || !expect(at, ':') || !digits(at, 2, &minute))
        return false;
    if (expect(at, ':')) {
        if (!digits(at, 2, &second))
            return false;
        if ((expect(at, '.') || expect(at, ',')) && !read_fraction(at, &micros))
            return false;
    }
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second + micros > 0))
        return false;
    *out = hour * HOUR + minute * MINUTE + second * SECOND + micros;
    return true;
}

// "Z", "+01:00", "+0100", "+01", after an optional space.
static bool
read_offset(const char **at, int64_t *out)
{
    int hour, minute = 0;

    expect(at, ' ');
    if (expect(at, 'Z') || expect(at, 'z')) {
        *out = 0;
        return true;
    }

    const int64_t sign = **at == '+' ? 1 : **at == '-' ? -1 : 0;

    if (sign == 0)
        return false;
    (*at)++;
    if (!digits(at, 2, &hour))
        return false;
    if (**at != '\0' && ((void)expect(at, ':'), !digits(at, 2, &minute)))
        return false;
    if (hour > 18 || minute > 59)
        return false;
    *out = sign * (hour * HOUR + minute * MINUTE);
    return true;
}

bool
day_parse(const char *text, Day *out)
{
    Day day;

    if (!read_day(&text, &day) || *text != '\0')
        return false;
    *out = day;
    return true;
}

char *
day_print(Arena *arena, Day day)
{
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    return arena_printf(arena, "%04d-%02d-%02d", year, month, day_of_month);
}

bool
clock_parse(const char *text, int *minutes)
{
    int hour, minute;

    if (!digits(&text, 2, &hour) || !expect(&text, ':') || !digits(&text, 2, &minute) ||
        *text != '\0' || minute > 59 || hour * 60 + minute > 24 * 60)
        return false;
    *minutes = hour * 60 + minute;
    return true;
}

bool
instant_parse(const char *text, Instant *out)
{
    Day day;
    int64_t time, offset;

    if (!read_day(&text, &day) || !read_time(&text, &time) || !read_offset(&text, &offset) ||
        *text != '\0')
        return false;
    *out = day * HOURS_24 + time - offset;
    return true;
}

bool
wall_parse(const char *text, int64_t *out)
{
    Day day;
    int64_t time = 0;

    if (!read_day(&text, &day) || (*text != '\0' && !read_time(&text, &time)) || *text != '\0')
        return false;
    *out = day * HOURS_24 + time;
    return true;
}

// Write value as count digits.
static char *
put_digits(char *at, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + count;
}

static char *
put_pair(char *at, int value, char before)
{
    *at = before;
    return put_digits(at + 1, value, 2);
}

// By hand rather than by printf: an import prints two of these for each of millions of rows.
char *
instant_print(Arena *arena, Instant at)
{
    const int64_t in_day = ((at % HOURS_24) + HOURS_24) % HOURS_24;
    const Day day = (Day)((at - in_day) / HOURS_24);
    const int seconds = (int)(in_day / SECOND), micros = (int)(in_day % SECOND);
    char *const text = arena_alloc(arena, sizeof "-292277-11-20T23:00:00.123456Z");
    char *end = text;
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    if (year < 0) {
        *end++ = '-';
        year = -year;
    }
    end = put_digits(end, year, year > 9999 ? 6 : 4);
    end = put_pair(end, month, '-');
    end = put_pair(end, day_of_month, '-');
    end = put_pair(end, seconds / 3600, 'T');
    end = put_pair(end, seconds / 60 % 60, ':');
    end = put_pair(end, seconds % 60, ':');
    if (micros != 0) {
        *end++ = '.';
        end = put_digits(end, micros, 6);
    }
    *end = 'Z';
    return text;
}
