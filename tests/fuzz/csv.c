/*
 * Any bytes as a CSV file: the reader and the checks of an import must neither crash nor let anything through that
 * COPY or a terminal could stumble over. The first byte chooses the table and the separator.
 */
#include "core/csv.h"
#include "core/text.h"
#include "jobs/source/import_rows.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#define SHIPMENTS                                                                                  \
    "shipment_id,tracking_number,carrier,created_at,promised_at,declared_value,currency,"          \
    "weight_grams\n"
#define SCANS "shipment_id,occurred_at,code,milestone,recorded_at,text\n"

typedef struct Reading
{
    Arena *arena;
    ImportRules rules;
    const PlainShape *shape;
    ImportHeader header;
    bool has_header;
    int64_t line;
} Reading;

static void
check_values(const Reading *reading, const char *const *values)
{
    for (size_t i = 0; i < reading->shape->count; i++) {
        const PlainColumn *const column = &reading->shape->columns[i];
        Instant at;

        require(values[i] != NULL || !column->required);
        if (values[i] == NULL)
            continue;
        require(*values[i] != '\0' && text_is_utf8(values[i], strlen(values[i])));
        if (column->kind == PLAIN_INSTANT || column->kind == PLAIN_PROMISE)
            require(instant_parse(values[i], &at));
        if (column->kind == PLAIN_AMOUNT || column->kind == PLAIN_GRAMS)
            require(strspn(values[i], "0123456789.") == strlen(values[i]));
    }
}

static bool
visit(void *data, const CsvRecord *record, Err *err)
{
    Reading *const reading = data;
    const char *values[IMPORT_COLUMNS_MAX];
    ImportFault fault;

    (void)err;
    require(
        record->line >= reading->line && record->line > 0);  // a lone CR ends a record, not a line
    reading->line = record->line;
    if (!reading->has_header) {
        Problems problems = {.arena = reading->arena};

        reading->has_header = record->problem == NULL && import_header(reading->shape, "f", record,
                                                             &reading->header, &problems);
        return reading->has_header;
    }
    if (import_row(&reading->header, &reading->rules, reading->arena, record, values, &fault))
        check_values(reading, values);
    else
        require(*fault.reason != '\0' && text_is_utf8(fault.detail, strlen(fault.detail)) &&
                text_is_utf8(fault.key, strlen(fault.key)));
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const headers[] = {"", SHIPMENTS, SCANS};

    if (size < 1)
        return 0;

    static const Zone *zone;  // loading it takes longer than a file
    Arena *const arena = arena_create();
    Err err = {0};

    if (zone == NULL)
        zone = zone_load(arena_create(), "America/Sao_Paulo", &err);
    require(zone != NULL);

    const char *const header = headers[bytes[0] % 3];
    Text file = {.arena = arena};
    Reading reading = {
        .arena = arena,
        .rules = {.zone = zone, .promise_zone = zone, .currency = "EUR"},
        .shape = plain_shape(bytes[0] % 3 == 2 ? PLAIN_SCANS : PLAIN_SHIPMENTS),
    };

    text_add(&file, header);
    text_add_bytes(&file, (const char *)bytes + 1, size - 1);
    if (file.length > 0) {
        FILE *const stream = fmemopen(file.bytes, file.length, "rb");

        require(stream != NULL);
        csv_read(stream, bytes[0] % 2 == 0 || *header != '\0' ? ',' : ';', visit, &reading, &err);
        fclose(stream);
    }
    arena_destroy(arena);
    return 0;
}
