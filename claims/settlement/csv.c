/*
 * Settlements as CSV. Carriers write what their accounting prints, so the layout is data; what a line says is kept even
 * where it cannot be used, for a person to read.
 */
#include "claims/settlement/lines.h"

#include "core/csv.h"
#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct Sheet
{
    Arena *arena;
    const SettlementMap *map;
    int64_t places[SETTLEMENT_COLUMNS];  // of columns in the record, -1 where the file has none
    bool has_header;
    size_t width;
    struct
    {
        Arena *arena;
        SettlementLine *items;
        size_t count, capacity;
    } lines;
} Sheet;

static void
trim(const char **text, size_t *length)
{
    while (*length > 0 && strchr(" \t", **text) != NULL) {
        (*text)++;
        (*length)--;
    }
    while (*length > 0 && strchr(" \t", (*text)[*length - 1]) != NULL)
        (*length)--;
}

// A field in UTF-8 without spaces around it; false when it is not of the layout's encoding.
static bool
field_text(const Sheet *sheet, const CsvRecord *record, size_t place, const char **out)
{
    const char *bytes = record->fields[place];
    size_t length = record->lengths[place];

    trim(&bytes, &length);
    return encoding_to_utf8(sheet->arena, sheet->map->encoding, bytes, length, out);
}

static bool
find_column(Sheet *sheet, const CsvRecord *record, size_t column, Err *err)
{
    const char *const name = sheet->map->columns[column];
    const char *title;

    sheet->places[column] = -1;
    for (size_t i = 0; *name != '\0' && i < record->count; i++) {
        if (!field_text(sheet, record, i, &title) || !text_equal_folded(title, name))
            continue;
        if (sheet->places[column] >= 0)
            return err_set(err, ERR_DATA, "the header has column \"%s\" twice", name);
        sheet->places[column] = (int64_t)i;
    }
    return true;
}

// The generic layout may lack any column but the amount; a layout of a carrier's must fit its file.
static bool
read_header(Sheet *sheet, const CsvRecord *record, Err *err)
{
    const bool generic = sheet->map->carriers.count == 0;

    if (record->problem != NULL)
        return err_set(err, ERR_DATA, "the header: %s", record->problem);
    for (size_t i = 0; i < SETTLEMENT_COLUMNS; i++) {
        if (!find_column(sheet, record, i, err))
            return false;
        if (sheet->places[i] < 0 && *sheet->map->columns[i] != '\0' &&
            (!generic || i == SETTLEMENT_AMOUNT))
            return err_set(err, ERR_DATA, "the header has no column \"%s\" (layout \"%s\")",
                sheet->map->columns[i], sheet->map->id);
    }
    sheet->has_header = true;
    sheet->width = record->count;
    return true;
}

// Three numbers between dots, slashes or dashes.
static bool
three_numbers(const char *text, int64_t numbers[3])
{
    for (int i = 0; i < 3; i++) {
        const size_t length = strspn(text, "0123456789");

        if (length == 0 || length > 4)
            return false;
        numbers[i] = 0;
        for (size_t k = 0; k < length; k++)
            numbers[i] = 10 * numbers[i] + (text[k] - '0');
        text += length;
        if (i < 2 && (*text == '\0' || strchr("./-", *text++) == NULL))
            return false;
    }
    return *text == '\0';
}

static bool
read_day(const char *text, DateStyle style, Day *out)
{
    int64_t numbers[3];

    if (style == DATE_ISO)
        return day_parse(text, out);
    if (!three_numbers(text, numbers))
        return false;

    const int first = (int)numbers[0], second = (int)numbers[1], year = (int)numbers[2];
    const int day = style == DATE_DAY_FIRST ? first : second;
    const int month = style == DATE_DAY_FIRST ? second : first;

    if (year < YEAR_MIN || year > YEAR_MAX || !day_is_valid(year, month, day))
        return false;
    *out = day_from_civil(year, month, day);
    return true;
}

