// Every file in tests/config/bad must be refused with exactly the problems its "# expect:" lines name, in order.
// The part of a file's name before '_' says what it pretends to be.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/calendar.h"
#include "config/catalogue.h"
#include "config/terms.h"
#include "core/file.h"

#include <stdio.h>
#include <string.h>

#define FOLDER VIGIE_SOURCE_DIR "/tests/config/bad"

static void
refuse(Arena *arena, const char *path, const char *kind, Problems *problems)
{
    const TextList files = {.items = &path, .count = 1};
    static char *const NO_ENVIRONMENT[] = {NULL};
    SettingsLoaded loaded;
    Err err = {0};

    if (text_starts_with(kind, "settings_"))
        assert_false(settings_load(arena, path, NULL, 0, NO_ENVIRONMENT, &loaded, problems, &err));
    else if (text_starts_with(kind, "catalogue_"))
        assert_null(catalogue_load(arena, files, (TextList){0}, problems, &err));
    else if (text_starts_with(kind, "terms_"))
        assert_null(terms_load(arena, files, problems, &err));
    else if (text_starts_with(kind, "calendar_")) {
        size_t length = 0;
        const char *const bytes = file_read(arena, path, 100000, &length, &err);

        assert_non_null(bytes);
        assert_null(calendar_read(arena, path, bytes, length, "", problems));
        return;
    } else
        fail_msg("%s: no loader for this name", path);
    assert_int_equal(err.kind, ERR_CONFIG);
}

// The expectations of a file, as problems would print them.
static void
expectations(Arena *arena, const char *path, Problems *expected)
{
    Err err = {0};
    const char *at = file_read(arena, path, 100000, NULL, &err);

    assert_non_null(at);
    while (text_starts_with(at, "# expect: ")) {
        const size_t length = strcspn(at, "\n");

        ARENA_PUSH(expected, arena_printf(arena, "%s:%.*s", path, (int)(length - 10), at + 10));
        at += length + (at[length] == '\n');
    }
}

static void
a_bad_file_is_refused_with_every_problem_in_its_place(void **state)
{
    Arena *const arena = arena_create();
    Err err = {0};
    size_t count = 0;
    const char *const *const files = file_list(arena, FOLDER, ".yaml", &count, &err);
    size_t wrong = 0;

    (void)state;
    assert_non_null(files);
    assert_true(count >= 20);
    for (size_t i = 0; i < count; i++) {
        Problems found = {.arena = arena}, expected = {.arena = arena};

        refuse(arena, files[i], strrchr(files[i], '/') + 1, &found);
        expectations(arena, files[i], &expected);
        for (size_t k = 0; k < found.count || k < expected.count; k++) {
            const char *const is = k < found.count ? found.items[k] : "(nothing)";
            const char *const should = k < expected.count ? expected.items[k] : "(nothing)";

            if (strcmp(is, should) == 0)
                continue;
            print_error("found    %s\nexpected %s\n", is, should);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_file_is_refused_with_every_problem_in_its_place),
    };

    return cmocka_run_group_tests_name("bad files", tests, NULL, NULL);
}
