/*
 * The workbook of a night: its sheets in the order of their readers, from those who decide to those who look up.
 */
#include "reports/night_book.h"
#include "reports/reports.h"

static const NightSheet *const sheets[] = {&sheet_management, &sheet_logistics, &sheet_support,
    &sheet_finance, &sheet_carriers, &sheet_carrier_claims, &sheet_reasons, &sheet_incidents};

#define COLUMNS_MAX 40

Money
night_cost(const Digest *digest, int64_t minor)
{
    return money_of(minor, digest->currency);
}

static void
write_sheet(const NightBook *night, const NightSheet *sheet)
{
    BookColumn columns[COLUMNS_MAX];
    const size_t rows = sheet->rows(night->digest);

    for (size_t i = 0; i < sheet->column_count; i++)
        columns[i] =
            (BookColumn){sheet->columns[i].headings[night->language], sheet->columns[i].width};
    book_sheet(night->book, &(BookSheet){.name = sheet->names[night->language],
                                .columns = columns,
                                .column_count = sheet->column_count,
                                .row_count = rows,
                                .frozen_columns = sheet->frozen_columns});
    for (size_t row = 0; row < rows; row++) {
        arena_reset(night->scratch);
        book_row(night->book);
        for (size_t i = 0; i < sheet->column_count; i++)
            sheet->columns[i].write(night, row);
    }
}

bool
report_xlsx(FILE *file, const Digest *digest, const Zone *zone, const char *language, Err *err)
{
    Arena *const work = arena_create();
    const BookTitle title = {
        .title = arena_printf(work, "%s %s", digest->merchant, day_print(work, digest->day)),
        .author = digest->merchant,
        .created = digest->as_of};
    const NightBook night = {.book = book_create(work, zone, &title, err),
        .digest = digest,
        .language = language_of(language),
        .scratch = arena_create()};

    for (size_t i = 0; night.book != NULL && i < sizeof sheets / sizeof sheets[0]; i++)
        write_sheet(&night, sheets[i]);

    const bool done = night.book != NULL && book_write(night.book, "night.xlsx", file, err);

    arena_destroy(night.scratch);
    arena_destroy(work);
    return done;
}
