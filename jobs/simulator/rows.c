/*
 * Digits are written by hand here: printf would take most of the time of a run of millions of rows.
 */
#include "jobs/simulator/rows.h"

#include <string.h>

#define REFERENCE_DIGITS 8

// The text begun at start ends here; what follows begins a new one.
static const char *
ink_end(Ink *ink, size_t start)
{
    ink->bytes[ink->length++] = '\0';
    return ink->bytes + start;
}

static void
ink_char(Ink *ink, char c)
{
    ink->bytes[ink->length++] = c;
}

static void
ink_text(Ink *ink, const char *text)
{
    const size_t length = strlen(text);

    memcpy(ink->bytes + ink->length, text, length);
    ink->length += length;
}

// At least digits digits, zeros in front.
static void
ink_number(Ink *ink, int64_t number, int digits)
{
    char reversed[20];
    int count = 0;

    for (; number > 0 || count < digits; number /= 10)
        reversed[count++] = (char)('0' + number % 10);
    while (count > 0)
        ink_char(ink, reversed[--count]);
}

static const char *
write_number(Ink *ink, const char *before, int64_t number, int digits, const char *after)
{
    const size_t start = ink->length;

    ink_text(ink, before);
    ink_number(ink, number, digits);
    ink_text(ink, after);
    return ink_end(ink, start);
}

// Whole seconds, as instant_print() writes them.
static const char *
write_instant(Ink *ink, Instant at)
{
    if (at == INSTANT_NONE)
        return "";

    const size_t start = ink->length;
    const Day utc = (Day)((at - (at < 0 ? HOURS_24 - 1 : 0)) / HOURS_24);
    const int64_t second = (at - utc * HOURS_24) / SECOND;
    int year, month, day;

    day_to_civil(utc, &year, &month, &day);
    ink_number(ink, year, 4);
    ink_char(ink, '-');
    ink_number(ink, month, 2);
    ink_char(ink, '-');
    ink_number(ink, day, 2);
    ink_char(ink, 'T');
    ink_number(ink, second / 3600, 2);
    ink_char(ink, ':');
    ink_number(ink, second / 60 % 60, 2);
    ink_char(ink, ':');
    ink_number(ink, second % 60, 2);
    ink_char(ink, 'Z');
    return ink_end(ink, start);
}

static const char *
write_money(Ink *ink, int64_t cents, char point)
{
    const size_t start = ink->length;

    if (cents == 0)
        return "";
    ink_number(ink, cents / 100, 1);
    ink_char(ink, point);
    ink_number(ink, cents % 100, 2);
    return ink_end(ink, start);
}

static const char *
write_id(Ink *ink, const Parcel *parcel, bool stray)
{
    return write_number(ink, stray ? "X" : "S", parcel->index + 1, parcel->id_digits,
        parcel->id_end ? parcel->id_end : "");
}

// Different for each index: 2654435761 has no divisor in common with a power of ten.
static const char *
write_tracking(Ink *ink, const Parcel *parcel)
{
    const Carrier *const carrier = parcel->carrier;
    int64_t modulus = 1;
    for (int i = 0; i < carrier->tracking_digits; i++)
        modulus *= 10;

    return write_number(ink, carrier->tracking_prefix,
        (parcel->index + 1) * INT64_C(2654435761) % modulus, carrier->tracking_digits,
        carrier->tracking_suffix);
}

static const char *
write_postcode(Ink *ink, const Parcel *parcel)
{
    const Area *const area = parcel->destination;
    const size_t start = ink->length;
    const size_t pair = parcel->postcode_area % (strlen(area->postcodes) / 2);
    static const int64_t TENS[] = {1, 10, 100, 1000};

    ink_char(ink, area->postcodes[2 * pair]);
    ink_char(ink, area->postcodes[2 * pair + 1]);
    ink_number(ink, parcel->postcode_rest % TENS[area->postcode_digits], area->postcode_digits);
    return ink_end(ink, start);
}

static const char *
contents_of(const Parcel *parcel)
{
    static const char *const GOODS[] = {"livre", "chaussures", "robe", "casque audio",
        "lampe de bureau", "jeu de soci\303\251t\303\251", "th\303\251 vert",
        "cr\303\250me solaire", "clavier", "sac \303\240 dos", "puzzle", "montre"};

    return parcel->odd_text ? parcel->odd_text
                            : GOODS[parcel->contents % (sizeof GOODS / sizeof *GOODS)];
}

