/*
 * The document is held against docs/night.schema.json (tests/harness/json_schema.h).
 */
#include "reports/reports.h"

#include "core/file.h"
#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/json_schema.h"
#include "tests/harness/sample_digest.h"
#include "tests/harness/written.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define SCHEMA VIGIE_SOURCE_DIR "/docs/night.schema.json"

static const char *
document(Arena *arena, const Digest *digest)
{
    Written written;
    Err err = {0};

    written_begin(&written);
    assert_true(report_json(written.file, digest, &err));

    const char *const bytes = written_end(&written, arena);

    assert_int_equal(strlen(bytes), written.length);
    return bytes;
}

static void
fits_its_schema(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_true(json_schema_fits(SCHEMA, document(arena, sample_digest(arena))));
    assert_true(json_schema_fits(SCHEMA, document(arena, sample_quiet_digest(arena))));
    assert_false(json_schema_fits(SCHEMA, "{\"schema\":\"vigie.night/1\"}"));
    arena_destroy(arena);
}

static void
fits_its_schema_as_others_read_it(void **state)
{
    Arena *const arena = arena_create();
    const int said = json_schema_python(SCHEMA, document(arena, sample_digest(arena)));

    (void)state;
    if (said == 77) {
        print_message("python3-jsonschema is not installed: skipped\n");
        arena_destroy(arena);
        skip();
    }
    assert_int_equal(said, 0);
    assert_int_equal(json_schema_python(SCHEMA, document(arena, sample_quiet_digest(arena))), 0);

    arena_destroy(arena);
}

static void
reads_as_agreed(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    golden_check("tests/reports/golden/night.json", document(arena, sample_digest(arena)));
    arena_destroy(arena);
}

static void
hostile_texts_come_back_clean(void **state)
{
    static const struct
    {
        const char *sent, *back;
    } cases[] = {
        {"\"},{\"x\":1", "\"},{\"x\":1"},
        {"back\\slash", "back\\slash"},
        {"</script>", "</script>"},
        {"a\x01z", "a\xEF\xBF\xBDz"},
        {"bad \xFF", "bad \xEF\xBF\xBD"},
        {"rtl \xE2\x80\xAE", "rtl \xEF\xBF\xBD"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Digest digest = *sample_digest(arena);
        CaseRecord record = digest.cases[0];

        record.tracking_number = cases[i].sent;
        digest.cases = &record;
        digest.case_count = 1;

        json_t *const night = json_loads(document(arena, &digest), 0, NULL);

        assert_string_equal(
            json_string_value(json_object_get(
                json_array_get(json_object_get(night, "cases"), 0), "tracking_number")),
            cases[i].back);
        json_decref(night);
    }
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_its_schema),
        cmocka_unit_test(fits_its_schema_as_others_read_it),
        cmocka_unit_test(reads_as_agreed),
        cmocka_unit_test(hostile_texts_come_back_clean),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
