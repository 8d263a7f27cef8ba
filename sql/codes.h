/*
 * codes.h - what the source's scans say, for people who map codes.
 */
#ifndef SQL_CODES_H
#define SQL_CODES_H

#include "sql/source.h"

// Scans of one carrier that say the same.
typedef struct SourceCode
{
    const char *carrier, *code, *subcode, *milestone;  // as the source has them; "" when absent
    int64_t count;
    Instant first, last;  // occurred
    const char *text,
        *another;  // examples; equal when there is one text only, "" when there is none
} SourceCode;
typedef bool SourceCodeVisit(void *data, const SourceCode *code, Err *err);

// Visit all that occurred in (from, as_of] and was known by as_of, carrier by carrier, the most frequent first. Texts are
// clean, and gone after the visit. False when the question or a visit failed.
bool source_codes(
    Source *source, Instant from, Instant as_of, SourceCodeVisit *visit, void *data, Err *err);

#endif
