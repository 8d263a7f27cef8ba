/*
 * The library writes to files only. It gets one without a name, so that nothing is left behind when the program dies; rows wait
 * in another such file of its own (its constant memory mode, which wants rows in their order).
 */
#include "core/book.h"

#include "core/text.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#define TEXT_MAX   32000  // bytes in a cell; the format allows 32,767 characters
#define DIGITS_MAX 3      // of a currency
#define MONEYS_MAX 64     // currencies with a format of their own in one book
#define PAPER_A4   9
#define COPY_BYTES 16384

struct Book
{
    Arena *arena;
    const Zone *zone;
    FILE *file;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *date, *time, *text, *real, *share, *amounts[DIGITS_MAX + 1];
    struct
    {
        char currency[4];
        lxw_format *format;
    } moneys[MONEYS_MAX];
    size_t money_count;
    lxw_row_t row;
    lxw_col_t column;
    lxw_error failed;  // the first one
    Arena *scratch;    // of the row
};

static const char *const amount_formats[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};

static lxw_format *
format(Book *book, const char *number)
{
    lxw_format *const made = workbook_add_format(book->book);

    format_set_num_format(made, number);
    return made;
}

static void
formats(Book *book)
{
    book->head = format(book, "@");
    format_set_bold(book->head);
    format_set_text_wrap(book->head);
    format_set_border(book->head, LXW_BORDER_THIN);
    format_set_bg_color(book->head, 0xE8E8E8);
    book->text = format(book, "@");
    book->date = format(book, "yyyy-mm-dd");
    book->time = format(book, "yyyy-mm-dd hh:mm");
    book->real = format(book, "#,##0.0");
    book->share = format(book, "0.0%");
    for (int digits = 0; digits <= DIGITS_MAX; digits++)
        book->amounts[digits] = format(book, amount_formats[digits]);
}

static void
describe(Book *book, const BookTitle *title)
{
    lxw_doc_properties properties = {
        .title = arena_copy(book->arena, text_clean(book->arena, title->title)),
        .author = arena_copy(book->arena, text_clean(book->arena, title->author)),
        .created = (time_t)(title->created / SECOND),
    };

    workbook_set_properties(book->book, &properties);
}

static void
close_file(void *file)
{
    fclose(file);
}

static void
destroy(void *arena)
{
    arena_destroy(arena);
}

// A book that is not finished leaves the library's memory, which has no other end than writing the file.
static void
close_book(void *data)
{
    Book *const book = data;

    if (book->book != NULL)
        workbook_close(book->book);
}

Book *
book_create(Arena *arena, const Zone *zone, const BookTitle *title, Err *err)
{
    Book *const book = ARENA_NEW(arena, Book);
    FILE *const file = tmpfile();

    if (file == NULL) {
        err_set(err, ERR_FAILED, "could not make a temporary file: %s", strerror(errno));
        return NULL;
    }
    arena_defer(arena, close_file, file);
    *book = (Book){.arena = arena, .zone = zone, .file = file, .scratch = arena_create()};
    arena_defer(arena, destroy, book->scratch);
    book->book = workbook_new_opt(arena_printf(arena, "/proc/self/fd/%d", fileno(file)),
        &(lxw_workbook_options){.constant_memory = LXW_TRUE});
    arena_defer(arena, close_book, book);
    formats(book);
    describe(book, title);
    return book;
}

static void
remember(Book *book, lxw_error failed)
{
    if (book->failed == LXW_NO_ERROR)
        book->failed = failed;
}

static void
put_text(Book *book, const char *text, lxw_format *look)
{
    const char *const clean = text_clean(book->scratch, text);
    const size_t length = strlen(clean);
    size_t end = length < TEXT_MAX ? length : TEXT_MAX;

    while (end < length && ((unsigned char)clean[end] & 0xC0) == 0x80)
        end--;
    if (end > 0)
        remember(
            book, worksheet_write_string(book->sheet, book->row, book->column,
                      end < length ? arena_copy_bytes(book->scratch, clean, end) : clean, look));
    book->column++;
}

static void
put_number(Book *book, double number, lxw_format *look)
{
    remember(book, worksheet_write_number(book->sheet, book->row, book->column++, number, look));
}

void
book_sheet(Book *book, const BookSheet *sheet)
{
    const lxw_col_t last = (lxw_col_t)(sheet->column_count - 1);

    book->sheet = workbook_add_worksheet(book->book, sheet->name);
    book->row = 0;
    book->column = 0;
    assert(book->sheet != NULL);  // names are ours
    for (size_t i = 0; i < sheet->column_count; i++) {
        worksheet_set_column(
            book->sheet, (lxw_col_t)i, (lxw_col_t)i, sheet->columns[i].width, NULL);
        put_text(book, sheet->columns[i].heading, book->head);
    }
    if (sheet->plain)
        return;
    worksheet_freeze_panes(book->sheet, 1, (lxw_col_t)sheet->frozen_columns);
    worksheet_autofilter(book->sheet, 0, 0, (lxw_row_t)sheet->row_count, last);
    worksheet_set_landscape(book->sheet);
    worksheet_set_paper(book->sheet, PAPER_A4);
    worksheet_fit_to_pages(book->sheet, 1, 0);
    worksheet_repeat_rows(book->sheet, 0, 0);
}

