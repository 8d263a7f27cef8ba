/*
 * catalogue.h - what we know of carriers: names they go by, and what their codes mean.
 *
 * config/carriers/CARRIER.yaml ships inside the program; users add folders or files that override it row by
 * row. A code's key is (code, subcode). A row without subcode holds for all subcodes that have no row; a row with
 * the subcode "none" holds only for scans that come without one. What the file "generic" says holds for every
 * carrier whose own rows do not know a code.
 */
#ifndef CONFIG_CATALOGUE_H
#define CONFIG_CATALOGUE_H

#include "config/problems.h"
#include "config/settings.h"
#include "core/err.h"
#include "core/milestone.h"

typedef struct Catalogue Catalogue;

// What a code means.
typedef struct CodeMeaning
{
    Milestone milestone;  // MILESTONE_UNMAPPED when nobody has said
    bool physical;
} CodeMeaning;

typedef struct CarrierEntry
{
    const char *id;             // "colissimo"
    const char *name;           // "Colissimo (La Poste)"
    const char *tracking_link;  // "https://.../{tracking_number}", "" when unknown
    TextList services;          // names of services, for people; may be empty
    size_t code_count;
} CarrierEntry;

// Load the shipped carriers and then the user's. NULL with ERR_CONFIG when there was any problem; all are in
// problems. Owned by the arena; read-only afterwards, so workers may share it.
const Catalogue *catalogue_load(Arena *arena, TextList extra, Problems *problems, Err *err);

// SHA-256 over all files that were loaded, in order: another one means that codes may mean something else.
const char *catalogue_fingerprint(const Catalogue *catalogue);

// Carriers, numbered from 0 in the order of their ids; index is below the count.
size_t catalogue_count(const Catalogue *catalogue);
const CarrierEntry *catalogue_carrier(const Catalogue *catalogue, size_t index);

// The carrier's id for a name as the source spells it: compared as slug (case, accents, punctuation do not
// matter), by id, name and aliases. -1 when the catalogue does not know it.
int catalogue_find(const Catalogue *catalogue, const char *name);

// What a code of a carrier means. carrier -1, or a code without row, falls back to the generic vocabulary: a
// code that is itself the name of a milestone ("out_for_delivery") means that; anything else is unmapped. Letters
// count with their case. subcode NULL or "" when there is none.
CodeMeaning
catalogue_code(const Catalogue *catalogue, int carrier, const char *code, const char *subcode);

#endif
