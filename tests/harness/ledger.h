/*
 * ledger.h - claims for the tests of the ledger. Days are counted from the first night.
 */
#ifndef TESTS_HARNESS_LEDGER_H
#define TESTS_HARNESS_LEDGER_H

#include "sql/claims_people.h"
#include "tests/harness/database.h"

#define FIRST         ((Day)20500)
#define NIGHT(number) ((FIRST + (number) + 1) * HOURS_24)

// A claim whose loss may be asserted from night 5 on, wanted by night 8, barred after night 20.
Claim claim_for(const char *shipment_id);

// The program's pen in that night.
ClaimPen pen_of(int number);

// Every night from the first to this one was judged.
void judge_nights(Arena *arena, int last);

// The moves of a shipment's claims: "1 - draft lost|2 draft ready loss may be asserted ..."
const char *ledger(Arena *arena, const char *shipment_id);

#endif