void
book_row(Book *book)
{
    arena_reset(book->scratch);
    book->row++;
    book->column = 0;
}

void
book_skip(Book *book)
{
    book->column++;
}

void
book_text(Book *book, const char *text)
{
    put_text(book, text, book->text);
}

void
book_count(Book *book, int64_t count)
{
    put_number(book, (double)count, NULL);
}

void
book_real(Book *book, double value)
{
    if (isfinite(value))
        put_number(book, value, book->real);
    else
        book_skip(book);
}

void
book_share(Book *book, double share)
{
    if (isfinite(share))
        put_number(book, share, book->share);
    else
        book_skip(book);
}

// The digits of an amount that a cell can hold; -1 when there is none, or its currency is not known.
static int
digits_of(Money money)
{
    const int digits = currency_digits(money.currency);

    return money_is_known(money) && digits <= DIGITS_MAX ? digits : -1;
}

// The nearest double prints as the amount; the sheet computes nothing with it.
static void
put_amount(Book *book, Money money, lxw_format *look)
{
    put_number(book, (double)money.minor / pow(10, digits_of(money)), look);
}

void
book_amount(Book *book, Money money)
{
    if (digits_of(money) >= 0)
        put_amount(book, money, book->amounts[digits_of(money)]);
    else
        book_skip(book);
}

static lxw_format *
money_format(Book *book, Money money)
{
    for (size_t i = 0; i < book->money_count; i++)
        if (strcmp(book->moneys[i].currency, money.currency) == 0)
            return book->moneys[i].format;
    if (book->money_count == MONEYS_MAX)
        return book->amounts[digits_of(money)];

    const size_t next = book->money_count++;

    memcpy(book->moneys[next].currency, money.currency, sizeof money.currency);
    book->moneys[next].format = format(book,
        arena_printf(book->arena, "%s [$%s]", amount_formats[digits_of(money)], money.currency));
    return book->moneys[next].format;
}

void
book_money(Book *book, Money money)
{
    if (digits_of(money) >= 0)
        put_amount(book, money, money_format(book, money));
    else
        book_skip(book);
}

static void
put_time(Book *book, lxw_datetime at, lxw_format *look)
{
    remember(book, worksheet_write_datetime(book->sheet, book->row, book->column++, &at, look));
}

void
book_day(Book *book, Day day)
{
    lxw_datetime at = {0};

    if (day == DAY_NONE) {
        book_skip(book);
        return;
    }
    day_to_civil(day, &at.year, &at.month, &at.day);
    put_time(book, at, book->date);
}

void
book_instant(Book *book, Instant at)
{
    lxw_datetime local = {0};

    if (at == INSTANT_NONE) {
        book_skip(book);
        return;
    }

    const Instant seconds = at / SECOND + zone_offset_seconds(book->zone, at);

    day_to_civil(zone_day(book->zone, at), &local.year, &local.month, &local.day);
    local.hour = zone_hour(book->zone, at);
    local.min = (int)(seconds / 60 % 60);
    local.sec = (double)(seconds % 60);
    put_time(book, local, book->time);
}

static bool
read_back(Book *book, const char **bytes, size_t *length)
{
    if (fseek(book->file, 0, SEEK_END) != 0)
        return false;

    const long size = ftell(book->file);
    char *const all = arena_alloc(book->arena, (size_t)(size > 0 ? size : 0) + 1);

    rewind(book->file);
    *bytes = all;
    *length = fread(all, 1, (size_t)(size > 0 ? size : 0), book->file);
    return size > 0 && *length == (size_t)size;
}

static bool
close_well(Book *book, const char *name, Err *err)
{
    const lxw_error closed = workbook_close(book->book);
    const lxw_error failed = book->failed != LXW_NO_ERROR ? book->failed : closed;

    book->book = NULL;
    return failed == LXW_NO_ERROR ||
           err_set(err, ERR_FAILED, "could not make \"%s\": %s", name, lxw_strerror(failed));
}

bool
book_finish(Book *book, const char *name, const char **bytes, size_t *length, Err *err)
{
    return close_well(book, name, err) &&
           (read_back(book, bytes, length) ||
               err_set(err, ERR_FAILED, "could not make \"%s\": it cannot be read back", name));
}

bool
book_write(Book *book, const char *name, FILE *file, Err *err)
{
    char part[COPY_BYTES];

    if (!close_well(book, name, err))
        return false;
    rewind(book->file);
    for (size_t got; (got = fread(part, 1, sizeof part, book->file)) > 0;)
        fwrite(part, 1, got, file);
    return !ferror(book->file) ||
           err_set(err, ERR_FAILED, "could not make \"%s\": it cannot be read back", name);
}
