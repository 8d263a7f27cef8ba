/*
 * claims.h - the ledger as nights keep it. Every change of state is one row of claim_move, written with the change itself;
 * what happens to a claim without moving it is a row of claim_remark. Both only grow.
 */
#ifndef SQL_CLAIMS_H
#define SQL_CLAIMS_H

#include "core/claim.h"
#include "core/digest.h"
#include "sql/db.h"

// A claim as the ledger knows it. What only its papers state (shipment, valuation, enclosures, history) is in the dossier,
// "" where it was not asked for, and for one that was opened before dossiers were kept; those members of claim are NULL or 0.
typedef struct LedgerClaim
{
    Claim claim;
    const char *carrier_slug, *dossier;
    Instant drafted_as_of;    // of the dossier as it is now
    const char *approved_by;  // who let it be submitted; "" when nobody did
    Instant approved_as_of;   // INSTANT_NONE when nobody did
    Instant
        found_as_of;  // the night that knew first that the parcel turned up; INSTANT_NONE when none did
    const char *found_note;  // how
    ClaimWithdrawal withdrawal;
    bool lost_tonight;  // claims_unfinished() only: the night holds the parcel for lost
} LedgerClaim;

typedef struct LedgerClaims
{
    Arena *arena;
    LedgerClaim *items;
    size_t count, capacity;
} LedgerClaims;

// Lists are appended to, in the arena that they name. Cautions are those of day.
//
// What is still to be filed, as it stood at as_of: by act_by, then by what it brings.
bool claims_to_file(Db *db, Instant as_of, Day day, LedgerClaims *out, Err *err);

// What was drafted, made ready or withdrawn since the night before, with dossier, state and withdrawal as this night left them; at
// most limit, by number, after the number `after`.
bool claims_of_night(
    Db *db, Instant as_of, Day day, int64_t after, int64_t limit, LedgerClaims *out, Err *err);

// Shipments: all, or those named.
typedef struct ShipmentNames
{
    bool all;
    const char *const *ids;
    size_t count;
} ShipmentNames;

// What a night has to look at again, by number: all that is not over (claim_unfinished.sql says which), and the settled claims
// of the shipments named.
bool claims_unfinished(Db *db, Instant as_of, Day day, int64_t after, int64_t limit,
    const ShipmentNames *settled, LedgerClaims *out, Err *err);

// The shipments whose claim is settled, in order. Owned by the arena.
bool claims_settled(Db *db, Arena *arena, const char *const **ids, size_t *count, Err *err);

// The claims of a shipment as they stood at as_of, a moment of day; by number.
bool claims_of_shipment(
    Db *db, const char *shipment_id, Instant as_of, Day day, LedgerClaims *out, Err *err);

// A shipment that a night gives a ground to claim on.
typedef struct ClaimCandidate
{
    const char *shipment_id;
    ClaimGround ground;
    const char *kind;  // of the case
} ClaimCandidate;

// Which kind of case is a ground.
typedef struct CaseGround
{
    const char *kind;
    ClaimGround ground;
} CaseGround;

// Shipments of a night whose live case is of one of the kinds, or whose case the night cleared (ground delay, if it came
// late), and that have no claim for it yet: what costs most first.
bool claims_candidates(Db *db, Arena *arena, Instant as_of, const CaseGround *grounds,
    size_t ground_count, const ClaimCandidate **items, size_t *count, Err *err);

// The highest number that a claim has; 0 when there is none. New claims are numbered on from it, under the run's lock.
bool claims_last_number(Db *db, int64_t *number, Err *err);

// Who writes, as of when, and when by the clock.
typedef struct ClaimPen
{
    Instant as_of, recorded_at;
    const char *actor;
} ClaimPen;

// What follows writes in the caller's transaction.

// One claim to open or to write anew; it has its number and reference. carrier_slug names its bordereau, dossier is its XML.
typedef struct ClaimDraft
{
    const Claim *claim;
    const char *carrier_slug, *dossier;
    const char *note;  // of the first move of one that is opened
} ClaimDraft;

// Open claims, each with its first move. A claim that exists for the shipment and ground stays as it is.
bool claims_open(Db *db, const ClaimPen *pen, const ClaimDraft *drafts, size_t count, Err *err);

// Write claims that were drafted anew, but for their state; one that was submitted meanwhile stays as it is. What the dossier
// said before is kept under its night, and an approval of it is void.
bool claims_redraft(Db *db, const ClaimPen *pen, const ClaimDraft *drafts, size_t count, Err *err);

// A claim, and something about it.
typedef struct ClaimKey
{
    const char *shipment_id;
    ClaimGround ground;
} ClaimKey;

typedef struct ClaimMove
{
    ClaimKey key;
    ClaimState from, to;
    const char *note;
} ClaimMove;

// Move claims, each at most once; those that are not in their `from` any more stay. ERR_FAILED when a move is not allowed.
// *moved (may be NULL) receives how many moved.
bool claims_move(
    Db *db, const ClaimPen *pen, const ClaimMove *moves, size_t count, int64_t *moved, Err *err);

typedef struct ClaimRemark
{
    ClaimKey key;
    const char *kind;  // "found", "news", "approved", ...: migration 0007 has them
    const char *once;  // the same again is not remembered twice: a scan, a moment
    const char *note;
} ClaimRemark;
bool claims_remark(Db *db, const ClaimPen *pen, const ClaimRemark *remarks, size_t count, Err *err);

// The `once` of all remarks of a kind that a claim has, in order. Owned by the arena.
bool claims_remarks_known(Db *db, Arena *arena, ClaimKey key, const char *kind,
    const char *const **items, size_t *count, Err *err);

// Flag claims whose parcel turned up, with how and by which scan; the note "" takes the flag away: it is lost again.
typedef struct ClaimFound
{
    ClaimKey key;
    const char *note;
    Instant at;
    Milestone milestone;
    const char *place;
} ClaimFound;
bool claims_found(Db *db, const ClaimPen *pen, const ClaimFound *items, size_t count, Err *err);

// Remember why shipments cannot be claimed on a ground.
typedef struct ClaimRefusal
{
    ClaimKey key;
    Instant as_of;  // when reading
    const char *reason;
} ClaimRefusal;
bool claims_refuse(Db *db, Instant as_of, const ClaimRefusal *refusals, size_t count, Err *err);

// The conditions of claims or refusals, in place of those that were remembered.
typedef struct ClaimConditions
{
    ClaimKey key;
    const ClaimCondition *items;
    size_t count;
} ClaimConditions;
bool claims_conditions_write(Db *db, const ClaimConditions *lists, size_t count, Err *err);

// Mark claims that were not submitted as time-barred when the last day of the right lies before day. A passed deadline
// bars nothing.
bool claims_bar(Db *db, const ClaimPen *pen, Day day, int64_t *barred, Err *err);

// Make claims ready that lack nothing and whose opening has come by day.
bool claims_make_ready(Db *db, const ClaimPen *pen, Day day, int64_t *made_ready, Err *err);

// Record documents written for a night; the same file again replaces its row.
typedef struct ClaimDocument
{
    Instant as_of;  // when reading
    const char *file_name, *carrier, *sha256;
    int64_t number;  // of the claim; 0 for papers of several
    int64_t claim_count, size_bytes;
    Money total;
} ClaimDocument;
bool claims_record_documents(
    Db *db, Instant as_of, const ClaimDocument *documents, size_t count, Err *err);

// The bordereaux recorded for a night, by carrier.
bool claims_bordereaux(
    Db *db, Arena *arena, Instant as_of, const CarrierClaims **items, size_t *count, Err *err);

#endif
