/*
 * catalogue.h - what we know of carriers: names they go by, what their codes mean, what their services promise.
 *
 * config/carriers/CARRIER.yaml ships inside the program; users add folders or files that override it row by
 * row. A code's key is (code, subcode). A row without subcode holds for all subcodes that have no row; a row with
 * the subcode "none" holds only for scans that come without one. The first place that knows a code decides, also that
 * it is left out: the vocabularies that the settings name, the carrier's own rows, the fallback vocabularies in order
 * of their ids, and last "generic", the milestones by name.
 */
#ifndef CONFIG_CATALOGUE_H
#define CONFIG_CATALOGUE_H

#include "config/carrier.h"
#include "config/problems.h"
#include "core/err.h"

typedef struct Catalogue Catalogue;

// What a code means.
typedef struct CodeMeaning
{
    Milestone milestone;  // MILESTONE_UNMAPPED when nobody has said
    bool physical;
    bool dead;  // the number is unknown, invalid or given up
} CodeMeaning;

// Load the shipped carriers and then the user's files; vocabularies are the ids of those that are asked before a carrier's
// own rows. NULL with ERR_CONFIG when there was any problem; all are in problems. Owned by the arena; read-only
// afterwards, so workers may share it.
const Catalogue *
catalogue_load(Arena *arena, TextList files, TextList vocabularies, Problems *problems, Err *err);

// SHA-256 over all files that were loaded and the vocabularies named, in order: another one means that codes may mean
// something else.
const char *catalogue_fingerprint(const Catalogue *catalogue);

// Carriers and vocabularies, numbered from 0 in the order of their ids, the user's own last; index is below the count.
size_t catalogue_count(const Catalogue *catalogue);
const CarrierEntry *catalogue_carrier(const Catalogue *catalogue, size_t index);

// The carrier's number for a name as the source spells it: compared as slug (case, accents, punctuation do not
// matter), by id, name and aliases. -1 when the catalogue does not know it.
int catalogue_find(const Catalogue *catalogue, const char *name);

// Where a carrier shows a parcel to people: its tracking_link with the number in it, percent-encoded (RFC 3986). "" when the
// carrier or its link is unknown, or the link is none of https. Owned by the arena.
const char *catalogue_tracking_link(
    const Catalogue *catalogue, Arena *arena, const char *carrier, const char *number);

// A carrier's service for a name as the source spells it, compared alike. NULL when there is none, or carrier is -1.
const CarrierService *catalogue_service(const Catalogue *catalogue, int carrier, const char *name);

// What a code of a carrier means. carrier -1 stands for one that is unknown, of which vocabularies alone can tell.
// Letters count with their case. code and subcode may be NULL or "" when there is none.
CodeMeaning
catalogue_code(const Catalogue *catalogue, int carrier, const char *code, const char *subcode);

// The row that says so, which may be one that leaves the code out; NULL when nobody knows the code.
const CodeRow *
catalogue_row(const Catalogue *catalogue, int carrier, const char *code, const char *subcode);

#endif
