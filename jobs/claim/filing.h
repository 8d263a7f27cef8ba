/*
 * filing.h - what the files of the claim step share: claims are drafted batch by batch, and each batch is one sheet, written
 * in one transaction. A night that broke off is finished by the next one: what was written is neither lost nor done twice.
 */
#ifndef JOBS_CLAIM_FILING_H
#define JOBS_CLAIM_FILING_H

#include "claims/claims.h"
#include "core/dossier.h"
#include "detectors/baseline/baseline.h"
#include "detectors/journey/history.h"
#include "jobs/run/run.h"
#include "sql/claims.h"

#define FILING_BATCH 500  // claims or shipments of one sheet

typedef struct Filing
{
    Run *run;
    Arena *arena;  // of the step
    ClaimContext context;
    Money cost;  // of filing one claim
    ClaimPen pen;
    Source *source;
    const Baselines *baselines;  // NULL when nothing was learned by then
    bool asked_baselines;        // fitting them is dear: not before somebody wants them
    int64_t last_number;         // that a claim has
    struct
    {
        int64_t opened, ready, draft, too_late, refused, redrafted, made_ready, voided, withdrawn,
            flagged, waived, barred, news;
    } counts;
} Filing;

// Ready for drafting: terms, cost of filing, pen. False when a setting is wrong.
bool filing_begin(Filing *filing, Run *run, Arena *arena, Err *err);

// Open the source, for what reads it.
bool filing_open_source(Filing *filing, Err *err);

// A shipment read from the source, normalised, as the terms ask of it.
typedef struct Parcel
{
    const Shipment *shipment;
    History history;
    ClaimFacts facts;
} Parcel;

// Normalises the scans in place.
Parcel filing_parcel(const Filing *filing, Shipment *shipment, Scan *scans, Arena *arena);

// What the terms say of a parcel on a ground.
typedef struct Drafted
{
    bool granted;
    Claim claim;         // when granted
    const char *reason;  // else: what follows "cannot be claimed, because"
    const ClaimCondition *conditions;
    size_t condition_count;
} Drafted;

// The claim as it should stand tonight: waived when it brings less than filing costs.
Drafted filing_draft(const Filing *filing, const Parcel *parcel, ClaimGround ground, Arena *arena);

// Why a claim on the ground exists, for its first line in the ledger: "the parcel is believed lost".
const char *filing_why(ClaimGround ground);

// Its dossier, but for what is normal there.
Dossier filing_dossier(
    const Filing *filing, const Parcel *parcel, const Claim *claim, Instant as_of, Arena *arena);

// What is normal where the parcel is; with an empty segment where nothing can be told. False when the database fails.
bool
filing_normal(Filing *filing, const Parcel *parcel, Arena *arena, DossierNormal *out, Err *err);

// "delivered at LIL on 2026-11-20 14:05"
const char *filing_scan(const Filing *filing, const Scan *scan, Arena *arena);

// What one batch writes.
typedef struct Sheet
{
    Arena *arena;
    struct
    {
        Arena *arena;
        ClaimDraft *items;
        size_t count, capacity;
    } openings, redrafts;
    struct
    {
        Arena *arena;
        ClaimMove *items;
        size_t count, capacity;
    } moves;  // in order, those of one claim together
    struct
    {
        Arena *arena;
        ClaimRemark *items;
        size_t count, capacity;
    } remarks;
    struct
    {
        Arena *arena;
        ClaimFound *items;
        size_t count, capacity;
    } found;
    struct
    {
        Arena *arena;
        ClaimRefusal *items;
        size_t count, capacity;
    } refusals;
    struct
    {
        Arena *arena;
        ClaimConditions *items;
        size_t count, capacity;
    } conditions;
} Sheet;

Sheet sheet_begin(Arena *arena);

// Move a claim: in one step, or by way of draft. False when the ledger knows no way.
bool sheet_move(Sheet *sheet, ClaimKey key, ClaimState from, ClaimState to, const char *note);

// Write it all in one transaction. Nothing in a dry run.
bool sheet_write(Filing *filing, const Sheet *sheet, Err *err);

// The parts of the step, in order. What was opened before: drafted anew while it can be, found, moved by the carrier's news.
bool filing_renew(Filing *filing, Err *err);

// The shipments that this night gives a ground to claim on.
bool filing_open(Filing *filing, Err *err);

// One parcel on one ground, put on the sheet: a claim, numbered after last_number, or the reason why there is none. why is
// the first words of its ledger. *drafted lives in the sheet's arena.
bool filing_answer(Filing *filing, Sheet *sheet, const Parcel *parcel, ClaimGround ground,
    const char *why, Drafted *drafted, Err *err);

// The scan that says that the parcel of a claim turned up (NULL when it did not), and whether its journey ended with it: the
// recipient or the sender has it.
typedef struct Found
{
    const Scan *scan;
    bool arrived;
} Found;

// last_scan_at is what the claim says was its last; it counts only where found_by_scan() says so.
bool found_by_scan(const LedgerClaim *item, const Parcel *parcel);
Found found_by(const LedgerClaim *item, const Parcel *parcel, Instant last_scan_at);

// A parcel turned up: a claim that was not submitted is void, one that was is withdrawn when the parcel arrived, and flagged
// while it is only seen again.
void found_note(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Found *found);

// It is lost again: what was flagged is not any more; what was void is a draft again.
void found_undo(Sheet *sheet, const LedgerClaim *item);

// What the carrier's own tracking says of a submitted claim, since it was opened: each scan is remembered once, and moves
// the claim where the catalogue is sure and the ledger allows it.
bool
news_read(Filing *filing, Sheet *sheet, const LedgerClaim *item, const Parcel *parcel, Err *err);

#endif
