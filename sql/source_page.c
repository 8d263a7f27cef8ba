#include "sql/source_page.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

// Columns of source_shipments_learn.sql.
enum
{
    L_KEY,
    L_ID,
    L_CARRIER,
    L_SERVICE,
    L_ORIGIN_COUNTRY,
    L_ORIGIN_ZONE,
    L_DESTINATION_COUNTRY,
    L_DESTINATION_ZONE,
    L_CREATED,
    L_CANCELLED,
    L_SAMPLE_WEIGHT,
    L_PROMISED,
};

// Columns of source_shipments_by_id.sql.
enum
{
    S_KEY,
    S_ID,
    S_TRACKING,
    S_CARRIER,
    S_SERVICE,
    S_CONTRACT,
    S_ORIGIN_COUNTRY,
    S_ORIGIN_ZONE,
    S_DESTINATION_COUNTRY,
    S_DESTINATION_ZONE,
    S_DESTINATION_POSTCODE,
    S_CREATED,
    S_PROMISED,
    S_CANCELLED,
    S_ORDER,
    S_CUSTOMER,
    S_LANGUAGE,
    S_DECLARED,
    S_PURCHASE,
    S_SALE,
    S_FREIGHT,
    S_CURRENCY,
    S_WEIGHT,
    S_CONTENTS,
    S_INVOICE,
    S_LABEL_OWNER,
    S_SAMPLE_WEIGHT,
};

// Columns of source_scans_*.sql; the last three only where scans are read in full.
enum
{
    C_KEY,
    C_OCCURRED,
    C_CODE,
    C_SUBCODE,
    C_MILESTONE,
    C_CARRIER,
    C_RECORDED,
    C_TEXT,
    C_PLACE,
    C_COUNTRY,
};

// Few different words stand in millions of scans: carriers' codes, milestones. Each is kept once per worker.
static const SourceWord *
intern(Source *source, const Rows *rows, int column)
{
    static const SourceWord empty = {.text = ""};
    size_t length;
    const char *const bytes = rows_raw(rows, column, &length);
    bool is_new;

    if (length == 0)
        return &empty;

    const int64_t index =
        map_intern(source->words, bytes, length, (int64_t)source->word_count, &is_new);

    if (!is_new)
        return &source->word_items[index];
    if (source->word_count == source->word_capacity) {
        source->word_capacity = source->word_capacity ? 2 * source->word_capacity : 64;
        source->word_items = arena_grow_array(source->interned, source->word_items,
            sizeof(SourceWord), source->word_count, source->word_capacity);
    }

    SourceWord *const word = &source->word_items[source->word_count++];

    word->text = text_clean(source->interned, arena_copy_bytes(source->interned, bytes, length));
    milestone_parse(word->text, &word->milestone);
    return word;
}

static const char *
word(Source *source, const Rows *rows, int column)
{
    return intern(source, rows, column)->text;
}

static void
set_aside(
    PageReader *reader, SourceAsideOf of, const char *key, const char *reason, const char *detail)
{
    ARENA_PUSH(&reader->asides, ((SourceAside){of, key, reason, detail}));
}

static const char *
clean(PageReader *reader, const Rows *rows, int column)
{
    return text_clean(reader->arena, rows_text(rows, reader->arena, column));
}

// An amount that cannot be read costs the parcel its value, not its watch; the amount itself is set aside.
static Money
amount(PageReader *reader, const Rows *rows, int column, const char *currency, const char *id)
{
    const char *const text = clean(reader, rows, column);
    Money money = MONEY_NONE;
    Err err = {0};

    if (*text != '\0' && !money_parse(text, currency, &money, &err))
        set_aside(
            reader, SOURCE_VALUE, id, "amount cannot be read", arena_copy(reader->arena, err.text));
    else if (money.minor < 0) {
        set_aside(reader, SOURCE_VALUE, id, "amount is negative", text);
        money = MONEY_NONE;
    }
    return money;
}

