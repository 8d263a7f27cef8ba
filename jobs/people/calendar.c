/*
 * calendar: the public holidays of a year, by which rule, and how many days of work are left in each month.
 */
#include "config/calendar.h"

#include "core/csv.h"
#include "core/text.h"
#include "core/width.h"
#include "jobs/frame/screen.h"

extern const Command command_calendar;

#define YEAR_LAST 2100
#define NAME_MIN  24  // columns of a holiday's name, at least

static const char *const WEEKDAYS[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

// One calendar in one year.
typedef struct Almanac
{
    const Calendar *calendar;
    int year;
    const Holiday *holidays;
    size_t count;
} Almanac;

static Day
month_start(int year, int month)
{
    return month > 12 ? day_from_civil(year + 1, 1, 1) : day_from_civil(year, month, 1);
}

// Business days of a month, 1 to 12, or of the whole year, 0.
static int32_t
business_days(const Almanac *almanac, Week week, int month)
{
    const Day from = month_start(almanac->year, month == 0 ? 1 : month);
    const Day to = month_start(almanac->year, month == 0 ? 13 : month + 1);

    return calendar_days_between(almanac->calendar, week, from - 1, to - 1);
}

static const char *
rule_text(Arena *arena, const Holiday *holiday)
{
    return holiday->instead ? arena_printf(arena, "day off in stead of %s", holiday->rule)
                            : holiday->rule;
}

// Each law once, in the order of the holidays.
static void
print_sources(Text *out, size_t columns, const Almanac *almanac)
{
    for (size_t i = 0; i < almanac->count; i++) {
        size_t k = 0;

        while (k < i && !text_equal(almanac->holidays[k].source, almanac->holidays[i].source))
            k++;
        if (k == i)
            screen_line(out, columns, "law", almanac->holidays[i].source);
    }
}

static size_t
widest_name(const Almanac *almanac)
{
    size_t widest = NAME_MIN;

    for (size_t i = 0; i < almanac->count; i++) {
        const size_t width = width_of(almanac->holidays[i].name);

        widest = width > widest ? width : widest;
    }
    return widest;
}

static void
print_text(const Job *job, const Almanac *almanac)
{
    const size_t columns = screen_columns(job), widest = widest_name(almanac);
    Arena *const arena = job->arena;
    Text out = {.arena = arena};

    text_add_format(&out, "%s (%s), %d\n", calendar_name(almanac->calendar),
        calendar_id(almanac->calendar), almanac->year);
    for (size_t i = 0; i < almanac->count; i++) {
        const Holiday *const holiday = &almanac->holidays[i];

        text_add_format(&out, "  %s  %-9s  ", day_print(arena, holiday->day),
            WEEKDAYS[day_weekday(holiday->day)]);
        screen_cell(&out, widest, holiday->name);
        text_add(&out, "  ");
        screen_wrap(&out, columns, 27 + widest, 27 + widest, rule_text(arena, holiday));
    }
    print_sources(&out, columns, almanac);
    text_add(&out, "Working days\n  month    Mon-Fri  Mon-Sat\n");
    for (int month = 1; month <= 12; month++)
        text_add_format(&out, "  %d-%02d  %7d  %7d\n", almanac->year, month,
            (int)business_days(almanac, WEEK_MON_FRI, month),
            (int)business_days(almanac, WEEK_MON_SAT, month));
    text_add_format(&out, "  year     %7d  %7d\n", (int)business_days(almanac, WEEK_MON_FRI, 0),
        (int)business_days(almanac, WEEK_MON_SAT, 0));
    fputs(text_get(&out), job->out);
}

static void
print_csv(const Job *job, const Almanac *almanac)
{
    static const char *const HEADER[] = {
        "calendar", "date", "weekday", "holiday", "rule", "instead", "source"};
    Text out = {.arena = job->arena};

    for (size_t i = 0; i < sizeof HEADER / sizeof HEADER[0]; i++)
        csv_add(&out, HEADER[i]);
    csv_end(&out);
    for (size_t i = 0; i < almanac->count; i++) {
        const Holiday *const holiday = &almanac->holidays[i];

        csv_add(&out, calendar_id(almanac->calendar));
        csv_add_day(&out, holiday->day);
        csv_add(&out, WEEKDAYS[day_weekday(holiday->day)]);
        csv_add(&out, holiday->name);
        csv_add(&out, holiday->rule);
        csv_add(&out, holiday->instead ? "1" : "0");
        csv_add(&out, holiday->source);
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

static json_t *
holiday_json(Arena *arena, const Holiday *holiday)
{
    return json_pack("{s:o, s:s, s:o, s:o, s:b, s:o}", "date", json_of_day(arena, holiday->day),
        "weekday", WEEKDAYS[day_weekday(holiday->day)], "name", json_of_text(arena, holiday->name),
        "rule", json_of_text(arena, holiday->rule), "instead", holiday->instead, "source",
        json_of_text(arena, holiday->source));
}

static void
print_json(const Job *job, const Almanac *almanac)
{
    Arena *const arena = job->arena;
    json_t *const holidays = json_array(), *const months = json_array();

    for (size_t i = 0; i < almanac->count; i++)
        json_array_append_new(holidays, holiday_json(arena, &almanac->holidays[i]));
    for (int month = 1; month <= 12; month++)
        json_array_append_new(
            months, json_pack("{s:i, s:i, s:i}", "month", month, "mon_fri",
                        (int)business_days(almanac, WEEK_MON_FRI, month), "mon_sat",
                        (int)business_days(almanac, WEEK_MON_SAT, month)));
    screen_json(
        job, json_pack("{s:s, s:o, s:i, s:o, s:o}", "calendar", calendar_id(almanac->calendar),
                 "name", json_of_text(arena, calendar_name(almanac->calendar)), "year",
                 almanac->year, "holidays", holidays, "working_days", months));
}

static bool
list(const Job *job, Err *err)
{
    const TextList countries = calendar_countries(job->arena);
    const size_t columns = screen_columns(job);
    Problems problems = {.arena = job->arena};
    Text out = {.arena = job->arena};
    json_t *const all = json_array();

    for (size_t i = 0; i < countries.count; i++) {
        const char *const id = countries.items[i];
        const char *const regions = calendar_regions(job->arena, id);
        const Calendar *const calendar = calendar_load(job->arena, id, &problems, err);

        if (calendar == NULL) {
            json_decref(all);
            return false;
        }
        screen_line(&out, columns, id,
            *regions == '\0'
                ? calendar_name(calendar)
                : arena_printf(job->arena, "%s; regions %s", calendar_name(calendar), regions));
        json_array_append_new(all, json_pack("{s:s, s:o, s:o}", "calendar", id, "name",
                                       json_of_text(job->arena, calendar_name(calendar)), "regions",
                                       json_of_text(job->arena, regions)));
    }
    if (job->format == FORMAT_JSON) {
        screen_json(job, all);
        return true;
    }
    json_decref(all);
    fputs(text_get(&out), job->out);
    return true;
}

static bool
calendar_run(Job *job, Err *err)
{
    Almanac almanac = {0};
    Problems problems = {.arena = job->arena};
    int month, day;
    int64_t year = 0;

    if (job->argument_count == 0)
        return job->format == FORMAT_CSV
                   ? err_set(err, ERR_CONFIG, "the list of calendars is text or json")
                   : list(job, err);
    day_to_civil(job->day, &almanac.year, &month, &day);
    if (job->argument_count == 2) {
        if (!text_parse_int(job->arguments[1], &year) || year < YEAR_MIN || year > YEAR_LAST)
            return err_set(err, ERR_CONFIG, "\"%s\" is no year from %d to %d",
                text_clean(job->arena, job->arguments[1]), YEAR_MIN, YEAR_LAST);
        almanac.year = (int)year;
    }
    almanac.calendar =
        calendar_load(job->arena, text_clean(job->arena, job->arguments[0]), &problems, err);
    if (almanac.calendar == NULL)
        return false;
    almanac.holidays = calendar_holidays(job->arena, almanac.calendar, month_start(almanac.year, 1),
        month_start(almanac.year, 13) - 1, &almanac.count);
    if (job->format == FORMAT_JSON)
        print_json(job, &almanac);
    else if (job->format == FORMAT_CSV)
        print_csv(job, &almanac);
    else
        print_text(job, &almanac);
    return true;
}

const Command command_calendar = {
    .name = "calendar",
    .summary = "print the public holidays and working days of a year",
    .usage = "[CALENDAR [YEAR]]",
    .description =
        "Prints the holidays of a country (FR) or a region of one (FR-57, GB-SCT) in a year, this "
        "year by default: the day, its name, the rule it comes from and the law; then the working "
        "days of each month, Monday to Friday and Monday to Saturday without holidays. Without a "
        "calendar it lists those there are: the setting calendar may name any of them.",
    .needs = TAKES_FORMAT,
    .arguments_max = 2,
    .examples = (const char *const[]){"vigie calendar", "vigie calendar FR 2026",
        "vigie calendar GB-SCT", NULL},
    .run = calendar_run,
};
