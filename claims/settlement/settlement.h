/*
 * settlement.h - settlements read and matched with claims. Needs no database.
 */
#ifndef CLAIMS_SETTLEMENT_H
#define CLAIMS_SETTLEMENT_H

#include "config/settlement_map.h"
#include "core/err.h"
#include "core/settlement.h"

// Lines of a file, in its order.
typedef struct SettlementLines
{
    const SettlementLine *items;
    size_t count;
} SettlementLines;

// Read a CSV file of a layout. A line that cannot be used comes with its problem; nothing is left out. ERR_DATA when the
// header lacks a column of the layout, or has one twice. Owned by the arena.
bool settlement_read_csv(Arena *arena, const char *bytes, size_t length, const SettlementMap *map,
    SettlementLines *out, Err *err);

// Read an OASIS UBL 2.1 CreditNote, one line per credit note line. The claim's reference is taken from a DocumentReference or
// BillingReference of the line, the tracking number from its Delivery, the reason from its DiscrepancyResponse. ERR_DATA
// when the bytes are no such document. Owned by the arena.
bool
settlement_read_ubl(Arena *arena, const char *bytes, size_t length, SettlementLines *out, Err *err);

// An amount in a decimal style, in any grouping; ERR_DATA for what the style does not allow, out untouched.
bool
settlement_amount(const char *text, DecimalStyle style, const char *currency, Money *out, Err *err);

// What a claim may bring in all: the least of what was claimed and what the terms pay; unknown when neither is known.
Money settlement_due(const SettlementClaim *claim);

typedef struct SettlementBook SettlementBook;

// A book of claims to match lines with; the claims change as lines are booked. carrier "" stands for all of them.
SettlementBook *
settlement_book(Arena *arena, SettlementClaim *claims, size_t count, const char *carrier_slug);

// Match one line, work out what it does, and book that in the book's claims. Lines are matched by claim reference, then
// tracking number and amount, then credit-note number; what is doubtful changes nothing and says why. Texts are owned by
// the arena.
SettlementAnswer settlement_book_line(SettlementBook *book, const SettlementLine *line);

// Book a line on the claim of that index, because a person said so. Matched, repeated or set aside.
SettlementAnswer settlement_book_on(SettlementBook *book, size_t claim, const SettlementLine *line);

// The number in one of our references, in any case: "VG-000123"; 0 for any other text.
int64_t settlement_reference_number(const char *text);

// A tracking number as it is compared: without spaces, letters in upper case. Owned by the arena.
char *settlement_tracking_key(Arena *arena, const char *tracking_number);

#endif