// A promise or cancellation for infinity is none, and is said; the parcel is watched all the same.
static Instant
instant(PageReader *reader, const Rows *rows, int column, const char *id, const char *reason)
{
    const Instant at = rows_instant(rows, column);

    if (at == INSTANT_NONE && !rows_is_null(rows, column))
        set_aside(reader, SOURCE_VALUE, id, reason, "");
    return at;
}

static void
read_values(PageReader *reader, const Rows *rows, Shipment *shipment)
{
    const char *currency = clean(reader, rows, S_CURRENCY);

    if (*currency == '\0')
        currency = reader->source->options.currency;
    shipment->declared_value = amount(reader, rows, S_DECLARED, currency, shipment->id);
    shipment->purchase_value = amount(reader, rows, S_PURCHASE, currency, shipment->id);
    shipment->sale_value = amount(reader, rows, S_SALE, currency, shipment->id);
    shipment->freight_charge = amount(reader, rows, S_FREIGHT, currency, shipment->id);
    shipment->weight_grams = rows_int(rows, S_WEIGHT);
    if (shipment->weight_grams < 0) {
        set_aside(reader, SOURCE_VALUE, shipment->id, "weight is negative", "");
        shipment->weight_grams = 0;
    }
}

// What cannot be used counts as one parcel.
static double
sample_weight_of(double weight)
{
    return weight > 0 && isfinite(weight) ? weight : 1;
}

static double
sample_weight(PageReader *reader, const Rows *rows, const char *id)
{
    const double weight = rows_real(rows, S_SAMPLE_WEIGHT);

    if (!isnan(weight) && !(weight > 0 && isfinite(weight)))
        set_aside(reader, SOURCE_VALUE, id, "sample weight is not a positive number", "");
    return sample_weight_of(weight);
}

static Shipment
read_shipment(PageReader *reader, const Rows *rows)
{
    Shipment shipment = {
        .id = rows_text(rows, reader->arena, S_ID),
        .tracking_number = clean(reader, rows, S_TRACKING),
        .carrier = word(reader->source, rows, S_CARRIER),
        .service = word(reader->source, rows, S_SERVICE),
        .contract = word(reader->source, rows, S_CONTRACT),
        .origin_country = word(reader->source, rows, S_ORIGIN_COUNTRY),
        .origin_zone = word(reader->source, rows, S_ORIGIN_ZONE),
        .destination_country = word(reader->source, rows, S_DESTINATION_COUNTRY),
        .destination_zone = word(reader->source, rows, S_DESTINATION_ZONE),
        .destination_postcode = clean(reader, rows, S_DESTINATION_POSTCODE),
        .created_at = rows_instant(rows, S_CREATED),
        .order_reference = clean(reader, rows, S_ORDER),
        .customer_reference = clean(reader, rows, S_CUSTOMER),
        .customer_language = word(reader->source, rows, S_LANGUAGE),
        .contents = clean(reader, rows, S_CONTENTS),
        .invoice_reference = clean(reader, rows, S_INVOICE),
        .label_owner = word(reader->source, rows, S_LABEL_OWNER),
    };

    shipment.promised_at =
        instant(reader, rows, S_PROMISED, shipment.id, "promise lies beyond all dates");
    shipment.cancelled_at =
        instant(reader, rows, S_CANCELLED, shipment.id, "cancellation lies beyond all dates");
    read_values(reader, rows, &shipment);
    shipment.sample_weight = sample_weight(reader, rows, shipment.id);
    return shipment;
}

