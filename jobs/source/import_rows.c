#include "jobs/source/import_rows.h"

#include "core/milestone.h"
#include "core/money.h"
#include "core/text.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define GRAMS_MAX   1e9  // a thousand tons are no parcel
#define SHOWN_BYTES 80   // of a value that is complained about
#define KEY_BYTES   200  // of the shipment_id of a bad row

static int
column_named(const PlainShape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (text_equal_folded(shape->columns[i].name, name))
            return (int)i;
    return -1;
}

static void
unrecognized_column(
    Problems *problems, const PlainShape *shape, const char *file, size_t line, const char *name)
{
    const char *names[IMPORT_COLUMNS_MAX];

    for (size_t i = 0; i < shape->count; i++)
        names[i] = shape->columns[i].name;

    const char *const nearest = text_nearest(name, names, shape->count);

    if (nearest != NULL)
        problem_add(problems, file, line, 0, "",
            "unrecognized column \"%s\" (did you mean \"%s\"?)", name, nearest);
    else
        problem_add(problems, file, line, 0, "", "unrecognized column \"%s\"", name);
}

static void
missing_columns(const ImportHeader *header, const char *file, size_t line, Problems *problems)
{
    const PlainShape *const shape = header->shape;

    for (size_t i = 0; i < shape->count; i++)
        if (shape->columns[i].required && !header->present[i])
            problem_add(
                problems, file, line, 0, "", "column \"%s\" is missing", shape->columns[i].name);

    const int code = column_named(shape, "code"), milestone = column_named(shape, "milestone");

    if (code >= 0 && !header->present[code] && !header->present[milestone])
        problem_add(
            problems, file, line, 0, "", "one of the columns \"code\" and \"milestone\" is needed");
}

bool
import_header(const PlainShape *shape, const char *file, const CsvRecord *record, ImportHeader *out,
    Problems *problems)
{
    const size_t before = problems->count, line = (size_t)record->line;
    ImportHeader header = {.shape = shape, .field_count = record->count};

    assert(shape->count <= IMPORT_COLUMNS_MAX);
    for (size_t i = 0; i < shape->count; i++)
        header.field_of[i] = -1;
    for (size_t i = 0; i < record->count; i++) {
        const char *const name = text_clean(problems->arena, record->fields[i]);
        const int column = column_named(shape, name);

        if (column < 0)
            unrecognized_column(problems, shape, file, line, name);
        else if (header.present[column])
            problem_add(problems, file, line, 0, "", "column \"%s\" occurs twice", name);
        else {
            header.field_of[column] = (int)i;
            header.present[column] = true;
        }
    }
    missing_columns(&header, file, line, problems);
    if (problems->count > before)
        return false;
    *out = header;
    return true;
}

// What a row is checked against, and where its faults go.
typedef struct Checker
{
    const ImportHeader *header;
    const ImportRules *rules;
    Arena *arena;
    const CsvRecord *record;
    const char *currency;  // of the row's amounts
    ImportFault *fault;
} Checker;

// A value for people: clean, short, in quotes, after the column's name.
static const char *
shown(const Checker *checker, const char *column, const char *value)
{
    const size_t length = strlen(value);
    const char *const cut =
        length <= SHOWN_BYTES ? value : arena_printf(checker->arena, "%.*s...", SHOWN_BYTES, value);

    return arena_printf(checker->arena, "%s \"%s\"", column, text_clean(checker->arena, cut));
}

static bool
refuse(const Checker *checker, const char *reason, const char *detail)
{
    checker->fault->reason = reason;
    checker->fault->detail = detail;
    return false;
}

static bool
check_bytes(const Checker *checker, const PlainColumn *column, const char *field, size_t length)
{
    if (strlen(field) != length)
        return refuse(checker, "zero byte", shown(checker, column->name, field));
    if (length > column->limit)
        return refuse(checker, "text is too long",
            arena_printf(
                checker->arena, "%s: %zu bytes, at most %zu", column->name, length, column->limit));
    if (!text_is_utf8(field, length))
        return refuse(checker, "invalid UTF-8", shown(checker, column->name, field));
    return true;
}

static bool
check_instant(const Checker *checker, const PlainColumn *column, const char **value)
{
    Instant at;
    int64_t wall;
    Day day;

    if (column->kind == PLAIN_PROMISE && day_parse(*value, &day))
        at = zone_day_end(checker->rules->promise_zone, day);
    else if (wall_parse(*value, &wall))
        at = zone_instant(checker->rules->zone, wall);
    else if (!instant_parse(*value, &at))
        return refuse(checker, "invalid date", shown(checker, column->name, *value));
    *value = instant_print(checker->arena, at);
    return true;
}

static bool
check_amount(const Checker *checker, const PlainColumn *column, const char **value)
{
    Money money;
    Err err = {0};

    if (!money_parse(*value, checker->currency, &money, &err))
        return refuse(checker, "amount cannot be read",
            arena_printf(
                checker->arena, "%s: %s", column->name, text_clean(checker->arena, err.text)));
    if (money.minor < 0)
        return refuse(checker, "amount is negative", shown(checker, column->name, *value));
    *value = money_amount(checker->arena, money);
    return true;
}

