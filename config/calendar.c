/*
 * The days of a calendar, worked out once for all years, so that a lookup is an array access.
 *
 * Business days are counted with prefix sums: before[w][i] is the number of business days of week w among the first i
 * days of the table. The number between two days is then a difference, and the day that lies n business days on is
 * found by bisection. Beyond the table the count goes on by weekdays alone, in closed form.
 */
#include "config/calendar.h"

#include "config/holiday.h"
#include "core/text.h"

#define YEAR_LAST 2100
#define DAYS_MAX  UINT16_MAX  // the prefix sums are kept in two bytes

const char *const WEEK_WORDS[WEEK_COUNT] = {"mon-fri", "mon-sat", "mon-sun"};
static const int DAYS_OF_WEEK[WEEK_COUNT] = {5, 6, 7};

struct Calendar
{
    const char *id, *name;
    Day first;
    int32_t days;
    unsigned char *holiday;  // by day since first: number of the rule + 1, 0 for none
    unsigned char *instead;  // by day since first: whether it is the day off in another's stead
    unsigned char *classes;  // by day since first: DayClass
    uint16_t *before[WEEK_COUNT];
    const HolidayRule *rules;
    size_t rule_count;
};

static bool
covers(const Calendar *calendar, Day day)
{
    return day >= calendar->first && day - calendar->first < calendar->days;
}

static bool
mark(Calendar *calendar, Day day, size_t rule)
{
    if (day == DAY_NONE || !covers(calendar, day) || calendar->holiday[day - calendar->first] != 0)
        return false;
    calendar->holiday[day - calendar->first] = (unsigned char)(rule + 1);
    return true;
}

static bool
is_anothers(const Calendar *calendar, Day day, size_t rule)
{
    return covers(calendar, day) && calendar->holiday[day - calendar->first] != rule + 1;
}

static Day
observed_day(const Calendar *calendar, size_t rule, Day day)
{
    const int weekday = day_weekday(day);

    switch (calendar->rules[rule].observed) {
    case OBSERVED_NEAREST:
        return weekday < 5 ? DAY_NONE : weekday == 5 ? day - 1 : day + 1;
    case OBSERVED_NEXT:
        if (weekday < 5 && !is_anothers(calendar, day, rule))
            return DAY_NONE;
        while (day_weekday(day) >= 5 || calendar_holiday(calendar, day) != NULL)
            day++;
        return day;
    default:
        return DAY_NONE;
    }
}

// The days themselves first: a day off instead must not fall on one of them. One year more at the end, because a New
// Year's Day can be observed in the old year.
static void
mark_all(Calendar *calendar)
{
    for (int year = YEAR_MIN; year <= YEAR_LAST; year++)
        for (size_t i = 0; i < calendar->rule_count; i++)
            mark(calendar, holiday_day(&calendar->rules[i], year), i);
    for (int year = YEAR_MIN; year <= YEAR_LAST + 1; year++)
        for (size_t i = 0; i < calendar->rule_count; i++) {
            const Day day = holiday_day(&calendar->rules[i], year);
            const Day instead = day == DAY_NONE ? DAY_NONE : observed_day(calendar, i, day);

            if (mark(calendar, instead, i))
                calendar->instead[instead - calendar->first] = 1;
        }
}

static DayClass
class_of_weekday(Day day)
{
    const int weekday = day_weekday(day);

    return weekday == 6 ? DAY_SUNDAY : weekday == 5 ? DAY_SATURDAY : DAY_WORKING;
}

static void
count_all(Calendar *calendar)
{
    for (int32_t i = 0; i < calendar->days; i++) {
        const Day day = calendar->first + i;

        calendar->classes[i] =
            (unsigned char)(calendar->holiday[i] != 0 ? DAY_HOLIDAY : class_of_weekday(day));
        for (int week = 0; week < WEEK_COUNT; week++)
            calendar->before[week][i + 1] =
                (uint16_t)(calendar->before[week][i] +
                           (calendar->holiday[i] == 0 && day_weekday(day) < DAYS_OF_WEEK[week]));
    }
}

