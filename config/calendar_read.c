/*
 * Calendars out of their files. A file holds a country's rules and then its regions, each with holidays of its own and
 * maybe without some of the country's; the calendar of a region is built from both.
 */
#include "config/calendar.h"

#include "config/holiday.h"
#include "config/reader.h"

#include "config/calendars.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const WEEKDAYS[] = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

typedef struct Rules
{
    Arena *arena;
    HolidayRule *items;
    size_t count, capacity;
} Rules;

static void
read_month_day(Reader *reader, const Node *node, const char *key, HolidayRule *rule)
{
    const char *const text = reader_text(reader, node, key, REQUIRED);
    int64_t month = 0, day = 0;

    if (strlen(text) == 5 && text[2] == '-' &&
        text_parse_int(arena_copy_bytes(reader->arena, text, 2), &month) &&
        text_parse_int(text + 3, &day) && day_is_valid(2000, (int)month, (int)day)) {
        rule->month = (int)month;
        rule->day = (int)day;
    } else if (*text != '\0')
        reader_problem(
            reader, node_child(node, key), "\"%s\" is no day of the year like 12-25", text);
}

static void
read_weekday(Reader *reader, const Node *node, HolidayRule *rule)
{
    rule->weekday = reader_choice(reader, node, "weekday", REQUIRED, WEEKDAYS, 7);
    if (node_child(node, "on_or_after") != NULL) {
        rule->kind = HOLIDAY_ON_OR_AFTER;
        read_month_day(reader, node, "on_or_after", rule);
        return;
    }
    rule->kind = HOLIDAY_NTH;
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
        rule->kind = HOLIDAY_FIXED;
        read_month_day(reader, node, "fixed", rule);
    } else if (node_child(node, "easter") != NULL) {
        rule->kind = HOLIDAY_EASTER;
        rule->easter = (int)reader_int(reader, node, "easter", REQUIRED, -60, 120, 0);
    } else if (node_child(node, "weekday") != NULL) {
        read_weekday(reader, node, rule);
    } else {
        rule->kind = HOLIDAY_DATE;
        rule->date = reader_day(reader, node, "date", REQUIRED);
    }
}

// {sunday: -1}: a holiday that falls on a Sunday is kept the day before.
static void
read_moves(Reader *reader, const Node *node, HolidayRule *rule)
{
    const Node *const moves = node_child(node, "moved");

    if (moves == NULL || !reader_keys(reader, moves, WEEKDAYS, 7))
        return;
    for (int weekday = 0; weekday < 7; weekday++)
        rule->moved[weekday] =
            (int)reader_int(reader, moves, WEEKDAYS[weekday], OPTIONAL, -6, 6, 0);
}

static HolidayRule
read_rule(Reader *reader, const Node *node, const char *source)
{
    static const char *const KEYS[] = {"name", "fixed", "easter", "weekday", "nth", "month",
        "on_or_after", "date", "valid_from", "valid_to", "moved", "observed", "source"};
    static const char *const OBSERVED[] = {"nearest", "next"};
    HolidayRule rule = {0};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return rule;
    rule.name = reader_text(reader, node, "name", REQUIRED);
    rule.source = reader_text(reader, node, "source", OPTIONAL);
    if (*rule.source == '\0')
        rule.source = source;
    rule.valid_from = (int)reader_int(reader, node, "valid_from", OPTIONAL, 1, 9999, 1);
    rule.valid_to = (int)reader_int(reader, node, "valid_to", OPTIONAL, 1, 9999, 9999);
    rule.observed = reader_choice(reader, node, "observed", OPTIONAL, OBSERVED, 2);
    if (rule.valid_to < rule.valid_from)
        reader_problem(reader, node, "valid_to is before valid_from");
    read_kind(reader, node, &rule);
    read_moves(reader, node, &rule);
    return rule;
}

