#include "tests/harness/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/file.h"
#include "core/text.h"

#include <string.h>

static void
split(Arena *arena, const char *line, Case *out)
{
    const char *at = line + strspn(line, " ");

    for (out->count = 0; *at != '\0'; out->count++) {
        const size_t length = strcspn(at, " ");

        assert_true(out->count < CASE_WORDS_MAX);
        out->words[out->count] = arena_copy_bytes(arena, at, length);
        out->rest[out->count] = at;
        at += length;
        at += strspn(at, " ");
    }
}

int
cases_read(
    Arena *arena, const char *file, void (*visit)(void *data, const Case *example), void *data)
{
    Err err = {0};
    Case example = {.file = file};
    const char *at = file_read(
        arena, arena_printf(arena, "%s/tests/%s", VIGIE_SOURCE_DIR, file), 1 << 20, NULL, &err);
    int count = 0;

    if (at == NULL)
        fail_msg("%s", err.text);
    while (*at != '\0') {
        const size_t length = strcspn(at, "\n");

        example.line++;
        if (length > 0 && *at != '#') {
            split(arena, arena_copy_bytes(arena, at, length), &example);
            visit(data, &example);
            count++;
        }
        at += length + (at[length] == '\n');
    }
    return count;
}
