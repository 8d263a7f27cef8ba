/*
 * Every language says everything: each key of the English words, with the same holes, and each whole text, with the same
 * holes and parts.
 */
#include "claims/templates.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct
{
    const char *file, *text;
} templates[] = {
#define X(name, file_name) {file_name, PAPER_##name},
    PAPER_EACH(X)
#undef X
};
#define TEMPLATE_COUNT (sizeof templates / sizeof templates[0])

typedef struct Names
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} Names;

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// Holes and parts of a text, sorted: "{{amount}}", "@facts".
static const char *
shape(Arena *arena, const char *text)
{
    Names names = {.arena = arena};
    Text out = {.arena = arena};

    for (const char *at = text; (at = strstr(at, "{{")); at += 2)
        ARENA_PUSH(&names, arena_copy_bytes(arena, at, (size_t)(strstr(at, "}}") - at) + 2));
    for (const char *at = text; (at = strstr(at, "\n@")); at += 2)
        ARENA_PUSH(&names, arena_copy_bytes(arena, at + 1, strcspn(at + 1, "\n")));
    if (names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    for (size_t i = 0; i < names.count; i++)
        text_add_format(&out, "%s ", names.items[i]);
    return text_get(&out);
}

static const char *
english_of(Arena *arena, const char *file)
{
    const char *const stem = arena_copy_bytes(arena, file, strcspn(file, "_"));
    const char *const english = arena_printf(arena, "%s_en.txt", stem);

    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        if (strcmp(templates[i].file, english) == 0)
            return templates[i].text;
    fail_msg("%s has no English twin", file);
    return NULL;
}

// The words of a key; NULL when it has none.
static const char *
words_of(Arena *arena, const char *text, const char *key)
{
    const char *const start = arena_printf(arena, "\n%s:", key);
    const char *const at = strstr(text, start);

    return at ? arena_copy_bytes(arena, at + strlen(start), strcspn(at + strlen(start), "\n"))
              : NULL;
}

static void
every_key_is_said(void **state)
{
    Arena *const arena = arena_create();
    size_t compared = 0;

    (void)state;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        const char *const english = english_of(arena, templates[i].file);

        if (!text_starts_with(templates[i].file, "words_"))
            continue;
        for (const char *line = english; *line != '\0'; line += strcspn(line, "\n") + 1) {
            const char *const key = arena_copy_bytes(arena, line, strcspn(line, ":\n"));

            if (*line == '#' || *line == '\n')
                continue;

            const char *const own = words_of(arena, templates[i].text, key);

            if (text_is_empty(own))
                fail_msg("%s says nothing for \"%s\"", templates[i].file, key);
            assert_string_equal(shape(arena, own), shape(arena, words_of(arena, english, key)));
            compared++;
        }
    }
    assert_true(compared > 200);
    arena_destroy(arena);
}

static void
every_text_has_the_same_holes(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        if (!text_starts_with(templates[i].file, "words_"))
            assert_string_equal(shape(arena, templates[i].text),
                shape(arena, english_of(arena, templates[i].file)));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_said),
        cmocka_unit_test(every_text_has_the_same_holes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
