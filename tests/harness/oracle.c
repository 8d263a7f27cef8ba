#include "tests/harness/oracle.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
release(void *json)
{
    json_decref(json);
}

json_t *
oracle_load(Arena *arena, const char *name)
{
    const char *const path =
        arena_printf(arena, "%s/oracles/expected/%s.json", VIGIE_SHARED_DIR, name);
    json_t *const json = json_load_file(path, 0, NULL);

    if (!json) {
        print_message("skipped: there is no %s\n", path);
        arena_destroy(arena);
        skip();
    }
    arena_defer(arena, release, json);
    return json;
}

static const json_t *
find(const json_t *json, const char *path)
{
    char part[64];

    while (json && *path != '\0') {
        const size_t length = strcspn(path, ".");

        assert_true(length < sizeof part);
        memcpy(part, path, length);
        part[length] = '\0';
        json = json_is_array(json) ? json_array_get(json, strtoul(part, NULL, 10))
                                   : json_object_get(json, part);
        path += length + (path[length] == '.');
    }
    assert_non_null(json);
    return json;
}

double *
oracle_list(Arena *arena, const json_t *oracle, const char *path, size_t *count)
{
    const json_t *const list = find(oracle, path);
    const size_t length = json_array_size(list);
    double *const numbers = ARENA_ARRAY(arena, double, length);

    for (size_t i = 0; i < length; i++) {
        const json_t *const item = json_array_get(list, i);

        numbers[i] = json_is_number(item) ? json_number_value(item) : (double)NAN;
    }
    *count = length;
    return numbers;
}

double
oracle_number(const json_t *oracle, const char *path)
{
    return json_number_value(find(oracle, path));
}

double *
oracle_column(Arena *arena, const char *name, size_t column, size_t *count)
{
    FILE *const file =
        fopen(arena_printf(arena, "%s/oracles/data/%s.csv", VIGIE_SHARED_DIR, name), "r");
    struct
    {
        Arena *arena;
        double *items;
        size_t count, capacity;
    } list = {.arena = arena};
    char line[500];

    if (!file)
        return NULL;
    for (bool header = true; fgets(line, sizeof line, file); header = false) {
        const char *field = line;

        for (size_t i = 0; i < column && field; i++)
            field = strchr(field, ',') ? strchr(field, ',') + 1 : NULL;
        if (!header && field)
            ARENA_PUSH(&list, strtod(field, NULL));
    }
    fclose(file);
    *count = list.count;
    return list.items;
}

void
assert_close(double a, double b, double tolerance)
{
    if (isnan(a) && isnan(b))
        return;
    if (!(fabs(a - b) <= tolerance * fmax(1, fabs(b))))
        fail_msg("%.15g is not %.15g", a, b);
}

void
assert_relative(double a, double b, double tolerance)
{
    if (isnan(a) && isnan(b))
        return;
    if (!(fabs(a - b) <= tolerance * fabs(b)))
        fail_msg("%.15g is not %.15g", a, b);
}
