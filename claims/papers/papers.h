/*
 * papers.h - every paper of a claim, made from its dossier: bytes and the name of the file that holds them.
 *
 * Same dossier, same bytes, under any locale and time zone of the machine: no clock, no random number, one font that
 * travels in the PDF. Texts from outside are cleaned and stay texts: no markup, no formula, no delimiter. File names are
 * made of our own numbers and of the carrier's slug. Papers state what the dossier states (claims/dossier.h): no deadline,
 * no end of the right, no caution.
 *
 * French where the claim's language is "fr", else the language that has files of templates, else English.
 */
#ifndef CLAIMS_PAPERS_PAPERS_H
#define CLAIMS_PAPERS_PAPERS_H

#include "claims/papers/press.h"
#include "core/dossier.h"
#include "core/err.h"

typedef struct Paper
{
    const char *name;  // "VG-000123-letter.pdf"
    const char *bytes;
    size_t length;
} Paper;

typedef struct PaperList
{
    Arena *arena;  // owns the bytes and names too
    Paper *items;
    size_t count, capacity;
} PaperList;

// The claims that go to one carrier on one day, sorted by number; count is at least 1 but for the CSV. Each dossier whole, or a
// bordereau_row() of it.
typedef struct Bordereau
{
    const char *carrier_slug;  // "colissimo"
    Day day;
    const Dossier *dossiers;
    size_t count;
    size_t part, parts;  // of the PDF: this is part 2 of 5; 0 when it is the whole
} Bordereau;

// Papers of one claim. Each fills out with bytes owned by the arena; ERR_FAILED when a library refuses (out then stands as
// it was), ERR_CONFIG when the dossier's time zone is not known to this machine.
//
// The letter asserts liability and demands the payable amount with every line of its reckoning, lists what is enclosed and
// what is absent and why (after the NMFTA's form). Without a payable amount it is marked as a draft and says what is
// missing.
bool paper_letter(Press *press, Arena *arena, const Dossier *dossier, Paper *out, Err *err);

// The evidence: scans with the carrier's codes in local time, promise, silence, and what is normal there, with a plot.
bool paper_annex(Press *press, Arena *arena, const Dossier *dossier, Paper *out, Err *err);

// A declaration of non-receipt for the recipient to fill in and sign; it holds nothing of the recipient.
bool paper_declaration(Press *press, Arena *arena, const Dossier *dossier, Paper *out, Err *err);

// That the claim is not upheld any more, dated by the withdrawal: the parcel turned up, or the claimant says so. Where the
// carrier credited something, a notice that it is given back.
bool paper_withdrawal(Press *press, Arena *arena, const Dossier *dossier,
    const ClaimWithdrawal *withdrawal, Paper *out, Err *err);

// Whether the claim needs that declaration: its ground is non-receipt, or the terms want such an enclosure.
bool paper_declaration_wanted(const Dossier *dossier);

// The dossier itself (claims/dossier.h).
bool paper_dossier(Arena *arena, const Dossier *dossier, Paper *out, Err *err);

// Append all papers of a claim: dossier, letter, annex and, when wanted, the declaration.
bool papers_of_claim(Press *press, const Dossier *dossier, PaperList *list, Err *err);

// What the papers of a bordereau state of a claim, and no more: history, curve and amounts in detail are left out, so that a
// night can hold the rows of many claims. Copied into the arena; parties that are those of `first` (may be NULL) are shared.
Dossier bordereau_row(Arena *arena, const Dossier *dossier, const Dossier *first);

// Papers of one bordereau, in the language of its first claim where they have words.
//
// CSV: a header, a row for each claim, control totals (count and sum of payable by currency).
bool paper_bordereau_csv(Arena *arena, const Bordereau *bordereau, Paper *out, Err *err);

// The same columns as a sheet: typed cells, frozen header, filter, totals on a sheet of their own.
bool
paper_bordereau_xlsx(Press *press, Arena *arena, const Bordereau *bordereau, Paper *out, Err *err);

// For signature: one line per claim, totals by currency; of one part where the bordereau says so, named "...-2.pdf".
bool
paper_bordereau_pdf(Press *press, Arena *arena, const Bordereau *bordereau, Paper *out, Err *err);

// ASC X12 920 (005050), one transaction set for each claim with a payable amount. The interchange's control number is the
// first claim's number. ERR_DATA when no claim has an amount.
bool paper_claims_x12(Arena *arena, const Bordereau *bordereau, Paper *out, Err *err);

// UBL 2.1 DebitNote over the claims with a payable amount in the currency; ERR_DATA when there is none. A bordereau of one
// currency has "debit-note-colissimo-2026-11-20.xml"; of several, each name ends in its currency.
bool paper_debit_note(
    Arena *arena, const Bordereau *bordereau, const char *currency, Paper *out, Err *err);

// Append all papers of a bordereau: CSV, XLSX, PDF and, where there are amounts, X12 and a debit note per currency. The PDF of
// more than BORDEREAU_PART claims comes in parts of so many: its tags take some 40 kB a claim while it is made.
#define BORDEREAU_PART 1000
bool papers_of_bordereau(Press *press, const Bordereau *bordereau, PaperList *list, Err *err);

#endif
