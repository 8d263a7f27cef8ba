#include "reports/reports.h"

#include "core/csv.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_digest.h"
#include "tests/harness/written.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *
cases_of(Arena *arena, const Digest *digest, size_t *length)
{
    Written written;

    written_begin(&written);
    report_csv(written.file, digest);

    const char *const csv = written_end(&written, arena);

    *length = written.length;
    return csv;
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    size_t length = 0;
    const char *const csv = cases_of(arena, sample_digest(arena), &length);

    (void)state;
    assert_int_equal(strlen(csv), length);
    golden_check("tests/reports/golden/cases.csv", csv);
    arena_destroy(arena);
}

static void
a_quiet_night_has_a_header(void **state)
{
    Arena *const arena = arena_create();
    size_t length = 0;
    const char *const csv = cases_of(arena, sample_quiet_digest(arena), &length);

    (void)state;
    assert_memory_equal(csv, "rank,case,kind,", 15);
    assert_ptr_equal(strchr(csv, '\n'), csv + length - 1);
    arena_destroy(arena);
}

static void
scorecards_read_as_agreed(void **state)
{
    Arena *const arena = arena_create();
    size_t length = 0;
    const char *const csv = report_carriers_csv(arena, &sample_digest(arena)->cards, &length);

    (void)state;
    assert_int_equal(strlen(csv), length);
    golden_check("tests/reports/golden/carriers.csv", csv);
    arena_destroy(arena);
}

typedef struct Seen
{
    int records;
    size_t width;
} Seen;

static bool
visit(void *data, const CsvRecord *record, Err *err)
{
    Seen *const seen = data;

    (void)err;
    assert_null(record->problem);
    assert_true(seen->records == 0 || record->count == seen->width);
    for (size_t i = 0; i < record->count; i++)
        assert_true(record->fields[i][0] == '\0' || !strchr("=+-@\t\r", record->fields[i][0]));
    seen->width = record->count;
    seen->records++;
    return true;
}

// A header and one record, all of one width, and no formula.
static void
is_one_sound_record(const char *csv, size_t length)
{
    FILE *const stream = tmpfile();
    Seen seen = {0};
    Err err = {0};

    assert_int_equal(fwrite(csv, 1, length, stream), length);
    rewind(stream);
    assert_true(csv_read(stream, ',', visit, &seen, &err));
    assert_int_equal(seen.records, 2);
    fclose(stream);
}

static void
hostile_texts_stay_in_their_fields(void **state)
{
    static const char *const texts[] = {
        "=1+1", "+1", "-1", "@x", "a,b\"c\nd", "\t=1", "\"", "'=1", "\xE2\x80\xAE"};
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Digest digest = *sample_digest(arena);
        CaseRecord record = digest.cases[0];
        Scorecard card = digest.cards.items[1];
        size_t length = 0;

        record.tracking_number = record.carrier = record.service = texts[i];
        record.origin = record.destination = record.evidence = record.shipment_id = texts[i];
        digest.cases = &record;
        digest.case_count = 1;

        card.carrier = card.service = card.origin = card.destination = texts[i];
        digest.cards.items = &card;
        digest.cards.count = 1;

        const char *const cases = cases_of(arena, &digest, &length);

        is_one_sound_record(cases, length);

        const char *const cards = report_carriers_csv(arena, &digest.cards, &length);

        is_one_sound_record(cards, length);
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(scorecards_read_as_agreed),
        cmocka_unit_test(a_quiet_night_has_a_header),
        cmocka_unit_test(hostile_texts_stay_in_their_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
