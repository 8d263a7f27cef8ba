/*
 * csv.h - comma separated values, by libcsv (RFC 4180). The one door to that library.
 */
#ifndef CORE_CSV_H
#define CORE_CSV_H

#include "core/err.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

// Called for each record, header included; line is that of its first byte, from 1. Fields are raw bytes of
// the file, zero-terminated copies valid during the call (a field holding zero bytes has a length beyond
// strlen). problem is NULL, or says why the record cannot be read ("record is longer than 1 MiB", "quote is
// not closed"); fields are then empty. Return false to stop; the reader passes err on.
typedef struct CsvRecord
{
    int64_t line;
    size_t count;
    const char *const *fields;
    const size_t *lengths;
    const char *problem;
} CsvRecord;
typedef bool CsvVisit(void *data, const CsvRecord *record, Err *err);

// Read a stream to its end. separator is ',' or ';'. A UTF-8 byte order mark is skipped, empty lines too.
bool csv_read(FILE *stream, char separator, CsvVisit *visit, void *data, Err *err);

// Append one field, quoted where needed, preceded by a separator unless it is the record's first.
// NULL writes an empty field.
void csv_add(Text *out, const char *field);

// The same for text that came from outside and will be opened in a spreadsheet: a leading = + - @ tab or CR is
// neutralised with an apostrophe (OWASP "CSV Injection"), and what text_clean() mends is mended.
void csv_add_outside(Text *out, const char *field);

// Fields in the formats of machines, empty when the value is unknown: RFC 3339, YYYY-MM-DD, "1234.50".
void csv_add_instant(Text *out, Instant at);
void csv_add_day(Text *out, Day day);
void csv_add_amount(Text *out, Money money);

void csv_end(Text *out);  // ends the record with \n

#endif