// "1 234,50" with any of the spaces that typographers and spreadsheets put between groups, or Swiss apostrophes.
static const char *
plain_spaces(Arena *arena, const char *text)
{
    static const char *const spaces[] = {
        "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "'", "\xE2\x80\x99"};
    Text out = {.arena = arena};

    while (*text != '\0') {
        size_t taken = 0;

        for (size_t i = 0; taken == 0 && i < sizeof spaces / sizeof spaces[0]; i++)
            if (text_starts_with(text, spaces[i]))
                taken = strlen(spaces[i]);
        text_add_bytes(&out, taken > 0 ? " " : text, 1);
        text += taken > 0 ? taken : 1;
    }
    return text_get(&out);
}

static void
read_amount(const Sheet *sheet, SettlementLine *line, const char *currency)
{
    Err err = {0};

    if (text_is_empty(line->amount_text)) {
        if (text_is_empty(line->reason))
            line->problem = "neither an amount nor a reason";
        return;
    }
    if (text_is_empty(currency))
        line->problem = "an amount without a currency";
    else if (!settlement_amount(plain_spaces(sheet->arena, line->amount_text), sheet->map->decimal,
                 currency, &line->amount, &err))
        line->problem = text_clean(sheet->arena, arena_copy(sheet->arena, err.text));
}

static void
read_values(Sheet *sheet, const char *const *values, SettlementLine *line)
{
    const char *const currency =
        *values[SETTLEMENT_CURRENCY] != '\0' ? values[SETTLEMENT_CURRENCY] : sheet->map->currency;

    line->reference = values[SETTLEMENT_REFERENCE];
    line->tracking_number = values[SETTLEMENT_TRACKING_NUMBER];
    line->credit_note = values[SETTLEMENT_CREDIT_NOTE];
    line->reason = values[SETTLEMENT_REASON];
    line->amount_text = values[SETTLEMENT_AMOUNT];
    if (*values[SETTLEMENT_DATE] != '\0' &&
        !read_day(values[SETTLEMENT_DATE], sheet->map->date, &line->day))
        line->problem = arena_printf(sheet->arena, "invalid date \"%s\"", values[SETTLEMENT_DATE]);
    read_amount(sheet, line, currency);
}

static SettlementLine
read_line(Sheet *sheet, const CsvRecord *record)
{
    SettlementLine line = {.line = record->line,
        .reference = "",
        .tracking_number = "",
        .credit_note = "",
        .reason = "",
        .amount_text = "",
        .day = DAY_NONE,
        .problem = ""};
    const char *values[SETTLEMENT_COLUMNS];

    if (record->problem != NULL) {
        line.problem = arena_copy(sheet->arena, record->problem);
        return line;
    }
    if (record->count != sheet->width) {
        line.problem = arena_printf(
            sheet->arena, "%zu fields, but the header has %zu", record->count, sheet->width);
        return line;
    }
    for (size_t i = 0; i < SETTLEMENT_COLUMNS; i++) {
        const int64_t place = sheet->places[i];

        values[i] = "";
        if (place >= 0 && !field_text(sheet, record, (size_t)place, &values[i])) {
            line.problem = arena_printf(sheet->arena, "the text in column \"%s\" is not in %s",
                sheet->map->columns[i], ENCODING_NAMES[sheet->map->encoding]);
            return line;
        }
        values[i] = text_clean(sheet->arena, values[i]);
    }
    read_values(sheet, values, &line);
    settlement_limit(sheet->arena, &line);
    return line;
}

static bool
visit(void *data, const CsvRecord *record, Err *err)
{
    Sheet *const sheet = data;

    if (!sheet->has_header)
        return read_header(sheet, record, err);
    ARENA_PUSH(&sheet->lines, read_line(sheet, record));
    return true;
}

bool
settlement_read_csv(Arena *arena, const char *bytes, size_t length, const SettlementMap *map,
    SettlementLines *out, Err *err)
{
    Sheet sheet = {.arena = arena, .map = map, .lines = {.arena = arena}};
    union
    {
        const char *given;
        void *wanted;
    } buffer = {.given = bytes};  // fmemopen() only reads what is opened for reading
    FILE *const stream = length > 0 ? fmemopen(buffer.wanted, length, "rb") : NULL;

    if (stream == NULL)
        return err_set(err, ERR_DATA, "the file is empty");

    const bool read = csv_read(stream, map->separator, visit, &sheet, err);

    fclose(stream);
    if (!read)
        return false;
    if (!sheet.has_header)
        return err_set(err, ERR_DATA, "the file has no header");
    *out = (SettlementLines){.items = sheet.lines.items, .count = sheet.lines.count};
    return true;
}
