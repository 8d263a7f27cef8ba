#include "claims/papers/manifest.h"

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "tests/harness/tools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// A folder with two papers and their manifest.
static const char *
folder_of(Arena *arena)
{
    const char *const path = tool_file(arena, "VG-000001.xml", "<x/>", 4);
    const char *const folder =
        arena_copy_bytes(arena, path, strlen(path) - strlen("/VG-000001.xml"));
    const ManifestFile files[] = {
        {"bordereau-dpd-2026-11-20.csv", 3, text_sha256(arena, "a,b", 3)},
        {"VG-000001.xml", 4, text_sha256(arena, "<x/>", 4)},
    };
    size_t length;
    const char *const text = manifest_print(arena, files, 2, &length);
    Err err = {0};

    assert_int_equal(strlen(text), length);
    assert_true(file_write(file_join(arena, folder, files[0].name), "a,b", 3, &err));
    assert_true(file_write(file_join(arena, folder, MANIFEST_NAME), text, length, &err));
    return folder;
}

static size_t
verified(Arena *arena, const char *folder, const ManifestFinding **findings)
{
    size_t count = 99;
    Err err = {0};

    if (!manifest_verify(arena, folder, findings, &count, &err))
        fail_msg("%s", err.text);
    return count;
}

static void
what_was_made_verifies(void **state)
{
    Arena *const arena = arena_create();
    const char *const folder = folder_of(arena);
    const ManifestFinding *findings;
    int status;

    (void)state;
    assert_int_equal(verified(arena, folder, &findings), 0);

    const char *const said = tool_run(arena,
        arena_printf(arena, "cd '%s' && sha256sum --check --strict %s", folder, MANIFEST_NAME),
        &status);

    assert_int_equal(status, 0);
    assert_string_equal(said, "VG-000001.xml: OK\nbordereau-dpd-2026-11-20.csv: OK\n");
    arena_destroy(arena);
}

static void
what_differs_is_named(void **state)
{
    Arena *const arena = arena_create();
    const char *const folder = folder_of(arena);
    const ManifestFinding *findings;
    Err err = {0};

    (void)state;
    assert_int_equal(unlink(file_join(arena, folder, "VG-000001.xml")), 0);
    assert_true(
        file_write(file_join(arena, folder, "bordereau-dpd-2026-11-20.csv"), "a;b", 3, &err));
    assert_true(file_write(file_join(arena, folder, "zzz.pdf"), "", 0, &err));
    assert_int_equal(verified(arena, folder, &findings), 3);
    assert_int_equal(findings[0].fault, MANIFEST_MISSING);
    assert_string_equal(findings[0].name, "VG-000001.xml");
    assert_int_equal(findings[1].fault, MANIFEST_CHANGED);
    assert_string_equal(findings[1].name, "bordereau-dpd-2026-11-20.csv");
    assert_int_equal(findings[2].fault, MANIFEST_EXTRA);
    assert_string_equal(findings[2].name, "zzz.pdf");
    assert_string_equal(manifest_fault_name(findings[2].fault), "extra");
    arena_destroy(arena);
}

#define SUM  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD "# head\n"

static void
what_is_no_manifest_is_refused(void **state)
{
    static const char *const texts[] = {
        "hello\n",
        HEAD "# 4\n" SUM "  ../etc/passwd\n",
        HEAD "# 4\n" SUM "  /etc/passwd\n",
        HEAD "# 4\n" SUM "  .hidden\n",
        HEAD "# -4\n" SUM "  a\n",
        HEAD "# four\n" SUM "  a\n",
        HEAD SUM "  a\n",
        HEAD "# 4\n" SUM " a\n",
        HEAD "# 4\n" SUM "  a\n# 4\n" SUM "  a\n",
        HEAD "# 4\n" SUM "  b\n# 4\n" SUM "  a\n",
        HEAD "# 4\nABCDEF  a\n",
        HEAD "# 4\n" SUM "\n",
        HEAD "# 4\n" SUM "  \n",
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const ManifestFile *files = NULL;
        size_t count = 7;
        Err err = {0};

        if (manifest_read(arena, texts[i], &files, &count, &err))
            fail_msg("was taken: %s", texts[i]);
        assert_int_equal(err.kind, ERR_DATA);
        assert_non_null(strstr(err.text, "line "));
        assert_int_equal(count, 7);
    }
    arena_destroy(arena);
}

static void
a_folder_without_a_manifest_is_refused(void **state)
{
    Arena *const arena = arena_create();
    const char *const folder = folder_of(arena);
    const ManifestFinding *findings;
    size_t count;
    Err err = {0};

    (void)state;
    assert_int_equal(unlink(file_join(arena, folder, MANIFEST_NAME)), 0);
    assert_false(manifest_verify(arena, folder, &findings, &count, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    assert_non_null(strstr(err.text, folder));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_made_verifies),
        cmocka_unit_test(what_differs_is_named),
        cmocka_unit_test(what_is_no_manifest_is_refused),
        cmocka_unit_test(a_folder_without_a_manifest_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
