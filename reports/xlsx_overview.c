/*
 * What the night amounts to, by kind of case, and its incidents.
 */
#include "core/incident_words.h"
#include "core/text.h"
#include "reports/night_book.h"

#include <string.h>

// Gravest first.
static CaseKind
kind_at(size_t row)
{
    return (CaseKind)(CASE_KIND_COUNT - 1 - row);
}

static size_t
kind_rows(const Digest *digest)
{
    (void)digest;
    return CASE_KIND_COUNT - 1 - CASE_NONE;
}

static const KindCount *
counts_at(const NightBook *night, size_t row)
{
    return &night->digest->kinds[kind_at(row)];
}

static void
cell_kind(const NightBook *night, size_t row)
{
    book_text(night->book, words_case_kind(night->language, kind_at(row)));
}

#define COUNT_CELL(name)                                                                           \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_count(night->book, counts_at(night, row)->name);                                      \
    }
COUNT_CELL(tonight)
COUNT_CELL(opened)
COUNT_CELL(worse)
COUNT_CELL(cleared)

static void
cell_cost(const NightBook *night, size_t row)
{
    const Digest *const digest = night->digest;
    int64_t sum = 0;

    for (size_t i = 0; i < digest->case_count; i++)
        if (digest->cases[i].kind == kind_at(row))
            sum += digest->cases[i].expected_cost_minor;
    book_money(night->book, night_cost(digest, sum));
}

// Of parcels valued in the merchant's currency.
static void
cell_value(const NightBook *night, size_t row)
{
    const Digest *const digest = night->digest;
    int64_t sum = 0;

    for (size_t i = 0; i < digest->case_count; i++)
        if (digest->cases[i].kind == kind_at(row) &&
            strcmp(digest->cases[i].value.currency, digest->currency) == 0)
            sum += digest->cases[i].value.minor;
    book_money(night->book, night_cost(digest, sum));
}

static const NightColumn management[] = {
    {{"Kind", "Nature"}, 22, cell_kind},
    {{"Tonight", "Cette nuit"}, 12, cell_tonight},
    {{"New", "Nouveaux"}, 12, cell_opened},
    {{"Worse", "Aggrav\u00e9s"}, 12, cell_worse},
    {{"Cleared", "Lev\u00e9s"}, 12, cell_cleared},
    {{"Expected cost", "Co\u00fbt attendu"}, 18, cell_cost},
    {{"Value of parcels", "Valeur des colis"}, 18, cell_value},
};

const NightSheet sheet_management = {
    .names = {"Management", "Direction"},
    .rows = kind_rows,
    .columns = management,
    .column_count = sizeof management / sizeof management[0],
    .frozen_columns = 1,
};

static size_t
incident_rows(const Digest *digest)
{
    return digest->incident_count;
}

static const Incident *
incident_at(const NightBook *night, size_t row)
{
    return &night->digest->incidents[row];
}

static void
cell_incident(const NightBook *night, size_t row)
{
    book_count(night->book, incident_at(night, row)->number);
}

static void
cell_what(const NightBook *night, size_t row)
{
    book_text(
        night->book, words_incident(night->scratch, night->language, incident_at(night, row)));
}

static void
cell_event(const NightBook *night, size_t row)
{
    book_text(night->book, words_incident_event(night->language, incident_at(night, row)->event));
}

static void
cell_carrier(const NightBook *night, size_t row)
{
    book_text(night->book, incident_at(night, row)->carrier);
}

static void
cell_since(const NightBook *night, size_t row)
{
    book_instant(night->book, incident_at(night, row)->since);
}

// A drift's pace is that of promises: its evidence tells it.
static void
cell_pace(const NightBook *night, size_t row)
{
    const Incident *const incident = incident_at(night, row);

    if (incident->kind == INCIDENT_DRIFT)
        book_skip(night->book);
    else
        book_share(night->book, incident->pace);
}

static void
cell_members(const NightBook *night, size_t row)
{
    book_count(night->book, incident_at(night, row)->members);
}

static void
cell_evidence(const NightBook *night, size_t row)
{
    book_text(night->book, incident_at(night, row)->evidence);
}

static const NightColumn incidents[] = {
    {{"Incident", "Incident"}, 10, cell_incident},
    {{"What", "Quoi"}, 46, cell_what},
    {{"Since last night", "Depuis la veille"}, 14, cell_event},
    {{"Carrier", "Transporteur"}, 16, cell_carrier},
    {{"Since", "Depuis"}, 17, cell_since},
    {{"Pace", "Allure"}, 10, cell_pace},
    {{"Parcels", "Colis"}, 10, cell_members},
    {{"Why", "Pourquoi"}, 90, cell_evidence},
};

const NightSheet sheet_incidents = {
    .names = {"Incidents", "Incidents"},
    .rows = incident_rows,
    .columns = incidents,
    .column_count = sizeof incidents / sizeof incidents[0],
    .frozen_columns = 1,
};