static void
read_rules(Reader *reader, const Node *mapping, Need need, Rules *rules)
{
    const char *const source = reader_text(reader, mapping, "source", REQUIRED);
    const Node *const list = reader_sequence(reader, mapping, "holidays", need);

    for (const Node *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        ARENA_PUSH(rules, read_rule(reader, item, source));
    if (rules->count > HOLIDAYS_MAX)
        reader_problem(reader, list, "more than %d holidays", HOLIDAYS_MAX);
}

// Leave out all rules of a name; it is a slip of the pen when there are none.
static void
leave_out(Reader *reader, const Node *region, const char *name, Rules *rules)
{
    size_t kept = 0;

    for (size_t i = 0; i < rules->count; i++)
        if (strcmp(rules->items[i].name, name) != 0)
            rules->items[kept++] = rules->items[i];
    if (kept == rules->count)
        reader_problem(
            reader, node_child(region, "without"), "the country has no holiday \"%s\"", name);
    rules->count = kept;
}

typedef struct RegionFile
{
    TextList ids;
    const char *name;
    Rules rules;
} RegionFile;

static RegionFile
read_region(Reader *reader, const Node *node, const Rules *country)
{
    static const char *const KEYS[] = {"ids", "name", "source", "holidays", "without"};
    RegionFile region = {.name = "", .rules = {.arena = reader->arena}};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return region;
    region.ids = reader_texts(reader, node, "ids", REQUIRED);
    region.name = reader_text(reader, node, "name", REQUIRED);
    for (size_t i = 0; i < country->count; i++)
        ARENA_PUSH(&region.rules, country->items[i]);

    const TextList without = reader_texts(reader, node, "without", OPTIONAL);

    for (size_t i = 0; i < without.count; i++)
        leave_out(reader, node, without.items[i], &region.rules);
    read_rules(reader, node, OPTIONAL, &region.rules);
    return region;
}

static bool
has_id(const RegionFile *region, const char *id)
{
    for (size_t i = 0; i < region->ids.count; i++)
        if (strcmp(region->ids.items[i], id) == 0)
            return true;
    return false;
}

typedef struct CountryFile
{
    const char *country, *name;
    Rules rules;
    struct
    {
        Arena *arena;
        RegionFile *items;
        size_t count, capacity;
    } regions;
} CountryFile;

// Everything in the file is read, whichever region is asked for: a mistake shows at once.
static bool
read_file(Reader *reader, const char *bytes, size_t length, CountryFile *out)
{
    static const char *const KEYS[] = {"country", "name", "source", "holidays", "regions"};
    const size_t before = reader->problems->count;
    const Node *const root =
        yaml_read(reader->arena, reader->file, bytes, length, reader->problems);

    if (root == NULL || !reader_keys(reader, root, KEYS, COUNT_OF(KEYS)))
        return false;
    *out = (CountryFile){.country = reader_text(reader, root, "country", REQUIRED),
        .name = reader_text(reader, root, "name", REQUIRED),
        .rules = {.arena = reader->arena},
        .regions = {.arena = reader->arena}};
    read_rules(reader, root, REQUIRED, &out->rules);

    const Node *const list = reader_sequence(reader, root, "regions", OPTIONAL);

    for (const Node *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        ARENA_PUSH(&out->regions, read_region(reader, item, &out->rules));
    return reader->problems->count == before;
}

const Calendar *
calendar_read(Arena *arena, const char *file, const char *bytes, size_t length, const char *region,
    Problems *problems)
{
    Reader reader = {.arena = arena, .problems = problems, .file = file};
    CountryFile country;

    if (!read_file(&reader, bytes, length, &country))
        return NULL;
    if (*region == '\0')
        return calendar_build(
            arena, country.country, country.name, country.rules.items, country.rules.count);
    for (size_t i = 0; i < country.regions.count; i++) {
        const RegionFile *const found = &country.regions.items[i];

        if (has_id(found, region))
            return calendar_build(arena, arena_printf(arena, "%s-%s", country.country, region),
                arena_printf(arena, "%s, %s", country.name, found->name), found->rules.items,
                found->rules.count);
    }
    return NULL;
}

// ---- what ships ----

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

static const CalendarFile *
find_shipped(const char *id)
{
    const size_t wanted = strcspn(id, "-");

    for (size_t i = 0; i < COUNT_OF(SHIPPED); i++) {
        const char *const name = strrchr(SHIPPED[i].file, '/') + 1;

        if (strcspn(name, ".") == wanted && strncmp(id, name, wanted) == 0)
            return &SHIPPED[i];
    }
    return NULL;
}

// "57" of "FR-57"; "" of "FR".
static const char *
region_of(const char *id)
{
    const char *const dash = strchr(id, '-');

    return dash == NULL ? "" : dash + 1;
}

TextList
calendar_countries(Arena *arena)
{
    const char **const ids = ARENA_ARRAY(arena, const char *, COUNT_OF(SHIPPED));

    for (size_t i = 0; i < COUNT_OF(SHIPPED); i++) {
        const char *const name = strrchr(SHIPPED[i].file, '/') + 1;

        ids[i] = arena_copy_bytes(arena, name, strcspn(name, "."));
    }
    return (TextList){.items = ids, .count = COUNT_OF(SHIPPED)};
}

const char *
calendar_regions(Arena *arena, const char *country)
{
    const CalendarFile *const file = find_shipped(country);
    Problems problems = {.arena = arena};
    Reader reader = {.arena = arena, .problems = &problems};
    Text text = {.arena = arena};
    CountryFile found;

    if (file == NULL)
        return "";
    reader.file = file->file;
    if (!read_file(&reader, file->bytes, file->length, &found))
        return "";
    for (size_t i = 0; i < found.regions.count; i++) {
        const RegionFile *const region = &found.regions.items[i];

        text_add(&text, i == 0 ? "" : "; ");
        for (size_t k = 0; k < region->ids.count; k++)
            text_add_format(&text, "%s%s", k == 0 ? "" : ", ", region->ids.items[k]);
        text_add_format(&text, " (%s)", region->name);
    }
    return text_get(&text);
}

// No such region, or no such country: the error names what there is.
static void
unknown(Arena *arena, const char *id, bool country, Err *err)
{
    const TextList countries = calendar_countries(arena);
    const char *const regions = country ? calendar_regions(arena, id) : "";
    Text text = {.arena = arena};

    for (size_t i = 0; i < countries.count; i++)
        text_add_format(&text, "%s%s", i == 0 ? "" : ", ", countries.items[i]);
    if (*regions != '\0')
        err_set(err, ERR_CONFIG, "\"%s\" has no calendar; regions of %.*s are %s", id,
            (int)strcspn(id, "-"), id, regions);
    else
        err_set(err, ERR_CONFIG, "\"%s\" has no calendar; there are %s", id, text_get(&text));
}

const Calendar *
calendar_load(Arena *arena, const char *id, Problems *problems, Err *err)
{
    const CalendarFile *const file = find_shipped(id);
    const size_t before = problems->count;
    const Calendar *const calendar = file == NULL ? NULL
                                                  : calendar_read(arena, file->file, file->bytes,
                                                        file->length, region_of(id), problems);

    if (calendar == NULL && problems->count > before)
        err_set(err, ERR_CONFIG, "could not read the calendar of \"%s\"", id);
    else if (calendar == NULL)
        unknown(arena, id, file != NULL, err);
    return calendar;
}
