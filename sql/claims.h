/*
 * claims.h - the ledger. Every change of state is one row of claim_move, written with the change itself.
 */
#ifndef SQL_CLAIMS_H
#define SQL_CLAIMS_H

#include "core/claim.h"
#include "core/digest.h"
#include "sql/db.h"

// Shipments that a night found lost, whose case people have not settled, and that have no claim for loss yet.
bool claims_candidates(
    Db *db, Arena *arena, Instant as_of, const char *const **ids, size_t *count, Err *err);

// The highest number that a claim has; 0 when there is none. New claims are numbered on from it, under the run's lock.
bool claims_last_number(Db *db, int64_t *number, Err *err);

// One claim to open, with its number and reference; carrier_slug names its bordereau, dossier is its XML.
typedef struct ClaimOpening
{
    const Claim *claim;
    const char *carrier_slug, *note, *dossier;
} ClaimOpening;

// Open claims, in the caller's transaction, each with its first move. A claim that exists for the shipment and ground
// stays as it is.
bool claims_open(Db *db, Instant as_of, const char *actor, Instant recorded_at,
    const ClaimOpening *openings, size_t count, Err *err);

// Remember why shipments cannot be claimed on a ground, in the caller's transaction.
bool claims_refuse(Db *db, Instant as_of, ClaimGround ground, const char *const *ids,
    const char *const *reasons, size_t count, Err *err);

// Void claims that were not submitted yet and whose case was cleared by as_of: the parcel was found. *voided receives
// how many.
bool claims_void_found(
    Db *db, Instant as_of, const char *actor, Instant recorded_at, int64_t *voided, Err *err);

// Mark claims that were not submitted as time-barred when the last day of the right lies before day. A passed deadline
// bars nothing.
bool claims_bar(Db *db, Instant as_of, Day day, const char *actor, Instant recorded_at,
    int64_t *barred, Err *err);

// Make drafts ready that lack nothing and whose opening has come by day.
bool claims_make_ready(Db *db, Instant as_of, Day day, const char *actor, Instant recorded_at,
    int64_t *made_ready, Err *err);

typedef enum ClaimSelection
{
    CLAIMS_OF_NIGHT = 1,  // opened or made ready at as_of, in the state this gave them; by number
    CLAIMS_TO_FILE,       // enquiry, draft or ready by as_of: by act_by, then by what they bring
} ClaimSelection;

// A claim as the ledger knows it. What only its papers state (shipment, valuation, enclosures, history) is in the dossier,
// "" for one that was opened before dossiers were kept; those members of claim are NULL or 0.
typedef struct LedgerClaim
{
    Claim claim;
    const char *carrier_slug, *dossier;
} LedgerClaim;

// The caution is that of day.
bool claims_select(Db *db, Arena *arena, ClaimSelection selection, Instant as_of, Day day,
    const LedgerClaim **items, size_t *count, Err *err);

// The claims of a shipment as they stood at as_of, a moment of day; by number.
bool claims_of_shipment(Db *db, Arena *arena, const char *shipment_id, Instant as_of, Day day,
    const LedgerClaim **items, size_t *count, Err *err);

// Record a document written for a night; the same file again replaces its row.
typedef struct ClaimDocument
{
    const char *file_name, *carrier, *sha256;
    int64_t claim_count, size_bytes;
    Money total;
} ClaimDocument;
bool claims_record_document(Db *db, Instant as_of, const ClaimDocument *document, Err *err);

// The bordereaux recorded for a night, by carrier.
bool claims_bordereaux(
    Db *db, Arena *arena, Instant as_of, const CarrierClaims **items, size_t *count, Err *err);

#endif
