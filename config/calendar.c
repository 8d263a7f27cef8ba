/*
 * Public holidays by rule.
 *
 * A rule gives one day a year: a fixed date, a distance from Easter Sunday, the n-th weekday of a month, or a
 * single date; and maybe a day off in its stead when it falls on a weekend. All days of all years are worked out
 * once, so that a lookup is an array access.
 *
 * Easter Sunday is computed with the anonymous Gregorian algorithm (Nature 13 (1876) 487) as given by Jean Meeus,
 * Astronomical Algorithms (1991), chapter 8: whole-number divisions only, valid for all years of the Gregorian
 * calendar.
 */
#include "config/calendar.h"

#include "config/reader.h"

#include "config/calendars.h"

#include <string.h>

#define YEAR_LAST 2100
#define RULES_MAX 200  // a day's rule is kept in one byte

typedef enum RuleKind
{
    RULE_FIXED = 1,
    RULE_EASTER,
    RULE_WEEKDAY,
    RULE_DATE,
} RuleKind;

// What happens when the day falls on a weekend.
typedef enum Observed
{
    OBSERVED_NEVER = -1,
    OBSERVED_NEAREST,  // Saturday: the Friday before; Sunday: the Monday after (United States)
    OBSERVED_NEXT,     // the next weekday that is no holiday yet (United Kingdom)
} Observed;

typedef struct HolidayRule
{
    const char *name;
    RuleKind kind;
    int month, day;    // of RULE_FIXED; month of RULE_WEEKDAY
    int easter;        // days after Easter Sunday
    int weekday, nth;  // 0 Monday; nth 1 to 5, or -1 for the last
    Day date;          // of RULE_DATE
    int valid_from, valid_to;
    Observed observed;
} HolidayRule;

struct Calendar
{
    Day first;
    size_t days;
    unsigned char *holiday;  // by day since first: number of the rule + 1, 0 for none
    unsigned char *classes;  // by day since first: DayClass
    const HolidayRule *rules;
    size_t rule_count;
};

typedef struct CalendarFile
{
    const char *file, *bytes;
    size_t length;
} CalendarFile;

static const CalendarFile SHIPPED[] = {
#define X(name, file)                                                                              \
    {"config/calendars/" file, CALENDAR_##name, sizeof CALENDAR_##name##_BYTES - 1},
    CALENDAR_EACH(X)
#undef X
};
#define SHIPPED_COUNT (sizeof SHIPPED / sizeof SHIPPED[0])

static Day
easter_sunday(int year)
{
    const int a = year % 19;
    const int b = year / 100, c = year % 100;
    const int d = b / 4, e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;

    return day_from_civil(year, n / 31, n % 31 + 1);
}

static Day
nth_weekday(int year, int month, int weekday, int nth)
{
    const Day first = day_from_civil(year, month, 1);
    const Day next_month =
        month == 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month + 1, 1);
    const Day from = nth > 0 ? first : next_month - 7;
    const Day day = from + (weekday - day_weekday(from) + 7) % 7 + (nth > 0 ? 7 * (nth - 1) : 0);

    return day < next_month ? day : DAY_NONE;
}

static Day
rule_day(const HolidayRule *rule, int year)
{
    if (year < rule->valid_from || year > rule->valid_to)
        return DAY_NONE;
    switch (rule->kind) {
    case RULE_FIXED:
        return day_is_valid(year, rule->month, rule->day)
                   ? day_from_civil(year, rule->month, rule->day)
                   : DAY_NONE;
    case RULE_EASTER:
        return easter_sunday(year) + rule->easter;
    case RULE_WEEKDAY:
        return nth_weekday(year, rule->month, rule->weekday, rule->nth);
    case RULE_DATE:
        return rule->date >= day_from_civil(year, 1, 1) &&
                       rule->date < day_from_civil(year + 1, 1, 1)
                   ? rule->date
                   : DAY_NONE;
    }
    return DAY_NONE;
}

static bool
covers(const Calendar *calendar, Day day)
{
    return day >= calendar->first && (size_t)(day - calendar->first) < calendar->days;
}

static void
mark(Calendar *calendar, Day day, size_t rule)
{
    if (day != DAY_NONE && covers(calendar, day) && calendar->holiday[day - calendar->first] == 0)
        calendar->holiday[day - calendar->first] = (unsigned char)(rule + 1);
}

