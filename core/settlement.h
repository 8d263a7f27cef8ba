/*
 * settlement.h - what a carrier says it paid or refused, line by line, and what became of each line.
 */
#ifndef CORE_SETTLEMENT_H
#define CORE_SETTLEMENT_H

#include "core/claim.h"

// One line of a settlement. Texts are clean, never NULL, "" when the line does not say.
typedef struct SettlementLine
{
    int64_t line;           // where it begins in its file, or its place in the document; from 1
    const char *reference;  // of the claim, as the carrier repeats it
    const char *tracking_number;
    const char *credit_note;  // the carrier's number of the document that credits
    const char *reason;       // why it was refused or cut
    const char *amount_text;  // as written
    Money amount;             // credited; unknown for a refusal and for a line with a problem
    Day day;                  // of the credit; DAY_NONE when the line does not say
    const char *problem;      // why the line cannot be used; "" when it can
} SettlementLine;

// A line without an amount but with a reason refuses the claim.
bool settlement_is_refusal(const SettlementLine *line);

// What became of a line.
typedef enum SettlementState
{
    SETTLEMENT_MATCHED = 1,  // booked on a claim
    SETTLEMENT_REPEATED,     // its credit note had credited the claim before: nothing to do
    SETTLEMENT_AMBIGUOUS,    // could mean several claims, or names one but disagrees with it
    SETTLEMENT_UNMATCHED,    // means no claim
    SETTLEMENT_SET_ASIDE,    // means one claim, or cannot be read, and cannot be booked
    SETTLEMENT_COUNT,
} SettlementState;

const char *settlement_state_name(SettlementState state);  // "set_aside"
bool settlement_state_parse(const char *name, SettlementState *out);

// What matching knows of a claim.
typedef struct SettlementClaim
{
    int64_t number;
    const char *reference, *tracking_number, *carrier_slug, *shipment_id;
    ClaimGround ground;
    ClaimState state;
    Money payable, claimed, granted, credited;
    const char *const *credit_notes;  // that credited it before
    size_t credit_note_count;
} SettlementClaim;

#define SETTLEMENT_MOVES_MAX 2

// What became of a line: the claim it was booked on and how that moved.
typedef struct SettlementAnswer
{
    SettlementState state;
    const char *why;                              // in words; "" for a plain match
    size_t claim;                                 // index of the claim, when matched or repeated
    ClaimState from, path[SETTLEMENT_MOVES_MAX];  // the moves, in order
    size_t path_count;
    Money granted, credited;  // of the claim afterwards
} SettlementAnswer;

// A claim that brought less than was due.
typedef struct Underpaid
{
    const char *carrier_slug, *reference, *tracking_number;
    int64_t number;
    ClaimState state;
    Money due, credited;
} Underpaid;

#endif
