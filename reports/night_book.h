/*
 * night_book.h - what the sheets of a night's workbook share. A sheet is a list of columns; each writes one cell of a row.
 */
#ifndef REPORTS_NIGHT_BOOK_H
#define REPORTS_NIGHT_BOOK_H

#include "core/book.h"
#include "core/digest.h"
#include "core/words.h"

typedef struct NightBook
{
    Book *book;
    const Digest *digest;
    Language language;
    Arena *scratch;  // of the row
} NightBook;

typedef struct NightColumn
{
    const char *headings[LANGUAGE_COUNT];
    double width;                                       // in characters
    void (*write)(const NightBook *night, size_t row);  // exactly one cell
} NightColumn;

typedef struct NightSheet
{
    const char *names[LANGUAGE_COUNT];
    size_t (*rows)(const Digest *digest);
    const NightColumn *columns;
    size_t column_count, frozen_columns;
} NightSheet;

// For whom each is: what the night amounts to; parcels to look for; parcels that recipients ask about; claims; how carriers
// did, what claims against them came to, and why cases opened; incidents.
extern const NightSheet sheet_management, sheet_logistics, sheet_support, sheet_finance,
    sheet_carriers, sheet_carrier_claims, sheet_reasons, sheet_incidents;

// An amount in the merchant's currency.
Money night_cost(const Digest *digest, int64_t minor);

#endif
