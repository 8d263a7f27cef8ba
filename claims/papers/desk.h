/*
 * desk.h - what every paper of a claim works with: the dossier, its language and zone, and the page under way; facts of the
 * dossier in words, "" where they are not known.
 */
#ifndef CLAIMS_PAPERS_DESK_H
#define CLAIMS_PAPERS_DESK_H

#include "claims/papers/folio.h"
#include "claims/papers/papers.h"
#include "core/slots.h"

typedef struct Desk
{
    Press *press;
    Arena *arena;
    const Dossier *dossier;
    const Claim *claim;  // the dossier's
    const Tongue *tongue;
    const Zone *zone;
    const char *reference;  // of the claim's number: "VG-000123"
    Folio *folio;
} Desk;

// Lay a dossier on the desk. False with ERR_CONFIG when its time zone is not known.
bool desk_set(Desk *desk, Press *press, Arena *arena, const Dossier *dossier, Err *err);

// Begin the PDF of a paper with this title; mark is "" or a word for every page's foot.
void desk_begin(Desk *desk, const char *title, const char *mark);

// Finish it as "VG-000123-SUFFIX".
bool desk_end(Desk *desk, const char *suffix, Paper *out, Err *err);

// The word of a key, and the same with its holes filled from pairs of name and text, NULL-terminated.
const char *desk_word(const Desk *desk, const char *key);
const char *desk_fill(const Desk *desk, const char *key, ...) __attribute__((sentinel));

const char *desk_day(const Desk *desk, Instant at);   // "20 November 2026"
const char *desk_time(const Desk *desk, Instant at);  // "20 November 2026, 14:05"
const char *desk_money(const Desk *desk, Money money);
const char *desk_days(const Desk *desk, int64_t days);  // "1 day", "15 days"
const char *desk_parcel(const Desk *desk);              // tracking number, else the shipment's

// Facts of the shipment, in the order of the NMFTA's form. Room for DESK_FACTS_MAX; returns how many.
#define DESK_FACTS_MAX 16
size_t desk_facts(const Desk *desk, FolioFact *facts);

// Name, address, e-mail address of a party, and what stands last, a line each.
const char *desk_party(const Desk *desk, const Party *party, const char *last);

// A hole of a text of claims/templates, and the condition of a part that speaks of it: it holds when the text is not empty.
void desk_put(Slots *slots, const char *name, const char *text);

// A condition alone.
void desk_put_condition(Slots *slots, const char *name, bool holds);

// The head of a letter: who writes, to whom, the day of the dossier, and the title.
void desk_head(Desk *desk, const char *title);

// Parts of letters: the facts of the shipment, and who signs.
void desk_draw_facts(Desk *desk);
void desk_draw_signature(Desk *desk);

// What stands at "@name" in a text, where it is wanted (NULL: always).
typedef struct DeskPart
{
    const char *name;
    bool (*wanted)(const Desk *desk);
    void (*draw)(Desk *desk);
} DeskPart;

// Print a text of claims/templates block by block: blocks are parted by empty lines; "# words" is a heading, which falls away
// when nothing stands below it; "@name" is a part; holes and parts within a block are those of core/template.h.
void desk_print(
    Desk *desk, const char *text, const Slots *slots, const DeskPart *parts, size_t part_count);

#endif