static Day
observed_day(const Calendar *calendar, const HolidayRule *rule, Day day)
{
    const int weekday = day_weekday(day);

    if (rule->observed == OBSERVED_NEVER || weekday < 5)
        return DAY_NONE;
    if (rule->observed == OBSERVED_NEAREST)
        return weekday == 5 ? day - 1 : day + 1;
    while (day_weekday(day) >= 5 || calendar_holiday(calendar, day) != NULL)
        day++;
    return day;
}

// The days themselves first: a day off instead must not fall on one of them. One year more on either side, because a
// New Year's Day can be observed in the old year.
static void
mark_all(Calendar *calendar)
{
    for (int year = YEAR_MIN; year <= YEAR_LAST; year++)
        for (size_t i = 0; i < calendar->rule_count; i++)
            mark(calendar, rule_day(&calendar->rules[i], year), i);
    for (int year = YEAR_MIN; year <= YEAR_LAST + 1; year++)
        for (size_t i = 0; i < calendar->rule_count; i++) {
            const Day day = rule_day(&calendar->rules[i], year);

            if (day != DAY_NONE)
                mark(calendar, observed_day(calendar, &calendar->rules[i], day), i);
        }
}

static DayClass
class_of_weekday(Day day)
{
    const int weekday = day_weekday(day);

    return weekday == 6 ? DAY_SUNDAY : weekday == 5 ? DAY_SATURDAY : DAY_WORKING;
}

static const Calendar *
calendar_build(Arena *arena, const HolidayRule *rules, size_t rule_count)
{
    Calendar *const calendar = ARENA_NEW(arena, Calendar);
    const Day first = day_from_civil(YEAR_MIN, 1, 1);
    const size_t days = (size_t)(day_from_civil(YEAR_LAST + 1, 1, 1) - first);

    *calendar = (Calendar){.first = first,
        .days = days,
        .holiday = arena_alloc(arena, days),
        .classes = arena_alloc(arena, days),
        .rules = rules,
        .rule_count = rule_count};
    mark_all(calendar);
    for (size_t i = 0; i < days; i++)
        calendar->classes[i] = calendar->holiday[i] != 0
                                   ? DAY_HOLIDAY
                                   : (unsigned char)class_of_weekday(first + (Day)i);
    return calendar;
}

static bool
read_month_day(Reader *reader, const Node *node, HolidayRule *rule)
{
    const char *const text = reader_text(reader, node, "fixed", REQUIRED);
    int64_t month = 0, day = 0;

    if (strlen(text) == 5 && text[2] == '-' &&
        text_parse_int(arena_copy_bytes(reader->arena, text, 2), &month) &&
        text_parse_int(text + 3, &day) && day_is_valid(2000, (int)month, (int)day)) {
        rule->month = (int)month;
        rule->day = (int)day;
        return true;
    }
    reader_problem(
        reader, node_child(node, "fixed"), "\"%s\" is no day of the year like 12-25", text);
    return false;
}

static void
read_weekday(Reader *reader, const Node *node, HolidayRule *rule)
{
    static const char *const WEEKDAYS[] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

    rule->weekday = reader_choice(reader, node, "weekday", REQUIRED, WEEKDAYS, 7);
    rule->nth = (int)reader_int(reader, node, "nth", REQUIRED, -1, 5, 1);
    rule->month = (int)reader_int(reader, node, "month", REQUIRED, 1, 12, 1);
    if (rule->nth == 0)
        reader_problem(reader, node_child(node, "nth"), "0 is neither 1 to 5 nor -1 for the last");
}

static void
read_kind(Reader *reader, const Node *node, HolidayRule *rule)
{
    const int given = (node_child(node, "fixed") != NULL) + (node_child(node, "easter") != NULL) +
                      (node_child(node, "weekday") != NULL) + (node_child(node, "date") != NULL);

    if (given != 1) {
        reader_problem(reader, node, "needs one of fixed, easter, weekday and date");
    } else if (node_child(node, "fixed") != NULL) {
        rule->kind = RULE_FIXED;
        read_month_day(reader, node, rule);
    } else if (node_child(node, "easter") != NULL) {
        rule->kind = RULE_EASTER;
        rule->easter = (int)reader_int(reader, node, "easter", REQUIRED, -60, 120, 0);
    } else if (node_child(node, "weekday") != NULL) {
        rule->kind = RULE_WEEKDAY;
        read_weekday(reader, node, rule);
    } else {
        rule->kind = RULE_DATE;
        rule->date = reader_day(reader, node, "date", REQUIRED);
    }
}

