/*
 * book.h - tables as a workbook (XLSX), by libxlsxwriter. The one door to that library.
 *
 * Cells are typed: days, instants, amounts and shares are numbers with a format, texts are strings that no program
 * computes, whatever they begin with. Rows go to disk as they come, so memory does not grow with them. The same tables
 * give the same bytes.
 */
#ifndef CORE_BOOK_H
#define CORE_BOOK_H

#include "core/arena.h"
#include "core/err.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/zone.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct Book Book;

// What a program shows as the file's properties.
typedef struct BookTitle
{
    const char *title, *author;
    Instant created;  // of the night, not of the clock
} BookTitle;

typedef struct BookColumn
{
    const char *heading;
    double width;  // in characters
} BookColumn;

// A table of its own. Its header is frozen and every column has a filter unless it is plain.
typedef struct BookSheet
{
    const char *name;  // unique; at most 31 characters, none of []:*?/\, no ' at its ends
    const BookColumn *columns;
    size_t column_count;
    size_t row_count;       // how many rows will come
    size_t frozen_columns;  // that stay in sight
    bool plain;
} BookSheet;

// Start a book; instants are shown as the zone's wall clock. Owned by the arena, ended by book_finish(). NULL with ERR_FAILED
// when there is no temporary file.
Book *book_create(Arena *arena, const Zone *zone, const BookTitle *title, Err *err);

// Start a sheet, after all rows of the one before it.
void book_sheet(Book *book, const BookSheet *sheet);

// Start the sheet's next row; cells follow from the left.
void book_row(Book *book);

// The row's next cell; what is not known leaves it empty.
void book_text(Book *book, const char *text);  // cleaned; cut at 32,000 bytes
void book_count(Book *book, int64_t count);
void book_real(Book *book, double value);   // with one decimal; NAN for none
void book_share(Book *book, double share);  // .25 shows as 25.0%
void book_amount(Book *book, Money money);  // the number alone, with the digits of its currency
void book_money(Book *book, Money money);   // with its currency
void book_day(Book *book, Day day);
void book_instant(Book *book, Instant at);
void book_skip(Book *book);

// The file's bytes, owned by the arena. ERR_FAILED with the reason, such as a full disk; name is the file's, for that.
bool book_finish(Book *book, const char *name, const char **bytes, size_t *length, Err *err);

// The same, written to a file instead; whoever made that sees whether all bytes got there.
bool book_write(Book *book, const char *name, FILE *file, Err *err);

#endif
