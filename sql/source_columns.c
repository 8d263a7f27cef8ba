#include "sql/source_columns.h"

#include "core/text.h"

#include <string.h>

const ContractColumn contract_shipments[] = {
    {"shipment_id", CONTRACT_ID, true},
    {"tracking_number", CONTRACT_TEXT, true},
    {"carrier", CONTRACT_TEXT, true},
    {"created_at", CONTRACT_INSTANT, true},
    {"service", CONTRACT_TEXT, false},
    {"contract", CONTRACT_TEXT, false},
    {"origin_country", CONTRACT_TEXT, false},
    {"origin_zone", CONTRACT_TEXT, false},
    {"destination_country", CONTRACT_TEXT, false},
    {"destination_zone", CONTRACT_TEXT, false},
    {"destination_postcode", CONTRACT_TEXT, false},
    {"promised_at", CONTRACT_PROMISE, false},
    {"cancelled_at", CONTRACT_INSTANT, false},
    {"order_reference", CONTRACT_TEXT, false},
    {"customer_reference", CONTRACT_TEXT, false},
    {"customer_language", CONTRACT_TEXT, false},
    {"customer_email", CONTRACT_TEXT, false, .contact = true},
    {"customer_phone", CONTRACT_TEXT, false, .contact = true},
    {"customer_consent", CONTRACT_BOOL, false, .contact = true},
    {"declared_value", CONTRACT_AMOUNT, false},
    {"purchase_value", CONTRACT_AMOUNT, false},
    {"sale_value", CONTRACT_AMOUNT, false},
    {"freight_charge", CONTRACT_AMOUNT, false},
    {"currency", CONTRACT_TEXT, false},
    {"weight_grams", CONTRACT_GRAMS, false},
    {"contents", CONTRACT_TEXT, false},
    {"invoice_reference", CONTRACT_TEXT, false},
    {"label_owner", CONTRACT_TEXT, false},
    {"sample_weight", CONTRACT_WEIGHT, false},
};
const size_t contract_shipment_count = sizeof contract_shipments / sizeof contract_shipments[0];

const ContractColumn contract_scans[] = {
    {"shipment_id", CONTRACT_ID, true},
    {"occurred_at", CONTRACT_INSTANT, true},
    {"code", CONTRACT_TEXT, false},
    {"subcode", CONTRACT_TEXT, false},
    {"milestone", CONTRACT_TEXT, false},
    {"text", CONTRACT_TEXT, false},
    {"place", CONTRACT_TEXT, false},
    {"country", CONTRACT_TEXT, false},
    {"carrier", CONTRACT_TEXT, false},
    {"recorded_at", CONTRACT_INSTANT, false},
};
const size_t contract_scan_count = sizeof contract_scans / sizeof contract_scans[0];

static bool
is_one_of(const char *type, const char *const *types)
{
    for (; *types != NULL; types++)
        if (strcmp(type, *types) == 0)
            return true;
    return false;
}

static const char *const texts[] = {
    "text", "character varying", "character", "name", "\"char\"", NULL};
static const char *const whole_numbers[] = {"smallint", "integer", "bigint", NULL};
static const char *const numbers[] = {
    "smallint", "integer", "bigint", "numeric", "real", "double precision", NULL};

static const char *
refuse(SourceColumn *column, const char *problem)
{
    column->problem = problem;
    return NULL;
}

static const char *
instant_expression(Arena *arena, bool promise, const char *quoted, const char *type,
    const char *zone_literal, const char *promise_zone_literal, const SourceOptions *options,
    SourceColumn *column)
{
    if (strcmp(type, "timestamp with time zone") == 0)
        return quoted;
    if (strcmp(type, "timestamp without time zone") == 0) {
        column->note = arena_printf(arena, "without zone, read as %s", options->time_zone);
        return arena_printf(arena, "%s at time zone %s", quoted, zone_literal);
    }
    if (strcmp(type, "date") == 0 && promise) {
        column->note = arena_printf(
            arena, "a date: promised by the end of that day in %s", options->promise_time_zone);
        return arena_printf(arena, "(%s + 1)::timestamp at time zone %s - interval '1 microsecond'",
            quoted, promise_zone_literal);
    }
    if (strcmp(type, "date") == 0) {
        column->note = arena_printf(arena, "a date: its first instant in %s", options->time_zone);
        return arena_printf(arena, "%s::timestamp at time zone %s", quoted, zone_literal);
    }
    return refuse(
        column, "expected timestamp with time zone, timestamp or date; cast it in a view");
}

const char *
contract_expression(Arena *arena, const ContractColumn *contract, const char *quoted,
    const char *type, const char *zone_literal, const char *promise_zone_literal,
    const SourceOptions *options, SourceColumn *column)
{
    switch (contract->kind) {
    case CONTRACT_ID:
        if (is_one_of(type, texts) || is_one_of(type, whole_numbers) || strcmp(type, "uuid") == 0)
            return quoted;
        return refuse(column, "expected text, uuid or an integer; cast it in a view");
    case CONTRACT_TEXT:
        if (strcmp(type, "bytea") == 0)
            return refuse(column, "expected text, not bytes");
        return arena_printf(arena, "%s::text", quoted);
    case CONTRACT_INSTANT:
    case CONTRACT_PROMISE:
        return instant_expression(arena, contract->kind == CONTRACT_PROMISE, quoted, type,
            zone_literal, promise_zone_literal, options, column);
    case CONTRACT_AMOUNT:
        if (is_one_of(type, numbers) || is_one_of(type, texts))
            return arena_printf(arena, "%s::text", quoted);
        return refuse(column, "expected a number or text");
    case CONTRACT_GRAMS:
        if (is_one_of(type, whole_numbers))
            return arena_printf(arena, "%s::bigint", quoted);
        if (is_one_of(type, numbers))
            return arena_printf(arena,
                "case when abs(%s) < 1e9 then round(%s::numeric)::bigint end", quoted, quoted);
        return refuse(column, "expected a number");
    case CONTRACT_WEIGHT:
        if (is_one_of(type, numbers))
            return arena_printf(arena,
                "case when abs(%s) < 1e9 then %s::float8 when %s is not null then 0 end", quoted,
                quoted, quoted);
        return refuse(column, "expected a number");
    case CONTRACT_BOOL:
        return strcmp(type, "boolean") == 0 ? quoted
                                            : refuse(column, "expected boolean; cast it in a view");
    }
    return NULL;
}

const char *
contract_absent(const ContractColumn *contract)
{
    switch (contract->kind) {
    case CONTRACT_INSTANT:
    case CONTRACT_PROMISE:
        return "null::timestamptz";
    case CONTRACT_GRAMS:
        return "null::bigint";
    case CONTRACT_WEIGHT:
        return "null::float8";
    case CONTRACT_BOOL:
        return "null::boolean";
    default:
        return "null::text";
    }
}
