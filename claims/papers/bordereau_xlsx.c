/*
 * The bordereau as a sheet. Texts are written as strings, which no program computes; the dates of the
 * file are as-of. The one door to libxlsxwriter, which writes to a file only: it gets one without a
 * name, so that nothing is left behind when the program dies.
 */
#include "claims/papers/bordereau.h"

#include "claims/papers/desk.h"
#include "core/claim_words.h"
#include "core/text.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <xlsxwriter.h>

#define TEXT_MAX 32000  // bytes in a cell; the format allows 32,767 characters

typedef struct Sheet
{
    const Desk *desk;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *date, *time, *text, *amounts[4];  // by digits of the currency
    lxw_row_t row;
} Sheet;

typedef void CellWrite(Sheet *sheet, const Claim *claim, lxw_col_t column);

static void
write_text(Sheet *sheet, lxw_col_t column, const char *text, lxw_format *format)
{
    const char *const clean = text_clean(sheet->desk->arena, text);
    const size_t length = strlen(clean);
    size_t end = length < TEXT_MAX ? length : TEXT_MAX;

    while (end < length && ((unsigned char)clean[end] & 0xC0) == 0x80)
        end--;
    if (end > 0)
        worksheet_write_string(sheet->sheet, sheet->row, column,
            arena_copy_bytes(sheet->desk->arena, clean, end), format);
}

static void
write_count(Sheet *sheet, lxw_col_t column, int64_t count)
{
    worksheet_write_number(sheet->sheet, sheet->row, column, (double)count, NULL);
}

// The nearest double prints as the amount; the sheet computes nothing with it.
static void
write_amount(Sheet *sheet, lxw_col_t column, Money money)
{
    const int digits = currency_digits(money.currency);

    if (money_is_known(money) && digits >= 0 && digits <= 3)
        worksheet_write_number(sheet->sheet, sheet->row, column,
            (double)money.minor / pow(10, digits), sheet->amounts[digits]);
}

static void
write_day(Sheet *sheet, lxw_col_t column, Day day)
{
    lxw_datetime at = {0};

    if (day == DAY_NONE)
        return;
    day_to_civil(day, &at.year, &at.month, &at.day);
    worksheet_write_datetime(sheet->sheet, sheet->row, column, &at, sheet->date);
}

static void
write_time(Sheet *sheet, lxw_col_t column, Instant at)
{
    lxw_datetime local = {0};

    if (at == INSTANT_NONE)
        return;

    const Day day = zone_day(sheet->desk->zone, at);
    const Instant seconds = at / SECOND + zone_offset_seconds(sheet->desk->zone, at);

    day_to_civil(day, &local.year, &local.month, &local.day);
    local.hour = zone_hour(sheet->desk->zone, at);
    local.min = (int)(seconds / 60 % 60);
    local.sec = (double)(seconds % 60);
    worksheet_write_datetime(sheet->sheet, sheet->row, column, &local, sheet->time);
}

#define TEXT_CELL(name)                                                                            \
    static void cell_##name(Sheet *sheet, const Claim *claim, lxw_col_t column)                    \
    {                                                                                              \
        write_text(sheet, column, claim->name, sheet->text);                                       \
    }
TEXT_CELL(tracking_number)
TEXT_CELL(service)
TEXT_CELL(last_scan)
TEXT_CELL(origin)
TEXT_CELL(destination)
TEXT_CELL(destination_postcode)
TEXT_CELL(order_reference)
TEXT_CELL(invoice_reference)
TEXT_CELL(contents)
TEXT_CELL(clause)

static void
cell_reference(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_text(sheet, column, claim_reference(sheet->desk->arena, claim->number), sheet->text);
}

static void
cell_ground(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_text(sheet, column,
        words_claim_ground(tongue_language(sheet->desk->tongue), claim->ground), sheet->text);
}

static void
cell_accepted_at(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_time(sheet, column, claim->accepted_at);
}

static void
cell_last_scan_at(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_time(sheet, column, claim->last_scan_at);
}

static void
cell_weight(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    if (claim->weight_grams > 0)
        write_count(sheet, column, claim->weight_grams);
}

static void
cell_value(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_amount(sheet, column, claim->value);
}

static void
cell_value_currency(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_text(sheet, column, claim->value.currency, sheet->text);
}

static void
cell_payable(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_amount(sheet, column, claim->payable);
}

static void
cell_currency(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_text(sheet, column, claim->payable.currency, sheet->text);
}

static void
cell_opens_on(Sheet *sheet, const Claim *claim, lxw_col_t column)
{
    write_day(sheet, column, claim->opens_on);
}

static const struct
{
    const char *word;  // of the header
    CellWrite *write;
    double width;  // in characters
} columns[] = {
    {"reference", cell_reference, 13},
    {"ground", cell_ground, 15},
    {"tracking_number", cell_tracking_number, 22},
    {"service", cell_service, 20},
    {"order_reference", cell_order_reference, 16},
    {"invoice_reference", cell_invoice_reference, 16},
    {"contents", cell_contents, 32},
    {"weight_grams", cell_weight, 12},
    {"value", cell_value, 14},
    {"value_currency", cell_value_currency, 10},
    {"payable", cell_payable, 14},
    {"currency", cell_currency, 9},
    {"clause", cell_clause, 24},
    {"opens_on", cell_opens_on, 13},
    {"accepted_at", cell_accepted_at, 17},
    {"last_scan_at", cell_last_scan_at, 17},
    {"last_scan", cell_last_scan, 30},
    {"origin", cell_origin, 18},
    {"destination", cell_destination, 18},
    {"destination_postcode", cell_destination_postcode, 12},
};
#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

