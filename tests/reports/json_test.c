/*
 * The document is held against docs/night.schema.json: always by the small check below (properties,
 * required ones, types, constants and enumerations), and by Python's jsonschema where it is
 * installed.
 */
#include "reports/reports.h"

#include "core/file.h"
#include "core/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/sample_digest.h"

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

static const char python_check[] =
    "import sys, json\n"
    "try: import jsonschema\n"
    "except ImportError: sys.exit(77)\n"
    "schema, document = (json.load(open(path)) for path in sys.argv[1:])\n"
    "jsonschema.Draft202012Validator.check_schema(schema)\n"
    "errors = list(jsonschema.Draft202012Validator(schema).iter_errors(document))\n"
    "for error in errors: print(list(error.path), error.message, file=sys.stderr)\n"
    "sys.exit(1 if errors else 0)\n";

static const char *
document(Arena *arena, const Digest *digest)
{
    const char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    assert_true(report_json(arena, digest, &bytes, &length, &err));
    assert_int_equal(strlen(bytes), length);
    return bytes;
}

static const json_t *
schema_follow(const json_t *root, const json_t *schema)
{
    const char *const ref = json_string_value(json_object_get(schema, "$ref"));

    if (!ref)
        return schema;
    assert_true(text_starts_with(ref, "#/$defs/"));

    const json_t *const found = json_object_get(json_object_get(root, "$defs"), ref + 8);

    assert_non_null(found);
    return schema_follow(root, found);
}

static const char *
type_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "object";
    case JSON_ARRAY:
        return "array";
    case JSON_STRING:
        return "string";
    case JSON_INTEGER:
        return "integer";
    case JSON_REAL:
        return "number";
    case JSON_NULL:
        return "null";
    default:
        return "boolean";
    }
}

static bool
type_fits(const json_t *type, const json_t *value)
{
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++)
            if (type_fits(json_array_get(type, i), value))
                return true;
        return false;
    }
    return !type || strcmp(json_string_value(type), type_of(value)) == 0 ||
           (strcmp(json_string_value(type), "number") == 0 && json_is_integer(value));
}

static bool
is_among(const json_t *list, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), value))
            return true;
    return !list;
}

static bool fits(const json_t *root, const json_t *named, const json_t *value);

static bool
object_fits(const json_t *root, const json_t *schema, json_t *value)
{
    const json_t *const properties = json_object_get(schema, "properties");
    const json_t *const required = json_object_get(schema, "required");
    const bool closed = json_is_false(json_object_get(schema, "additionalProperties")) &&
                        !json_object_get(schema, "patternProperties");
    const char *name;
    json_t *property;

    for (size_t i = 0; i < json_array_size(required); i++)
        if (!json_object_get(value, json_string_value(json_array_get(required, i))))
            return false;
    json_object_foreach(value, name, property)
    {
        const json_t *const known = json_object_get(properties, name);

        if ((!known && closed) || (known && !fits(root, known, property))) {
            print_error("%s does not fit\n", name);
            return false;
        }
    }
    return true;
}

static bool
fits(const json_t *root, const json_t *named, const json_t *value)
{
    const json_t *const schema = schema_follow(root, named);
    const json_t *const any = json_object_get(schema, "anyOf");
    const json_t *const constant = json_object_get(schema, "const");
    json_t *const open = json_deep_copy(value);
    bool fitting = !any;

    for (size_t i = 0; i < json_array_size(any); i++)
        fitting = fitting || fits(root, json_array_get(any, i), value);
    fitting = fitting && type_fits(json_object_get(schema, "type"), value) &&
              is_among(json_object_get(schema, "enum"), value) &&
              (!constant || json_equal(constant, value));
    if (json_is_object(value))
        fitting = fitting && object_fits(root, schema, open);
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++)
        fitting = fitting && fits(root, json_object_get(schema, "items"), json_array_get(value, i));
    json_decref(open);
    return fitting;
}

static bool
document_fits(const char *text)
{
    json_t *const schema = json_load_file(SCHEMA, 0, NULL);
    json_t *const value = json_loads(text, 0, NULL);

    assert_non_null(schema);
    assert_non_null(value);

    const bool fitting = fits(schema, schema, value);

    json_decref(value);
    json_decref(schema);
    return fitting;
}

static void
fits_its_schema(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_true(document_fits(document(arena, sample_digest(arena))));
    assert_true(document_fits(document(arena, sample_quiet_digest(arena))));
    assert_false(document_fits("{\"schema\":\"vigie.night/1\"}"));
    arena_destroy(arena);
}

static int
python_says(const char *text)
{
    char path[] = "/tmp/vigie-night-XXXXXX";
    const int file = mkstemp(path);
    int status = 0;

    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);

    const pid_t child = fork();

    if (child == 0) {
        execl("/usr/bin/python3", "python3", "-W", "ignore", "-c", python_check, SCHEMA, path,
            (char *)NULL);
        _exit(77);
    }
    waitpid(child, &status, 0);
    unlink(path);
    return WEXITSTATUS(status);
}

static void
fits_its_schema_as_others_read_it(void **state)
{
    Arena *const arena = arena_create();
    const int said = python_says(document(arena, sample_digest(arena)));

    (void)state;
    if (said == 77) {
        print_message("python3-jsonschema is not installed: skipped\n");
        arena_destroy(arena);
        skip();
    }
    assert_int_equal(said, 0);
    assert_int_equal(python_says(document(arena, sample_quiet_digest(arena))), 0);

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
