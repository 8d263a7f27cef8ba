#include "tests/harness/golden.h"

#include "core/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
print_difference(const char *path, const char *expected, const char *got)
{
    int line = 1;

    while (*expected != '\0' && *got != '\0' && strcspn(expected, "\n") == strcspn(got, "\n") &&
           memcmp(expected, got, strcspn(expected, "\n")) == 0) {
        expected += strcspn(expected, "\n");
        got += strcspn(got, "\n");
        if (*expected != *got)
            break;
        expected += *expected == '\n';
        got += *got == '\n';
        line++;
    }
    print_error("%s:%d:\n- %.*s\n+ %.*s\n", path, line, (int)strcspn(expected, "\n"), expected,
        (int)strcspn(got, "\n"), got);
}

void
golden_check(const char *path, const char *text)
{
    Arena *const arena = arena_create();
    const char *const full = file_join(arena, VIGIE_SOURCE_DIR, path);
    Err err = {0};

    if (getenv("GOLDEN_WRITE") && !file_write(full, text, strlen(text), &err))
        fail_msg("%s", err.text);

    const char *const expected = file_read(arena, full, (size_t)1 << 24, NULL, &err);

    if (!expected)
        fail_msg("%s", err.text);
    else if (strcmp(expected, text) != 0) {
        print_difference(path, expected, text);
        fail_msg("%s differs", path);
    }
    arena_destroy(arena);
}