static HolidayRule
read_rule(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {"name", "fixed", "easter", "weekday", "nth", "month", "date",
        "valid_from", "valid_to", "observed"};
    static const char *const OBSERVED[] = {"nearest", "next"};
    HolidayRule rule = {0};

    if (!reader_keys(reader, node, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return rule;
    rule.name = reader_text(reader, node, "name", REQUIRED);
    rule.valid_from = (int)reader_int(reader, node, "valid_from", OPTIONAL, 1, 9999, 1);
    rule.valid_to = (int)reader_int(reader, node, "valid_to", OPTIONAL, 1, 9999, 9999);
    rule.observed = reader_choice(reader, node, "observed", OPTIONAL, OBSERVED, 2);
    if (rule.valid_to < rule.valid_from)
        reader_problem(reader, node, "valid_to is before valid_from");
    read_kind(reader, node, &rule);
    return rule;
}

const Calendar *
calendar_read(Arena *arena, const char *file, const char *bytes, size_t length, Problems *problems)
{
    static const char *const KEYS[] = {"country", "name", "source", "holidays"};
    Reader reader = {.arena = arena, .problems = problems, .file = file};
    const size_t before = problems->count;
    const Node *const root = yaml_read(arena, file, bytes, length, problems);

    if (root == NULL || !reader_keys(&reader, root, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return NULL;

    const Node *const list = reader_sequence(&reader, root, "holidays", REQUIRED);

    reader_text(&reader, root, "country", REQUIRED);
    reader_text(&reader, root, "name", REQUIRED);
    reader_text(&reader, root, "source", REQUIRED);
    if (list == NULL)
        return NULL;
    if (list->count > RULES_MAX) {
        reader_problem(&reader, list, "more than %d holidays", RULES_MAX);
        return NULL;
    }

    HolidayRule *const rules = ARENA_ARRAY(arena, HolidayRule, list->count);
    size_t count = 0;

    for (const Node *item = list->first; item != NULL; item = item->next)
        rules[count++] = read_rule(&reader, item);
    return problems->count == before ? calendar_build(arena, rules, count) : NULL;
}

// "FR" of "config/calendars/FR.yaml".
static const char *
shipped_country(Arena *arena, const CalendarFile *file)
{
    const char *const name = strrchr(file->file, '/') + 1;

    return arena_copy_bytes(arena, name, strcspn(name, "."));
}

static const CalendarFile *
find_shipped(const char *country)
{
    for (size_t i = 0; i < SHIPPED_COUNT; i++) {
        const char *const name = strrchr(SHIPPED[i].file, '/') + 1;
        const size_t length = strcspn(name, ".");

        if (strlen(country) == length && strncmp(name, country, length) == 0)
            return &SHIPPED[i];
    }
    return NULL;
}

bool
calendar_is_shipped(const char *country)
{
    return find_shipped(country) != NULL;
}

const char *
calendar_countries(Arena *arena)
{
    Text text = {.arena = arena};

    for (size_t i = 0; i < SHIPPED_COUNT; i++)
        text_add_format(&text, "%s%s", i == 0 ? "" : ", ", shipped_country(arena, &SHIPPED[i]));
    return text_get(&text);
}

const Calendar *
calendar_load(Arena *arena, const char *country, Problems *problems, Err *err)
{
    const CalendarFile *const file = find_shipped(country);

    if (file == NULL) {
        err_set(err, ERR_CONFIG, "country \"%s\" has no calendar; there are %s", country,
            calendar_countries(arena));
        return NULL;
    }

    const Calendar *const calendar =
        calendar_read(arena, file->file, file->bytes, file->length, problems);

    if (calendar == NULL)
        err_set(err, ERR_CONFIG, "could not read the calendar of \"%s\"", country);
    return calendar;
}

const char *
calendar_holiday(const Calendar *calendar, Day day)
{
    const size_t rule = covers(calendar, day) ? calendar->holiday[day - calendar->first] : 0;

    return rule == 0 ? NULL : calendar->rules[rule - 1].name;
}

DayClass
calendar_day_class(const Calendar *calendar, Day day)
{
    return covers(calendar, day) ? (DayClass)calendar->classes[day - calendar->first]
                                 : class_of_weekday(day);
}

// Day by day: the counts of contracts and laws are short, and there are no special cases.
Day
calendar_add_working(const Calendar *calendar, Day day, int32_t count)
{
    while (calendar_day_class(calendar, day) != DAY_WORKING && count == 0)
        day++;
    for (int32_t left = count; left > 0; left--)
        do
            day++;
        while (calendar_day_class(calendar, day) != DAY_WORKING);
    return day;
}
