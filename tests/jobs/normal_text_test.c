// What is normal, in words: whose counts an answer comes from.
#include "jobs/people/normal_text.h"

#include "jobs/people/baseline.h"
#include "tests/harness/json_schema.h"
#include "tests/harness/sample_normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
parents_get_their_due(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(
        normal_grounds_text(arena, LANGUAGE_ENGLISH, &sample_normal(arena)->items[0]),
        "12% from this lane, 55% from correios / <i>standard</i>, 33% from all of correios");
    arena_destroy(arena);
}

static void
what_says_next_to_nothing_is_left_out(void **state)
{
    static const struct
    {
        double everybody, carrier, service;
        const char *words;
    } cases[] = {
        {1, 0, 0, "less than 1% from gls / home, 100% from all carriers"},
        {.004, .996, 0, "less than 1% from gls / home, 100% from all of gls"},
        {.02, .08, .9, "90% from gls / home, 8% from all of gls, 2% from all carriers"},
        {.006, .004, .99, "99% from gls / home, 1% from all carriers"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Normal normal = {
            .grounds = {{NORMAL_EVERYBODY, "all carriers", 10, cases[i].everybody},
                {NORMAL_CARRIER, "gls", 5, cases[i].carrier},
                {NORMAL_SERVICE, "gls / home", 2, cases[i].service}},
            .ground_count = 3};

        assert_string_equal(normal_grounds_text(arena, LANGUAGE_ENGLISH, &normal), cases[i].words);
    }
    arena_destroy(arena);
}

static void
data_keep_all_of_it(void **state)
{
    Arena *const arena = arena_create();
    json_t *const json = normal_grounds_json(arena, &sample_normal(arena)->items[0]);
    const char *level;
    const char *group;
    double events;
    double share;

    (void)state;
    assert_int_equal(json_array_size(json), 4);
    assert_int_equal(0, json_unpack(json_array_get(json, 3), "{s:s, s:s, s:f, s:f}", "level",
                            &level, "group", &group, "events", &events, "share", &share));
    assert_string_equal(level, "lane");
    assert_string_equal(group, "correios / <i>standard</i> / SP>BA");
    assert_float_equal(events, 14.2, 0);
    assert_float_equal(share, .12, 0);
    json_decref(json);
    arena_destroy(arena);
}

static void
what_cannot_be_told_is_null(void **state)
{
    Arena *const arena = arena_create();
    const NormalReport *const report = sample_normal(arena);
    json_t *const told = normal_json(arena, &report->items[0]);
    json_t *const silent = normal_json(arena, &report->items[2]);

    (void)state;
    assert_true(json_is_null(json_object_get(told, "abstained")));
    assert_int_equal(json_array_size(json_object_get(told, "curve")), 25);
    assert_true(json_is_string(json_object_get(silent, "abstained")));
    assert_true(json_is_null(json_object_get(silent, "curve")));
    assert_true(json_is_null(json_object_get(silent, "never_moves")));
    assert_true(json_is_null(json_object_get(silent, "clock")));
    assert_int_equal(json_array_size(json_object_get(silent, "rests_on")), 4);
    json_decref(told);
    json_decref(silent);
    arena_destroy(arena);
}

static void
release_text(void *text)
{
    free(text);
}

static void
fits_its_schema(void **state)
{
    static const char *const schema = VIGIE_SOURCE_DIR "/docs/baseline.schema.json";
    Arena *const arena = arena_create();
    json_t *const json = baseline_json(arena, sample_normal(arena));
    char *const text = json_dumps(json, JSON_INDENT(1));

    (void)state;
    arena_defer(arena, release_text, text);
    json_decref(json);
    assert_true(json_schema_fits(schema, text));
    assert_int_not_equal(json_schema_python(schema, text), 1);
    assert_false(json_schema_fits(schema, "{\"schema\":\"vigie.baseline/1\"}"));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parents_get_their_due),
        cmocka_unit_test(what_says_next_to_nothing_is_left_out),
        cmocka_unit_test(data_keep_all_of_it),
        cmocka_unit_test(what_cannot_be_told_is_null),
        cmocka_unit_test(fits_its_schema),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
