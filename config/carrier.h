/*
 * carrier.h - a carrier as the catalogue tells it: its names, services and promises, and what its codes mean.
 *
 * Texts are never NULL, "" when the file says nothing. All of it is read-only and lives as long as the catalogue.
 */
#ifndef CONFIG_CARRIER_H
#define CONFIG_CARRIER_H

#include "config/day_count.h"
#include "config/settings.h"
#include "core/claim.h"
#include "core/milestone.h"

// What a file of codes is, beside a carrier's own.
typedef enum Vocabulary
{
    VOCABULARY_NONE = 0,  // a carrier
    VOCABULARY_FALLBACK,  // unmistakable words: asked where a carrier's own rows do not know a code
    VOCABULARY_NAMED,  // codes that collide with others': asked only when carriers.vocabularies names it
} Vocabulary;

// A transit promise of a service: the first whose lane fits holds.
typedef struct Promise
{
    TextList from, to;  // ISO 3166 countries; empty: any
    int32_t after;      // so many days or hours after acceptance, from 0
    DayCount count;     // never COUNT_MONTHS
    int by;             // minute of that day, 0 to 1440; -1: its end
} Promise;

typedef struct CarrierService
{
    const char *id, *name;
    TextList aliases;  // spellings in source data, as the file has them
    int cut_off;  // accepted after this minute of the day (local at origin) counts as the next day; -1: none
    const char *source, *confidence;  // where the promise is written; "official", "secondary", ...
    const Promise *promises;
    size_t promise_count;
} CarrierService;

// How long a pick-up point keeps a parcel.
typedef struct PickupHolding
{
    int32_t after;   // 0 when the file says nothing
    DayCount count;  // calendar days, working days or jours ouvrables
    const char *source, *confidence;
} PickupHolding;

// What a code means, or why nothing is said of it.
typedef struct CodeRow
{
    const char *code;
    const char *
        subcode;  // "": holds for all subcodes without a row; "none": for scans that come without one
    Milestone milestone;  // MILESTONE_UNMAPPED: left out on purpose
    bool physical;
    bool dead;  // the number is unknown, invalid or given up; never physical
    ClaimState
        claim;  // of news of a claim: where a submitted one moves; 0 when that is not certain
    const char *label_en, *label_fr;
    const char *why;     // of a code that is left out; else ""
    const char *judged;  // how a draft was judged; "" for rows that were none
    const char *source;  // the row's own, else its scheme's
    int carrier;         // whose it is: a number of the catalogue
    const char *scheme, *file;
    size_t line;
    int answers;  // keys that lead to it; 0 when a later file overrides it
} CodeRow;

typedef struct CodeScheme
{
    const char *name, *source, *file;
    const CodeRow *rows;  // first those with a milestone, then those left out
    size_t row_count, left_out_count;
} CodeScheme;

typedef struct CarrierEntry
{
    const char *id;    // "colissimo"
    const char *name;  // "Colissimo (La Poste)"
    TextList aliases;
    Vocabulary vocabulary;
    const char *tracking_link;  // "https://.../{tracking_number}"
    const char *
        time_zone;  // of its times without a zone: an IANA zone, "place" (where the scan was made), or ""
    const char *time_zone_source;
    int delivery_days;  // the days of a week from Monday on which it delivers: 5, 6 or 7; 0 when unknown
    int opens, closes;  // usual hours of delivery, minutes of the local day; -1 when unknown
    PickupHolding pickup_holding;
    TextList quirks;
    const CarrierService *services;
    size_t service_count;
    const CodeScheme *schemes;
    size_t scheme_count;
    size_t code_count;  // codes with a milestone, over all schemes
} CarrierEntry;

// The label of a row in a language ("fr", else English); the other language's where there is none, else the milestone's.
const char *code_row_label(const CodeRow *row, const char *language);

// "fallback", "named"; "" for a carrier.
const char *vocabulary_word(Vocabulary vocabulary);

#endif
