// The codes others collected, where ../shared is present: of every scheme that ships no code is forgotten, and no draft
// made by keywords ships that nobody judged.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/catalogue.h"
#include "core/csv.h"

#include <string.h>
#include <unistd.h>

#define CODES VIGIE_SHARED_DIR "/domain/status_codes.csv"

// Columns of the file.
enum
{
    SCHEME = 0,
    CODE = 1,
    LABEL = 3,
    BASIS = 6,
};

typedef struct Collected
{
    const Catalogue *catalogue;
    int rows, forgotten, unjudged;
} Collected;

// The carrier that has the scheme; NULL when none ships it.
static const CarrierEntry *
carrier_with(const Catalogue *catalogue, const char *scheme)
{
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const CarrierEntry *const carrier = catalogue_carrier(catalogue, i);

        for (size_t k = 0; k < carrier->scheme_count; k++)
            if (strcmp(carrier->schemes[k].name, scheme) == 0)
                return carrier;
    }
    return NULL;
}

// A row of the scheme for the code, else one without subcode of the carrier's other schemes: a code that two share stands
// once. An X12 reason is the subcode of the status it explains.
static const CodeRow *
row_of(const CarrierEntry *carrier, const char *scheme, const char *code)
{
    const CodeRow *elsewhere = NULL;

    for (size_t k = 0; k < carrier->scheme_count; k++) {
        const CodeScheme *const at = &carrier->schemes[k];
        const bool same = strcmp(at->name, scheme) == 0;

        for (size_t i = 0; i < at->row_count + at->left_out_count; i++) {
            const CodeRow *const row = &at->rows[i];

            if (same && (strcmp(row->code, code) == 0 || strcmp(row->subcode, code) == 0))
                return row;
            if (strcmp(row->code, code) == 0 &&
                (*row->subcode == '\0' || strcmp(row->subcode, "none") == 0))
                elsewhere = row;
        }
    }
    return elsewhere;
}

static bool
take_row(void *data, const CsvRecord *record, Err *err)
{
    Collected *const collected = data;

    (void)err;
    if (record->count <= BASIS || record->line == 1)
        return true;

    const char *const scheme = record->fields[SCHEME];
    const char *const code = record->fields[CODE] + (record->fields[CODE][0] == '+');  // "new"
    const CarrierEntry *const carrier = carrier_with(collected->catalogue, scheme);

    if (carrier == NULL)
        return true;

    const CodeRow *const row = row_of(carrier, scheme, code);

    collected->rows++;
    if (row == NULL) {
        print_error("%s %s: forgotten (%s)\n", scheme, code, record->fields[LABEL]);
        collected->forgotten++;
    } else if (strncmp(record->fields[BASIS], "keyword", strlen("keyword")) == 0 &&
               row->milestone != MILESTONE_UNMAPPED && *row->judged == '\0') {
        print_error("%s %s: nobody judged it (%s)\n", scheme, code, record->fields[LABEL]);
        collected->unjudged++;
    }
    return true;
}

static void
no_collected_code_is_forgotten_and_no_draft_unjudged(void **state)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Err err = {0};
    Collected collected = {
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err)};

    (void)state;
    assert_non_null(collected.catalogue);
    if (access(CODES, R_OK) != 0) {
        print_message("skipped: %s is not here\n", CODES);
        arena_destroy(arena);
        skip();
    }

    FILE *const stream = fopen(CODES, "rb");

    assert_non_null(stream);
    assert_true(csv_read(stream, ',', take_row, &collected, &err));
    fclose(stream);
    assert_int_equal(collected.forgotten, 0);
    assert_int_equal(collected.unjudged, 0);
    assert_true(collected.rows > 1800);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_collected_code_is_forgotten_and_no_draft_unjudged),
    };

    return cmocka_run_group_tests_name("shared codes", tests, NULL, NULL);
}
