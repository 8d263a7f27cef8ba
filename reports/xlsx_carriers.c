/*
 * Scorecards, and why cases of each carrier opened.
 */
#include "reports/night_book.h"

#include <math.h>

static size_t
card_rows(const Digest *digest)
{
    return digest->cards.count;
}

static const Scorecard *
card_at(const NightBook *night, size_t row)
{
    return &night->digest->cards.items[row];
}

#define CARD_CELL(kind, name)                                                                      \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_##kind(night->book, card_at(night, row)->name);                                       \
    }
CARD_CELL(text, carrier)
CARD_CELL(text, service)
CARD_CELL(text, origin)
CARD_CELL(text, destination)
CARD_CELL(count, parcels)
CARD_CELL(count, presented)

// The five cells of a share.
#define SHARE_CELLS(name, member)                                                                  \
    static void cell_##name##_of(const NightBook *night, size_t row)                               \
    {                                                                                              \
        book_count(night->book, card_at(night, row)->member.of);                                   \
    }                                                                                              \
    static void cell_##name##_count(const NightBook *night, size_t row)                            \
    {                                                                                              \
        book_count(night->book, card_at(night, row)->member.count);                                \
    }                                                                                              \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_share(night->book, card_at(night, row)->member.share);                                \
    }                                                                                              \
    static void cell_##name##_low(const NightBook *night, size_t row)                              \
    {                                                                                              \
        book_share(night->book, card_at(night, row)->member.low);                                  \
    }                                                                                              \
    static void cell_##name##_high(const NightBook *night, size_t row)                             \
    {                                                                                              \
        book_share(night->book, card_at(night, row)->member.high);                                 \
    }
SHARE_CELLS(stated, on_time[PROMISE_STATED])
SHARE_CELLS(derived, on_time[PROMISE_DERIVED])
SHARE_CELLS(lost, lost)

#define QUANTILE_CELL(index)                                                                       \
    static void cell_quantile_##index(const NightBook *night, size_t row)                          \
    {                                                                                              \
        book_real(night->book, card_at(night, row)->transit_hours[index] / 24);                    \
    }
QUANTILE_CELL(0)
QUANTILE_CELL(1)
QUANTILE_CELL(2)

static void
cell_level(const NightBook *night, size_t row)
{
    static const char *const words[SCORE_LEVEL_COUNT][LANGUAGE_COUNT] = {
        [SCORE_CARRIER] = {"carrier", "transporteur"},
        [SCORE_SERVICE] = {"service", "service"},
        [SCORE_LANE] = {"lane", "liaison"},
    };

    book_text(night->book, words[card_at(night, row)->level][night->language]);
}

static void
cell_drift(const NightBook *night, size_t row)
{
    const ScoreDrift *const drift = &card_at(night, row)->drift;

    book_day(night->book, drift->on ? drift->since : DAY_NONE);
}

static void
cell_usual(const NightBook *night, size_t row)
{
    book_share(night->book, card_at(night, row)->drift.usual);
}

static const NightColumn carriers[] = {
    {{"Level", "Niveau"}, 13, cell_level},
    {{"Carrier", "Transporteur"}, 16, cell_carrier},
    {{"Service", "Service"}, 16, cell_service},
    {{"From", "De"}, 12, cell_origin},
    {{"To", "Vers"}, 12, cell_destination},
    {{"Parcels", "Colis"}, 10, cell_parcels},
    {{"Presented", "Pr\u00e9sent\u00e9s"}, 11, cell_presented},
    {{"Transit, median (days)", "D\u00e9lai m\u00e9dian (jours)"}, 13, cell_quantile_0},
    {{"Transit, 90% (days)", "D\u00e9lai \u00e0 90 % (jours)"}, 13, cell_quantile_1},
    {{"Transit, 95% (days)", "D\u00e9lai \u00e0 95 % (jours)"}, 13, cell_quantile_2},
    {{"Stated promises", "Promesses annonc\u00e9es"}, 12, cell_stated_of},
    {{"Kept", "Tenues"}, 10, cell_stated_count},
    {{"On time", "\u00c0 l'heure"}, 10, cell_stated},
    {{"at least", "au moins"}, 10, cell_stated_low},
    {{"at most", "au plus"}, 10, cell_stated_high},
    {{"Promises of the service", "Promesses du service"}, 12, cell_derived_of},
    {{"Kept", "Tenues"}, 10, cell_derived_count},
    {{"On time", "\u00c0 l'heure"}, 10, cell_derived},
    {{"at least", "au moins"}, 10, cell_derived_low},
    {{"at most", "au plus"}, 10, cell_derived_high},
    {{"Old enough to be lost", "Assez anciens pour \u00eatre perdus"}, 13, cell_lost_of},
    {{"Lost", "Perdus"}, 10, cell_lost_count},
    {{"Loss rate", "Taux de perte"}, 10, cell_lost},
    {{"at least", "au moins"}, 10, cell_lost_low},
    {{"at most", "au plus"}, 10, cell_lost_high},
    {{"Drifting since", "En d\u00e9rive depuis"}, 13, cell_drift},
    {{"Usually on time", "D'habitude \u00e0 l'heure"}, 12, cell_usual},
};

const NightSheet sheet_carriers = {
    .names = {"Carriers", "Transporteurs"},
    .rows = card_rows,
    .columns = carriers,
    .column_count = sizeof carriers / sizeof carriers[0],
    .frozen_columns = 5,
};

static size_t
reason_rows(const Digest *digest)
{
    return digest->cards.reason_count;
}

static const CarrierReason *
reason_at(const NightBook *night, size_t row)
{
    return &night->digest->cards.reasons[row];
}

static void
cell_reason_carrier(const NightBook *night, size_t row)
{
    book_text(night->book, reason_at(night, row)->carrier);
}

static void
cell_reason_kind(const NightBook *night, size_t row)
{
    book_text(night->book, words_case_kind(night->language, reason_at(night, row)->kind));
}

static void
cell_reason_opened(const NightBook *night, size_t row)
{
    book_count(night->book, reason_at(night, row)->opened);
}

static void
cell_reason_listed(const NightBook *night, size_t row)
{
    book_count(night->book, reason_at(night, row)->listed);
}

static const NightColumn reasons[] = {
    {{"Carrier", "Transporteur"}, 20, cell_reason_carrier},
    {{"Kind", "Nature"}, 22, cell_reason_kind},
    {{"Cases opened", "Cas ouverts"}, 13, cell_reason_opened},
    {{"Tonight", "Cette nuit"}, 13, cell_reason_listed},
};

const NightSheet sheet_reasons = {
    .names = {"Reasons", "Motifs"},
    .rows = reason_rows,
    .columns = reasons,
    .column_count = sizeof reasons / sizeof reasons[0],
    .frozen_columns = 1,
};
