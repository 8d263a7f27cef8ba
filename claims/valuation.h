/*
 * valuation.h - what a rule makes payable for one shipment, line by line.
 */
#ifndef CLAIMS_VALUATION_H
#define CLAIMS_VALUATION_H

#include "config/terms.h"
#include "core/claim.h"
#include "core/shipment.h"
#include "core/text.h"

typedef struct Valuation
{
    Money payable;               // unknown while a fact is missing
    const ValuationLine *lines;  // one per liability of the rule, in its order
    size_t line_count;
    const char *missing;  // "" or the facts that are wanted: "value, weight_grams"
} Valuation;

// Value a shipment by a rule, at the rates of the SDR that the book has for a day. Owned by the arena.
Valuation claim_valuation(
    Arena *arena, const TermsBook *book, const TermsRule *rule, const Shipment *shipment, Day day);

// Append a fact to a list "a, b" unless it is there already.
void missing_add(Text *missing, const char *fact);

#endif
