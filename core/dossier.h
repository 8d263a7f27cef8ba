/*
 * dossier.h - everything a claim states and encloses, as plain data: the canonical form. Its XML (claims/dossier.xsd) is
 * kept in the ledger, and every other document is made from it, so the same claim gives the same papers years later.
 *
 * All texts are valid UTF-8, never NULL ("" when not known).
 */
#ifndef CORE_DOSSIER_H
#define CORE_DOSSIER_H

#include "core/claim.h"
#include "core/milestone.h"

// Who claims, and from whom. An address may have several lines.
typedef struct Party
{
    const char *name, *address, *email, *account;
} Party;

// A scan as the carrier reported it, oldest first in a dossier.
typedef struct DossierScan
{
    Instant occurred_at;
    Milestone milestone;  // MILESTONE_UNMAPPED when nobody knows
    bool physical;        // somebody handled the parcel
    const char *code;     // the carrier's, with its subcode behind a slash: "X/48"
    const char *text, *place, *country;
} DossierScan;

// By then a share of parcels like it had moved on.
typedef struct DossierPoint
{
    double hours;  // by the clock on the wall since the last physical scan
    double moved;  // share, 0..1, ascending
} DossierPoint;

// What is normal for parcels like it at that place, when the dossier was made.
typedef struct DossierNormal
{
    const char *
        segment;  // "colissimo / home / IDF>PACA, in transit"; "" when too little is known: the rest is then void
    double parcels;  // counted behind it, older ones less
    double half_hours, most_hours,
        nearly_all_hours;  // by when 50, 90 and 99 of 100 had moved on; NAN when never
    double silence_hours;  // how long this one has waited by then
    const DossierPoint *curve;
    size_t curve_count;
} DossierNormal;

typedef struct Dossier
{
    Claim claim;  // with its lines, conditions and enclosures
    Party claimant, carrier;
    const char *time_zone;  // in which days and hours are printed: "Europe/Paris"
    Instant as_of;          // of which the timeline and the silence are
    const DossierScan *scans;
    size_t scan_count;
    DossierNormal normal;
} Dossier;

#endif
