/*
 * Claims for those who watch the money: each one with its dates, and what they came to by carrier.
 */
#include "core/claim_words.h"
#include "reports/night_book.h"

static size_t
claim_rows(const Digest *digest)
{
    return digest->claim_count;
}

static const Claim *
claim_at(const NightBook *night, size_t row)
{
    return &night->digest->claims[row];
}

#define CLAIM_CELL(kind, name)                                                                     \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_##kind(night->book, claim_at(night, row)->name);                                      \
    }
CLAIM_CELL(text, reference)
CLAIM_CELL(text, carrier)
CLAIM_CELL(text, tracking_number)
CLAIM_CELL(text, order_reference)
CLAIM_CELL(text, missing)
CLAIM_CELL(text, clause)
CLAIM_CELL(text, terms)
CLAIM_CELL(money, value)
CLAIM_CELL(money, payable)
CLAIM_CELL(money, claimed)
CLAIM_CELL(money, granted)
CLAIM_CELL(money, credited)
CLAIM_CELL(day, act_by)
CLAIM_CELL(day, opens_on)
CLAIM_CELL(day, enquiry_by)
CLAIM_CELL(day, claim_deadline)
CLAIM_CELL(day, barred_after)

static void
cell_ground(const NightBook *night, size_t row)
{
    book_text(night->book, words_claim_ground(night->language, claim_at(night, row)->ground));
}

static void
cell_state(const NightBook *night, size_t row)
{
    book_text(night->book, words_claim_state(night->language, claim_at(night, row)->state));
}

static void
cell_days_left(const NightBook *night, size_t row)
{
    const Day act_by = claim_at(night, row)->act_by;

    if (act_by == DAY_NONE)
        book_skip(night->book);
    else
        book_count(night->book, act_by - night->digest->day);
}

static void
cell_caution(const NightBook *night, size_t row)
{
    book_text(night->book, words_claim_caution(night->scratch, night->language,
                               claim_at(night, row), night->digest->day));
}

static const NightColumn finance[] = {
    {{"Reference", "R\u00e9f\u00e9rence"}, 13, cell_reference},
    {{"Act by", "Agir avant le"}, 13, cell_act_by},
    {{"Days left", "Jours restants"}, 10, cell_days_left},
    {{"Ground", "Motif"}, 18, cell_ground},
    {{"State", "\u00c9tat"}, 20, cell_state},
    {{"Carrier", "Transporteur"}, 16, cell_carrier},
    {{"Tracking number", "Num\u00e9ro de suivi"}, 24, cell_tracking_number},
    {{"Order", "Commande"}, 18, cell_order_reference},
    {{"Value", "Valeur"}, 14, cell_value},
    {{"Payable", "D\u00fb"}, 14, cell_payable},
    {{"Claimed", "R\u00e9clam\u00e9"}, 14, cell_claimed},
    {{"Granted", "Accord\u00e9"}, 14, cell_granted},
    {{"Credited", "Cr\u00e9dit\u00e9"}, 14, cell_credited},
    {{"Opens on", "Ouverte le"}, 13, cell_opens_on},
    {{"Enquiry by", "Enqu\u00eate avant le"}, 13, cell_enquiry_by},
    {{"Claim by", "R\u00e9clamer avant le"}, 13, cell_claim_deadline},
    {{"Right ends", "Droit \u00e9teint apr\u00e8s le"}, 13, cell_barred_after},
    {{"Missing", "Il manque"}, 20, cell_missing},
    {{"Terms", "Conditions"}, 16, cell_terms},
    {{"Clause", "Clause"}, 24, cell_clause},
    {{"Mind", "Attention"}, 70, cell_caution},
};

const NightSheet sheet_finance = {
    .names = {"Finance", "Finance"},
    .rows = claim_rows,
    .columns = finance,
    .column_count = sizeof finance / sizeof finance[0],
    .frozen_columns = 1,
};

static size_t
sum_rows(const Digest *digest)
{
    return digest->cards.claim_count;
}

static const CarrierClaimSums *
sums_at(const NightBook *night, size_t row)
{
    return &night->digest->cards.claims[row];
}

#define SUM_CELL(name)                                                                             \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_count(night->book, sums_at(night, row)->name);                                        \
    }
SUM_CELL(claims)
SUM_CELL(won)
SUM_CELL(refused)
SUM_CELL(pending)

#define SUM_MONEY_CELL(name)                                                                       \
    static void cell_##name(const NightBook *night, size_t row)                                    \
    {                                                                                              \
        book_money(night->book, claim_sum_money(sums_at(night, row), sums_at(night, row)->name));  \
    }
SUM_MONEY_CELL(won_minor)
SUM_MONEY_CELL(refused_minor)
SUM_MONEY_CELL(owed_minor)

static void
cell_sums_carrier(const NightBook *night, size_t row)
{
    book_text(night->book, sums_at(night, row)->carrier);
}

static void
cell_currency(const NightBook *night, size_t row)
{
    book_text(night->book, sums_at(night, row)->currency);
}

static const NightColumn carrier_claims[] = {
    {{"Carrier", "Transporteur"}, 20, cell_sums_carrier},
    {{"Currency", "Devise"}, 10, cell_currency},
    {{"Claims", "R\u00e9clamations"}, 13, cell_claims},
    {{"Won", "Gagn\u00e9es"}, 10, cell_won},
    {{"Refused", "Refus\u00e9es"}, 10, cell_refused},
    {{"Pending", "En cours"}, 10, cell_pending},
    {{"Received", "Re\u00e7u"}, 16, cell_won_minor},
    {{"Refused amount", "Montant refus\u00e9"}, 16, cell_refused_minor},
    {{"Owed", "Reste d\u00fb"}, 16, cell_owed_minor},
};

const NightSheet sheet_carrier_claims = {
    .names = {"Claims by carrier", "R\u00e9clamations par transporteur"},
    .rows = sum_rows,
    .columns = carrier_claims,
    .column_count = sizeof carrier_claims / sizeof carrier_claims[0],
    .frozen_columns = 1,
};