const Calendar *
calendar_build(
    Arena *arena, const char *id, const char *name, const HolidayRule *rules, size_t rule_count)
{
    Calendar *const calendar = ARENA_NEW(arena, Calendar);
    const Day first = day_from_civil(YEAR_MIN, 1, 1);
    const size_t days = (size_t)(day_from_civil(YEAR_LAST + 1, 1, 1) - first);

    _Static_assert((YEAR_LAST + 1 - YEAR_MIN) * 366 <= DAYS_MAX, "a count fits into two bytes");
    *calendar = (Calendar){.id = id,
        .name = name,
        .first = first,
        .days = (int32_t)days,
        .holiday = arena_alloc(arena, days),
        .instead = arena_alloc(arena, days),
        .classes = arena_alloc(arena, days),
        .rules = rules,
        .rule_count = rule_count};
    for (int week = 0; week < WEEK_COUNT; week++)
        calendar->before[week] = ARENA_ARRAY(arena, uint16_t, days + 1);
    mark_all(calendar);
    count_all(calendar);
    return calendar;
}

const char *
calendar_id(const Calendar *calendar)
{
    return calendar->id;
}

const char *
calendar_name(const Calendar *calendar)
{
    return calendar->name;
}

static const HolidayRule *
rule_on(const Calendar *calendar, Day day)
{
    const size_t rule = covers(calendar, day) ? calendar->holiday[day - calendar->first] : 0;

    return rule == 0 ? NULL : &calendar->rules[rule - 1];
}

const char *
calendar_holiday(const Calendar *calendar, Day day)
{
    const HolidayRule *const rule = rule_on(calendar, day);

    return rule == NULL ? NULL : rule->name;
}

const Holiday *
calendar_holidays(Arena *arena, const Calendar *calendar, Day from, Day to, size_t *count)
{
    struct
    {
        Arena *arena;
        Holiday *items;
        size_t count, capacity;
    } found = {.arena = arena};

    for (Day day = from; day <= to; day++) {
        const HolidayRule *const rule = rule_on(calendar, day);

        if (rule == NULL)
            continue;
        ARENA_PUSH(&found, ((Holiday){.day = day,
                               .name = rule->name,
                               .rule = holiday_words(arena, rule),
                               .source = rule->source,
                               .instead = calendar->instead[day - calendar->first] != 0}));
    }
    *count = found.count;
    return found.items;
}

DayClass
calendar_day_class(const Calendar *calendar, Day day)
{
    return covers(calendar, day) ? (DayClass)calendar->classes[day - calendar->first]
                                 : class_of_weekday(day);
}

bool
calendar_meets_holiday(const Calendar *calendar, Day after, Day last)
{
    for (Day day = after + 1; day <= last; day++)
        if (calendar_day_class(calendar, day) == DAY_HOLIDAY && day_weekday(day) != 6)
            return true;
    return false;
}

bool
calendar_counts(const Calendar *calendar, Week week, Day day)
{
    return day_weekday(day) < DAYS_OF_WEEK[week] && calendar_holiday(calendar, day) == NULL;
}

// Days of a week before a day, counted from the Monday of the week of 1970-01-01, holidays not regarded. The Monday of
// day's own week lies a whole number of weeks from that one.
static int64_t
weekdays_before(Week week, Day day)
{
    const int weekday = day_weekday(day), of_week = DAYS_OF_WEEK[week];
    const int64_t weeks = ((int64_t)day - weekday + day_weekday(0)) / 7;

    return weeks * of_week + (weekday < of_week ? weekday : of_week);
}

// Business days before a day, counted from the first of the table; negative before it.
static int64_t
rank_of(const Calendar *calendar, Week week, Day day)
{
    const Day end = calendar->first + calendar->days;

    if (day < calendar->first)
        return weekdays_before(week, day) - weekdays_before(week, calendar->first);
    if (day <= end)
        return calendar->before[week][day - calendar->first];
    return calendar->before[week][calendar->days] + weekdays_before(week, day) -
           weekdays_before(week, end);
}

int32_t
calendar_days_between(const Calendar *calendar, Week week, Day from, Day to)
{
    return (int32_t)(rank_of(calendar, week, to + 1) - rank_of(calendar, week, from + 1));
}

// The first day whose eve has the rank: low is before it, high is on it or after.
static Day
bisect(const Calendar *calendar, Week week, Day low, Day high, int64_t rank)
{
    while (high - low > 1) {
        const Day middle = low + (high - low) / 2;

        if (rank_of(calendar, week, middle + 1) >= rank)
            high = middle;
        else
            low = middle;
    }
    return high;
}

Day
calendar_add(const Calendar *calendar, Week week, Day day, int32_t count)
{
    const Day from = count == 0 ? day - 1 : day;
    const int64_t rank = rank_of(calendar, week, from + 1) + (count == 0 ? 1 : count);
    int32_t reach = 2 * count + 8;

    while (rank_of(calendar, week, from + reach + 1) < rank)
        reach *= 2;
    return bisect(calendar, week, from, from + reach, rank);
}
