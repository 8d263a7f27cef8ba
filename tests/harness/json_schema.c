#include "tests/harness/json_schema.h"

#include "core/text.h"

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

static const char python_check[] =
    "import sys, json\n"
    "try: import jsonschema\n"
    "except ImportError: sys.exit(77)\n"
    "schema, document = (json.load(open(path)) for path in sys.argv[1:])\n"
    "jsonschema.Draft202012Validator.check_schema(schema)\n"
    "errors = list(jsonschema.Draft202012Validator(schema).iter_errors(document))\n"
    "for error in errors: print(list(error.path), error.message, file=sys.stderr)\n"
    "sys.exit(1 if errors else 0)\n";

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

bool
json_schema_fits(const char *schema_path, const char *text)
{
    json_t *const schema = json_load_file(schema_path, 0, NULL);
    json_t *const value = json_loads(text, 0, NULL);

    assert_non_null(schema);
    assert_non_null(value);

    const bool fitting = fits(schema, schema, value);

    json_decref(value);
    json_decref(schema);
    return fitting;
}

int
json_schema_python(const char *schema_path, const char *text)
{
    char path[] = "/tmp/vigie-json-XXXXXX";
    const int file = mkstemp(path);
    int status = 0;

    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);

    const pid_t child = fork();

    if (child == 0) {
        execl("/usr/bin/python3", "python3", "-W", "ignore", "-c", python_check, schema_path, path,
            (char *)NULL);
        _exit(77);
    }
    waitpid(child, &status, 0);
    unlink(path);
    return WEXITSTATUS(status);
}
