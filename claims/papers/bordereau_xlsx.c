/*
 * The bordereau as a workbook (core/book.h); the dates of the file are as-of.
 */
#include "claims/papers/bordereau.h"

#include "claims/papers/desk.h"
#include "core/book.h"
#include "core/claim_words.h"

typedef struct Sheet
{
    const Desk *desk;
    Book *book;
} Sheet;

typedef void CellWrite(const Sheet *sheet, const Claim *claim);

#define TEXT_CELL(name)                                                                            \
    static void cell_##name(const Sheet *sheet, const Claim *claim)                                \
    {                                                                                              \
        book_text(sheet->book, claim->name);                                                       \
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
cell_reference(const Sheet *sheet, const Claim *claim)
{
    book_text(sheet->book, claim_reference(sheet->desk->arena, claim->number));
}

static void
cell_ground(const Sheet *sheet, const Claim *claim)
{
    book_text(sheet->book, words_claim_ground(tongue_language(sheet->desk->tongue), claim->ground));
}

static void
cell_accepted_at(const Sheet *sheet, const Claim *claim)
{
    book_instant(sheet->book, claim->accepted_at);
}

static void
cell_last_scan_at(const Sheet *sheet, const Claim *claim)
{
    book_instant(sheet->book, claim->last_scan_at);
}

static void
cell_weight(const Sheet *sheet, const Claim *claim)
{
    if (claim->weight_grams > 0)
        book_count(sheet->book, claim->weight_grams);
    else
        book_skip(sheet->book);
}

static void
cell_value(const Sheet *sheet, const Claim *claim)
{
    book_amount(sheet->book, claim->value);
}

static void
cell_value_currency(const Sheet *sheet, const Claim *claim)
{
    book_text(sheet->book, claim->value.currency);
}

static void
cell_payable(const Sheet *sheet, const Claim *claim)
{
    book_amount(sheet->book, claim->payable);
}

static void
cell_currency(const Sheet *sheet, const Claim *claim)
{
    book_text(sheet->book, claim->payable.currency);
}

static void
cell_opens_on(const Sheet *sheet, const Claim *claim)
{
    book_day(sheet->book, claim->opens_on);
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
begin(const Sheet *sheet, const char *name, const BookColumn *headings, size_t count,
    const BookSheet *look)
{
    BookSheet begun = *look;

    begun.name = desk_word(sheet->desk, name);
    begun.columns = headings;
    begun.column_count = count;
    book_sheet(sheet->book, &begun);
}

static void
write_claims(const Sheet *sheet, const Bordereau *bordereau)
{
    BookColumn headings[COLUMN_COUNT];

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        headings[i] = (BookColumn){desk_word(sheet->desk, columns[i].word), columns[i].width};
    begin(sheet, "sheet_claims", headings, COLUMN_COUNT,
        &(BookSheet){.row_count = bordereau->count, .frozen_columns = 1});
    for (size_t i = 0; i < bordereau->count; i++) {
        book_row(sheet->book);
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            columns[k].write(sheet, &bordereau->dossiers[i].claim);
    }
}

static void
write_totals(const Sheet *sheet, const Bordereau *bordereau)
{
    const Desk *const desk = sheet->desk;
    const BookColumn headings[] = {{desk_word(desk, "currency"), 12},
        {desk_word(desk, "count"), 14}, {desk_word(desk, "total"), 16}};
    BordereauTotal *totals;
    const size_t count = bordereau_totals(desk->arena, bordereau, &totals);

    begin(sheet, "sheet_totals", headings, 3, &(BookSheet){.plain = true});
    for (size_t i = 0; i < count; i++) {
        book_row(sheet->book);
        book_text(sheet->book,
            money_is_known(totals[i].sum) ? totals[i].sum.currency : desk_word(desk, "unknown"));
        book_count(sheet->book, (int64_t)totals[i].count);
        book_amount(sheet->book, totals[i].sum);
    }
}

bool
paper_bordereau_xlsx(Press *press, Arena *arena, const Bordereau *bordereau, Paper *out, Err *err)
{
    Paper paper = {.name = bordereau_name(arena, bordereau, "bordereau", "xlsx")};
    Desk desk;

    if (!desk_set(&desk, press, arena, &bordereau->dossiers[0], err))
        return false;

    const BookTitle title = {
        .title = paper.name, .author = desk.dossier->claimant.name, .created = desk.dossier->as_of};
    const Sheet sheet = {.desk = &desk, .book = book_create(arena, desk.zone, &title, err)};

    if (sheet.book == NULL)
        return err_context(err, "%s", paper.name);
    write_claims(&sheet, bordereau);
    write_totals(&sheet, bordereau);
    if (!book_finish(sheet.book, paper.name, &paper.bytes, &paper.length, err))
        return false;
    *out = paper;
    return true;
}