static Shipment
read_for_learning(PageReader *reader, const Rows *rows)
{
    return (Shipment){
        .id = rows_text(rows, reader->arena, L_ID),
        .tracking_number = "",
        .carrier = word(reader->source, rows, L_CARRIER),
        .service = word(reader->source, rows, L_SERVICE),
        .contract = "",
        .origin_country = word(reader->source, rows, L_ORIGIN_COUNTRY),
        .origin_zone = word(reader->source, rows, L_ORIGIN_ZONE),
        .destination_country = word(reader->source, rows, L_DESTINATION_COUNTRY),
        .destination_zone = word(reader->source, rows, L_DESTINATION_ZONE),
        .destination_postcode = "",
        .created_at = rows_instant(rows, L_CREATED),
        .promised_at = rows_instant(rows, L_PROMISED),
        .cancelled_at = rows_instant(rows, L_CANCELLED),
        .order_reference = "",
        .customer_reference = "",
        .customer_language = "",
        .contents = "",
        .invoice_reference = "",
        .label_owner = "",
        .sample_weight = sample_weight_of(rows_real(rows, L_SAMPLE_WEIGHT)),
    };
}

// The key is column 0 of both queries.
void
page_add_shipment(PageReader *reader, const Rows *rows, bool full)
{
    size_t length;
    const char *const key = rows_raw(rows, S_KEY, &length);
    bool is_new;
    const Shipment shipment = full ? read_shipment(reader, rows) : read_for_learning(reader, rows);

    reader->last = shipment.id;
    if (shipment.created_at == INSTANT_NONE || *shipment.carrier == '\0') {
        set_aside(reader, SOURCE_ROW, shipment.id, "shipment without carrier or creation date", "");
        return;
    }
    map_intern(reader->by_key, key, length, (int64_t)reader->shipments.count, &is_new);
    if (is_new)
        ARENA_PUSH(&reader->shipments, shipment);
    else
        set_aside(
            reader, SOURCE_ROW, shipment.id, "shipment_id occurs twice", shipment.tracking_number);
}

static void
add_scan(PageReader *reader, const Rows *rows, bool full, size_t owner)
{
    const SourceWord *const stated = intern(reader->source, rows, C_MILESTONE);
    const char *const milestone = stated->text;
    const Milestone meaning = stated->milestone;
    Scan scan = {
        .occurred_at = rows_instant(rows, C_OCCURRED),
        .milestone = meaning,
        .recorded_at = rows_instant(rows, C_RECORDED),
        .code = word(reader->source, rows, C_CODE),
        .subcode = word(reader->source, rows, C_SUBCODE),
        .carrier = word(reader->source, rows, C_CARRIER),
        .text = full ? clean(reader, rows, C_TEXT) : "",
        .place = full ? clean(reader, rows, C_PLACE) : "",
        .country = full ? word(reader->source, rows, C_COUNTRY) : "",
    };

    if (scan.occurred_at == INSTANT_NONE) {
        set_aside(reader, SOURCE_ROW, reader->shipments.items[owner].id, "scan without a date",
            scan.code);
        return;
    }
    // A word that is no milestone is kept as a code, so that it can be mapped and is reported as unmapped.
    if (meaning == MILESTONE_UNMAPPED && *milestone != '\0' && *scan.code == '\0')
        scan.code = milestone;
    if (reader->number[owner]++ == 0)
        reader->first[owner] = reader->scans.count;
    ARENA_PUSH(&reader->scans, scan);
}

bool
page_add_scans(PageReader *reader, Rows *rows, bool full, Err *err)
{
    char previous[256];
    size_t previous_length = SIZE_MAX;
    int64_t owner = -1;

    while (rows != NULL && rows_next(rows, err)) {
        size_t length;
        const char *const key = rows_raw(rows, C_KEY, &length);

        if (length != previous_length || memcmp(key, previous, length) != 0) {
            owner = map_get(reader->by_key, key, length, -1);
            previous_length = length <= sizeof previous ? length : SIZE_MAX;
            if (previous_length == length)
                memcpy(previous, key, length);
        }
        if (owner < 0)
            reader->others++;
        else
            add_scan(reader, rows, full, (size_t)owner);
    }
    reader->bytes += rows == NULL ? 0 : rows_bytes(rows);
    return err->kind == ERR_NONE;
}
