// What is printed from the table of settings: the sample, the schema, the values in force.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/fields.h"
#include "core/file.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Case
{
    Arena *arena;
    Problems problems;
    SettingsLoaded loaded;
    Err err;
    char folder[64];
} Case;

static char *const NO_ENVIRONMENT[] = {NULL};

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    c->arena = arena;
    c->problems.arena = arena;
    memcpy(c->folder, "/tmp/vigie-print-XXXXXX", sizeof "/tmp/vigie-print-XXXXXX");
    *state = c;
    return mkdtemp(c->folder) == NULL;
}

static int
tear_down(void **state)
{
    Case *const c = *state;

    unlink(file_join(c->arena, c->folder, "vigie.yaml"));
    rmdir(c->folder);
    arena_destroy(c->arena);
    return 0;
}

static const char *
write_settings(Case *c, const char *text)
{
    const char *const path = file_join(c->arena, c->folder, "vigie.yaml");

    assert_true(file_write(path, text, strlen(text), &c->err));
    return path;
}

static void
assert_loads(Case *c, const char *path, const SettingOverride *overrides, size_t count,
    char *const *environment)
{
    const bool loaded = settings_load(
        c->arena, path, overrides, count, environment, &c->loaded, &c->problems, &c->err);

    for (size_t i = 0; i < c->problems.count; i++)
        print_error("%s\n", c->problems.items[i]);
    assert_true(loaded);
}

static void
the_sample_is_in_the_documents_and_loads_as_the_defaults(void **state)
{
    Case *const c = *state;
    Text sample = {.arena = c->arena};

    settings_print_sample(&sample);
    assert_string_equal(text_get(&sample),
        file_read(c->arena, VIGIE_SOURCE_DIR "/docs/vigie.sample.yaml", 100000, NULL, &c->err));
    assert_loads(c, write_settings(c, text_get(&sample)), NULL, 0, NO_ENVIRONMENT);

    const SettingsLoaded from_sample = c->loaded;

    assert_loads(c, NULL, NULL, 0, NO_ENVIRONMENT);
    for (size_t i = 0; i < c->loaded.origin_count; i++) {
        assert_string_not_equal(from_sample.origins[i].origin, "default");
        if (strcmp(from_sample.origins[i].path, "output") != 0)  // lies beside the file
            assert_string_equal(from_sample.origins[i].value, c->loaded.origins[i].value);
    }
}

static const json_t *
schema_of(const json_t *schema, const char *path)
{
    const char *const point = strchr(path, '.');
    char section[64] = "";
    const json_t *level = json_object_get(schema, "properties");

    if (point != NULL) {
        memcpy(section, path, (size_t)(point - path));
        level = json_object_get(json_object_get(level, section), "properties");
    }
    return json_object_get(level, point == NULL ? path : point + 1);
}

static void
the_schema_is_json_and_names_every_setting(void **state)
{
    Case *const c = *state;
    Text text = {.arena = c->arena};
    json_error_t error;

    settings_print_schema(&text);

    json_t *const schema = json_loads(text_get(&text), JSON_REJECT_DUPLICATES, &error);

    if (schema == NULL)
        fail_msg("line %d: %s", error.line, error.text);
    assert_string_equal(json_string_value(json_object_get(schema, "$schema")),
        "https://json-schema.org/draft/2020-12/schema");
    for (size_t i = 0; i < config_field_count(); i++) {
        const json_t *const field = schema_of(schema, config_field(i)->path);

        assert_non_null(field);
        assert_string_equal(
            json_string_value(json_object_get(field, "description")), config_field(i)->help);
        assert_non_null(json_object_get(field, "default"));
    }
    json_decref(schema);
}

static void
every_member_of_settings_is_in_the_table_once(void **state)
{
    Case *const c = *state;
    unsigned char *const seen = arena_alloc(c->arena, sizeof(Settings));

    memset(seen + offsetof(Settings, file), 1, sizeof(const char *));  // says where they came from
    for (size_t i = 0; i < config_field_count(); i++) {
        const bool records = config_field(i)->type == FIELD_RECORDS;
        const size_t size = records                          ? sizeof(RecordList)
                            : field_is_list(config_field(i)) ? sizeof(TextList)
                                                             : 8;

        for (size_t k = 0; k < size; k++)
            assert_int_equal(seen[config_field(i)->offset + k]++, 0);
    }
    assert_null(memchr(seen, 0, sizeof(Settings)));
}

static void
effective_values_show_their_origin_and_hide_parameters(void **state)
{
    Case *const c = *state;
    const SettingOverride option = {"database.url", "postgresql://h/d?application_name=x"};
    Text text = {.arena = c->arena};

    assert_loads(c, NULL, &option, 1, NO_ENVIRONMENT);
    settings_print_effective(&text, &c->loaded);
    assert_non_null(
        strstr(text_get(&text), "database.url = \"postgresql://h/d?...\"   # option\n"));
    assert_non_null(strstr(text_get(&text), "source.workers = 2   # default\n"));
    assert_null(strstr(text_get(&text), "application_name"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_sample_is_in_the_documents_and_loads_as_the_defaults),
        TEST(the_schema_is_json_and_names_every_setting),
        TEST(every_member_of_settings_is_in_the_table_once),
        TEST(effective_values_show_their_origin_and_hide_parameters),
    };

    return cmocka_run_group_tests_name("printed settings", tests, NULL, NULL);
}