static void
row_customer(const Parcel *parcel, Ink *ink, const char **row)
{
    const int64_t customer = parcel->customer;

    row[0] = write_number(ink, "O", parcel->index + 1, REFERENCE_DIGITS, "");
    row[1] = write_number(ink, "C", customer, 6, "");
    row[2] = parcel->destination->language;
    row[3] = write_number(ink, "client", customer, 1, "@example.org");
    row[4] = write_number(ink, "+336399800", customer % 100, 2, "");
}

static void
row_values(const Parcel *parcel, Ink *ink, const char **row)
{
    const char point = parcel->dirt & 1U << DIRT_COMMA ? ',' : '.';

    row[0] = write_money(ink, parcel->declared_cents, point);
    row[1] = write_money(ink, parcel->purchase_cents, point);
    row[2] = write_money(ink, parcel->sale_cents, point);
    row[3] = write_money(ink, parcel->freight_cents, point);
    row[4] = "EUR";
    row[5] = parcel->weight_grams > 0 ? write_number(ink, "", parcel->weight_grams, 1, "") : "";
    row[6] = contents_of(parcel);
    row[7] = write_number(ink, "F", parcel->index + 1, REFERENCE_DIGITS, "");
    row[8] = write_number(
        ink, "https://shop.example.org/invoices/F", parcel->index + 1, REFERENCE_DIGITS, ".pdf");
    row[9] = parcel->resold_label ? "labelshop" : "self";
}

void
row_shipment(const Parcel *parcel, Instant known_until, Ink *ink, const char **row)
{
    const bool cancelled = known_until == INSTANT_NONE || parcel->cancelled_at <= known_until;

    ink->length = 0;
    row[0] = write_id(ink, parcel, false);
    row[1] = write_tracking(ink, parcel);
    row[2] = parcel->spelling ? parcel->spelling : parcel->carrier->id;
    row[3] = parcel->service->name;
    row[4] = parcel->carrier->contract;
    row[5] = parcel->origin->country;
    row[6] = parcel->origin->zone;
    row[7] = parcel->destination->country;
    row[8] = parcel->destination->zone;
    row[9] = write_postcode(ink, parcel);
    row[10] = write_instant(ink, parcel->created_at);
    row[11] = write_instant(ink, parcel->promised_at);
    row[12] = cancelled ? write_instant(ink, parcel->cancelled_at) : "";
    row_customer(parcel, ink, row + 13);
    row_values(parcel, ink, row + 18);
}

void
row_scan(const Parcel *parcel, const SimulatedScan *scan, Ink *ink, const char **row)
{
    ink->length = 0;
    row[0] = write_id(ink, parcel, scan->stray);
    row[1] = write_instant(ink, scan->occurred_at);
    row[2] = scan->code;
    row[3] = scan->subcode;
    row[4] = scan->milestone == MILESTONE_UNMAPPED ? "" : milestone_name(scan->milestone);
    row[5] = scan->text;
    row[6] = scan->place;
    row[7] = scan->country;
    row[8] = scan->carrier;
    row[9] = write_instant(ink, scan->recorded_at);
}

static const char *
late_word(const Parcel *parcel)
{
    if (parcel->promised_at == INSTANT_NONE || parcel->cancelled_at != INSTANT_NONE)
        return "";
    return parcel->presented_at == INSTANT_NONE || parcel->presented_at > parcel->promised_at
               ? "true"
               : "false";
}

void
row_truth(const Parcel *parcel, Ink *ink, const char **row)
{
    ink->length = 0;
    row[0] = write_id(ink, parcel, false);
    row[1] = parcel->lost ? "true" : "false";
    row[2] = parcel->lost ? milestone_name(parcel->lost_after) : "";
    row[3] = write_instant(ink, parcel->delivered_at);
    row[4] = write_instant(ink, parcel->presented_at);
    row[5] = late_word(parcel);
    row[6] = parcel->incident ? parcel->incident->shown.name : "";
    row[7] = ink->bytes + ink->length;
    ink->length += dirt_words(parcel, ink->bytes + ink->length) + 1;
}