static void
head_put(Sheet *sheet, lxw_col_t column, const char *word, double width)
{
    worksheet_set_column(sheet->sheet, column, column, width, NULL);
    write_text(sheet, column, desk_word(sheet->desk, word), sheet->head);
}

static void
write_claims(Sheet *sheet, const Bordereau *bordereau)
{
    const lxw_row_t last = (lxw_row_t)bordereau->count;

    sheet->sheet = workbook_add_worksheet(sheet->book, desk_word(sheet->desk, "sheet_claims"));
    sheet->row = 0;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        head_put(sheet, (lxw_col_t)i, columns[i].word, columns[i].width);
    worksheet_freeze_panes(sheet->sheet, 1, 1);
    worksheet_autofilter(sheet->sheet, 0, 0, last, COLUMN_COUNT - 1);
    worksheet_set_landscape(sheet->sheet);
    worksheet_set_paper(sheet->sheet, 9);  // A4
    worksheet_fit_to_pages(sheet->sheet, 1, 0);
    worksheet_repeat_rows(sheet->sheet, 0, 0);
    for (size_t i = 0; i < bordereau->count; i++) {
        sheet->row = (lxw_row_t)(i + 1);
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            columns[k].write(sheet, &bordereau->dossiers[i].claim, (lxw_col_t)k);
    }
}

static void
write_totals(Sheet *sheet, const Bordereau *bordereau)
{
    BordereauTotal *totals;
    const size_t count = bordereau_totals(sheet->desk->arena, bordereau, &totals);

    sheet->sheet = workbook_add_worksheet(sheet->book, desk_word(sheet->desk, "sheet_totals"));
    sheet->row = 0;
    head_put(sheet, 0, "currency", 12);
    head_put(sheet, 1, "count", 14);
    head_put(sheet, 2, "total", 16);
    for (size_t i = 0; i < count; i++) {
        sheet->row = (lxw_row_t)(i + 1);
        write_text(sheet, 0,
            money_is_known(totals[i].sum) ? totals[i].sum.currency
                                          : desk_word(sheet->desk, "unknown"),
            sheet->text);
        write_count(sheet, 1, (int64_t)totals[i].count);
        write_amount(sheet, 2, totals[i].sum);
    }
}

static lxw_format *
format(Sheet *sheet, const char *number)
{
    lxw_format *const made = workbook_add_format(sheet->book);

    format_set_num_format(made, number);
    return made;
}

static void
formats(Sheet *sheet)
{
    sheet->head = format(sheet, "@");
    format_set_bold(sheet->head);
    format_set_text_wrap(sheet->head);
    format_set_border(sheet->head, LXW_BORDER_THIN);
    format_set_bg_color(sheet->head, 0xE8E8E8);
    sheet->text = format(sheet, "@");
    sheet->date = format(sheet, "yyyy-mm-dd");
    sheet->time = format(sheet, "yyyy-mm-dd hh:mm");
    sheet->amounts[0] = format(sheet, "#,##0");
    sheet->amounts[1] = format(sheet, "#,##0.0");
    sheet->amounts[2] = format(sheet, "#,##0.00");
    sheet->amounts[3] = format(sheet, "#,##0.000");
}

static void
describe(Sheet *sheet, const Bordereau *bordereau)
{
    Arena *const arena = sheet->desk->arena;
    lxw_doc_properties properties = {
        .title = arena_copy(arena, bordereau_name(arena, bordereau, "bordereau", "xlsx")),
        .author = arena_copy(arena, text_clean(arena, sheet->desk->dossier->claimant.name)),
        .created = (time_t)(sheet->desk->dossier->as_of / SECOND),
    };

    workbook_set_properties(sheet->book, &properties);
}

static lxw_error
write_book(const Desk *desk, const Bordereau *bordereau, const char *path)
{
    Sheet sheet = {.desk = desk, .book = workbook_new(path)};

    formats(&sheet);
    describe(&sheet, bordereau);
    write_claims(&sheet, bordereau);
    write_totals(&sheet, bordereau);
    return workbook_close(sheet.book);
}

static bool
read_back(Arena *arena, FILE *file, Paper *paper)
{
    if (fseek(file, 0, SEEK_END) != 0)
        return false;

    const long size = ftell(file);
    char *const bytes = arena_alloc(arena, (size_t)(size > 0 ? size : 0) + 1);

    rewind(file);
    paper->bytes = bytes;
    paper->length = fread(bytes, 1, (size_t)(size > 0 ? size : 0), file);
    return size > 0 && paper->length == (size_t)size;
}

bool
paper_bordereau_xlsx(Press *press, Arena *arena, const Bordereau *bordereau, Paper *out, Err *err)
{
    Paper paper = {.name = bordereau_name(arena, bordereau, "bordereau", "xlsx")};
    Desk desk;

    if (!desk_set(&desk, press, arena, &bordereau->dossiers[0], err))
        return false;

    FILE *const file = tmpfile();

    if (!file)
        return err_set(err, ERR_FAILED, "%s: could not make a temporary file: %s", paper.name,
            strerror(errno));

    const lxw_error failed =
        write_book(&desk, bordereau, arena_printf(arena, "/proc/self/fd/%d", fileno(file)));
    const bool done = failed == LXW_NO_ERROR && read_back(arena, file, &paper);

    fclose(file);
    if (!done)
        return err_set(err, ERR_FAILED, "could not make \"%s\": %s", paper.name,
            failed != LXW_NO_ERROR ? lxw_strerror(failed) : "it cannot be read back");
    *out = paper;
    return true;
}
