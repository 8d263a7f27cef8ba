/*
 * The ranked cases, once for those who look for parcels and once for those who answer recipients.
 */
#include "core/text.h"
#include "reports/night_book.h"

#include <math.h>

static size_t
case_rows(const Digest *digest)
{
    return digest->case_count;
}

static const CaseRecord *
case_at(const NightBook *night, size_t row)
{
    return &night->digest->cases[row];
}

#define TEXT_CELL(name)                                                                            \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_text(night->book, case_at(night, row)->name);                                         \
    }
TEXT_CELL(shipment_id)
TEXT_CELL(tracking_number)
TEXT_CELL(carrier)
TEXT_CELL(service)
TEXT_CELL(origin)
TEXT_CELL(destination)
TEXT_CELL(evidence)

static void
cell_rank(const NightBook *night, size_t row)
{
    book_count(night->book, (int64_t)row + 1);
}

static void
cell_number(const NightBook *night, size_t row)
{
    book_count(night->book, case_at(night, row)->number);
}

static void
cell_kind(const NightBook *night, size_t row)
{
    book_text(night->book, words_case_kind(night->language, case_at(night, row)->kind));
}

static void
cell_state(const NightBook *night, size_t row)
{
    book_text(night->book, words_case_state(night->language, case_at(night, row)->state));
}

static void
cell_event(const NightBook *night, size_t row)
{
    book_text(night->book, words_case_event(night->language, case_at(night, row)->last_event));
}

static void
cell_opened(const NightBook *night, size_t row)
{
    book_instant(night->book, case_at(night, row)->opened_as_of);
}

static void
cell_promised(const NightBook *night, size_t row)
{
    book_instant(night->book, case_at(night, row)->promised_at);
}

static void
cell_promise_origin(const NightBook *night, size_t row)
{
    static const char *const words[PROMISE_ORIGIN_COUNT][LANGUAGE_COUNT] = {
        [PROMISE_STATED] = {"stated", "annonc\u00e9e"},
        [PROMISE_DERIVED] = {"of the service", "du service"},
        [PROMISE_LEARNED] = {"expected", "attendue"},
        [PROMISE_NONE] = {"", ""},
    };

    book_text(night->book, words[case_at(night, row)->promise_origin][night->language]);
}

// Days since the promise; nothing while it is ahead.
static void
cell_overdue(const NightBook *night, size_t row)
{
    const Instant promised = case_at(night, row)->promised_at;
    const double days = promised == INSTANT_NONE
                            ? (double)NAN
                            : (double)(night->digest->as_of - promised) / (double)HOURS_24;

    book_real(night->book, days > 0 ? days : (double)NAN);
}

static void
cell_silence(const NightBook *night, size_t row)
{
    book_real(night->book, case_at(night, row)->silence_hours / 24);
}

static void
cell_p_late(const NightBook *night, size_t row)
{
    book_share(night->book, case_at(night, row)->p_late);
}

static void
cell_p_lost(const NightBook *night, size_t row)
{
    book_share(night->book, case_at(night, row)->p_lost);
}

static void
cell_value(const NightBook *night, size_t row)
{
    book_money(night->book, case_at(night, row)->value);
}

static void
cell_cost(const NightBook *night, size_t row)
{
    book_money(night->book, night_cost(night->digest, case_at(night, row)->expected_cost_minor));
}

static void
cell_snoozed(const NightBook *night, size_t row)
{
    book_day(night->book, case_at(night, row)->snoozed_until);
}

static void
cell_incident(const NightBook *night, size_t row)
{
    if (case_at(night, row)->incident_number > 0)
        book_count(night->book, case_at(night, row)->incident_number);
    else
        book_skip(night->book);
}

static const NightColumn logistics[] = {
    {{"Rank", "Rang"}, 7, cell_rank},
    {{"Case", "Cas"}, 9, cell_number},
    {{"Kind", "Nature"}, 18, cell_kind},
    {{"State", "\u00c9tat"}, 14, cell_state},
    {{"Since last night", "Depuis la veille"}, 14, cell_event},
    {{"Carrier", "Transporteur"}, 16, cell_carrier},
    {{"Service", "Service"}, 16, cell_service},
    {{"Tracking number", "Num\u00e9ro de suivi"}, 24, cell_tracking_number},
    {{"From", "De"}, 12, cell_origin},
    {{"To", "Vers"}, 12, cell_destination},
    {{"Promised", "Promis"}, 17, cell_promised},
    {{"Promise", "Promesse"}, 14, cell_promise_origin},
    {{"Silent (days)", "Silence (jours)"}, 11, cell_silence},
    {{"P(late)", "P(retard)"}, 10, cell_p_late},
    {{"P(lost)", "P(perte)"}, 10, cell_p_lost},
    {{"Value", "Valeur"}, 14, cell_value},
    {{"Expected cost", "Co\u00fbt attendu"}, 14, cell_cost},
    {{"Incident", "Incident"}, 10, cell_incident},
    {{"Why", "Pourquoi"}, 90, cell_evidence},
    {{"Shipment", "Exp\u00e9dition"}, 20, cell_shipment_id},
};

static const NightColumn support[] = {
    {{"Tracking number", "Num\u00e9ro de suivi"}, 24, cell_tracking_number},
    {{"Shipment", "Exp\u00e9dition"}, 20, cell_shipment_id},
    {{"Carrier", "Transporteur"}, 16, cell_carrier},
    {{"To", "Vers"}, 12, cell_destination},
    {{"Kind", "Nature"}, 18, cell_kind},
    {{"State", "\u00c9tat"}, 14, cell_state},
    {{"Snoozed until", "En veille jusqu'au"}, 13, cell_snoozed},
    {{"Opened", "Ouvert"}, 17, cell_opened},
    {{"Promised", "Promis"}, 17, cell_promised},
    {{"Days overdue", "Jours de retard"}, 11, cell_overdue},
    {{"P(late)", "P(retard)"}, 10, cell_p_late},
    {{"P(lost)", "P(perte)"}, 10, cell_p_lost},
    {{"Why", "Pourquoi"}, 90, cell_evidence},
    {{"Case", "Cas"}, 9, cell_number},
};

const NightSheet sheet_logistics = {
    .names = {"Logistics", "Logistique"},
    .rows = case_rows,
    .columns = logistics,
    .column_count = sizeof logistics / sizeof logistics[0],
    .frozen_columns = 2,
};

const NightSheet sheet_support = {
    .names = {"Support", "Service client"},
    .rows = case_rows,
    .columns = support,
    .column_count = sizeof support / sizeof support[0],
    .frozen_columns = 1,
};