static bool
check_grams(const Checker *checker, const PlainColumn *column, const char **value)
{
    double grams;

    if (!text_parse_real(*value, &grams) || grams > GRAMS_MAX)
        return refuse(checker, "invalid weight", shown(checker, column->name, *value));
    if (grams < 0)
        return refuse(checker, "weight is negative", shown(checker, column->name, *value));
    *value = arena_printf(checker->arena, "%.0f", fabs(round(grams)));  // "-0" is 0
    return true;
}

static bool
check_bool(const Checker *checker, const PlainColumn *column, const char **value)
{
    static const char *const words[][2] = {
        {"true", "false"}, {"t", "f"}, {"yes", "no"}, {"y", "n"}, {"1", "0"}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (size_t no = 0; no < 2; no++)
            if (text_equal_folded(*value, words[i][no])) {
                *value = words[0][no];
                return true;
            }
    return refuse(checker, "neither yes nor no", shown(checker, column->name, *value));
}

static bool
check_value(const Checker *checker, const PlainColumn *column, const char **value)
{
    switch (column->kind) {
    case PLAIN_INSTANT:
    case PLAIN_PROMISE:
        return check_instant(checker, column, value);
    case PLAIN_AMOUNT:
        return check_amount(checker, column, value);
    case PLAIN_CURRENCY:
        *value = checker->currency;
        return true;
    case PLAIN_GRAMS:
        return check_grams(checker, column, value);
    case PLAIN_BOOL:
        return check_bool(checker, column, value);
    default:
        return true;
    }
}

static const char *
field_named(const Checker *checker, const char *name)
{
    const int column = column_named(checker->header->shape, name);
    const int field = column < 0 ? -1 : checker->header->field_of[column];

    return field < 0 ? "" : checker->record->fields[field];
}

// The row's own currency in capitals, else that of the settings.
static bool
find_currency(Checker *checker)
{
    const char *const own = field_named(checker, "currency");

    checker->currency = checker->rules->currency;
    if (*own == '\0')
        return true;

    char *const capitals = arena_copy(checker->arena, own);

    for (char *c = capitals; *c != '\0'; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    checker->currency = capitals;
    return currency_digits(capitals) >= 0 ||
           refuse(checker, "unrecognized currency", shown(checker, "currency", own));
}

// A scan must say something that can be understood, now or once its code is mapped.
static bool
check_meaning(const Checker *checker)
{
    const char *const milestone = field_named(checker, "milestone");
    Milestone known;

    if (checker->header->shape != plain_shape(PLAIN_SCANS) || *field_named(checker, "code") != '\0')
        return true;
    if (*milestone == '\0')
        return refuse(checker, "neither code nor milestone", "");
    return milestone_parse(milestone, &known) ||
           refuse(checker, "unrecognized milestone without a code",
               shown(checker, "milestone", milestone));
}

static bool
check_fields(const Checker *checker, const char **values)
{
    const ImportHeader *const header = checker->header;

    for (size_t i = 0; i < header->shape->count; i++) {
        const PlainColumn *const column = &header->shape->columns[i];
        const int field = header->field_of[i];

        values[i] = NULL;
        if (field < 0)
            continue;
        if (checker->record->lengths[field] > 0) {
            values[i] = checker->record->fields[field];
            if (!check_value(checker, column, &values[i]))
                return false;
        } else if (column->required)
            return refuse(checker, "value is missing", column->name);
    }
    return true;
}

static bool
check_all_bytes(const Checker *checker)
{
    const ImportHeader *const header = checker->header;

    for (size_t i = 0; i < header->shape->count; i++) {
        const int field = header->field_of[i];

        if (field >= 0 && !check_bytes(checker, &header->shape->columns[i],
                              checker->record->fields[field], checker->record->lengths[field]))
            return false;
    }
    return true;
}

bool
import_row(const ImportHeader *header, const ImportRules *rules, Arena *arena,
    const CsvRecord *record, const char **values, ImportFault *fault)
{
    Checker checker = {
        .header = header, .rules = rules, .arena = arena, .record = record, .fault = fault};

    *fault = (ImportFault){"", "", ""};
    if (record->problem != NULL)
        return refuse(&checker, "record cannot be read", record->problem);
    if (record->count != header->field_count)
        return refuse(&checker, "wrong number of fields",
            arena_printf(arena, "%zu, the header has %zu", record->count, header->field_count));
    if (check_all_bytes(&checker) && find_currency(&checker) && check_meaning(&checker) &&
        check_fields(&checker, values))
        return true;
    fault->key = text_clean(
        arena, arena_printf(arena, "%.*s", KEY_BYTES, field_named(&checker, "shipment_id")));
    return false;
}
