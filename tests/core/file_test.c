#include "core/file.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static Arena *arena;
static char folder[] = "file_test_XXXXXX";

static int
set_up(void **state)
{
    (void)state;
    arena = arena_create();
    return mkdtemp(folder) == NULL;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void
files_are_replaced_whole(void **state)
{
    const char *const path = file_join(arena, folder, "a.txt");
    Err err = {0};
    size_t length = 0;
    size_t count = 0;

    (void)state;
    assert_true(file_write(path, "first", 5, &err));
    assert_true(file_write(path, "sec\0nd", 6, &err));
    assert_memory_equal(file_read(arena, path, 100, &length, &err), "sec\0nd", 7);
    assert_int_equal(length, 6);
    // Nothing temporary stays behind.
    assert_non_null(file_list(arena, folder, "", &count, &err));
    assert_int_equal(count, 1);
    unlink(path);
}

typedef struct Parts
{
    const char *const *items;
} Parts;

static void
next_part(void *data, const char **bytes, size_t *length)
{
    Parts *const parts = data;

    *bytes = *parts->items;
    *length = *bytes == NULL ? 0 : strlen(*bytes);
    if (*length > 0)
        parts->items++;
}

static void
parts_become_one_file(void **state)
{
    const char *const path = file_join(arena, folder, "parts.txt");
    Err err = {0};
    size_t length = 0;

    (void)state;
    assert_true(file_write_parts(
        path, next_part, &(Parts){(const char *const[]){"one ", "two ", "three", NULL}}, &err));
    assert_string_equal(file_read(arena, path, 100, &length, &err), "one two three");
    assert_int_equal(length, 13);
    assert_true(file_write_parts(path, next_part, &(Parts){(const char *const[]){NULL}}, &err));
    assert_string_equal(file_read(arena, path, 100, &length, &err), "");
    unlink(path);
}

typedef struct Making
{
    size_t bytes;
    bool fails;
} Making;

static bool
make_x(FILE *stream, void *data, Err *err)
{
    const Making *const making = data;

    for (size_t i = 0; i < making->bytes; i++)
        putc('x', stream);
    return making->fails ? err_set(err, ERR_DATA, "no more x") : true;
}

// Of files larger than that nothing is written; who is not told by a signal gets EFBIG.
static bool
make_below_a_limit(const char *path, Making making, Err *err)
{
    struct rlimit before, limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);

    const bool made = file_make(path, make_x, &making, err);

    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    return made;
}

static void
what_is_made_appears_whole_or_not_at_all(void **state)
{
    static const struct
    {
        Making making;
        const char *why;
    } cases[] = {{{90000, true}, "no more x"}, {{0, true}, "no more x"},
        {{100001, false}, "File too large"}, {{400000, false}, "File too large"},
        {{400000, true}, "File too large"}};
    const char *const path = file_join(arena, folder, "made.txt");
    size_t length = 0, count = 0;
    Err err = {0};

    (void)state;
    assert_true(file_make(path, make_x, &(Making){.bytes = 200000}, &err));
    file_read(arena, path, 200000, &length, &err);
    assert_int_equal(length, 200000);
    assert_true(file_make(path, make_x, &(Making){.bytes = 3}, &err));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        err = (Err){0};
        assert_false(make_below_a_limit(path, cases[i].making, &err));
        assert_non_null(strstr(err.text, cases[i].why));
        assert_string_equal(file_read(arena, path, 100, NULL, &err), "xxx");
    }
    err = (Err){0};
    assert_non_null(file_list(arena, folder, "", &count, &err));
    assert_int_equal(count, 1);
    unlink(path);
}

static void
a_file_that_cannot_be_written_leaves_the_old_one(void **state)
{
    const char *const path = file_join(arena, folder, "missing/a.txt");
    Err err = {0};

    (void)state;
    assert_false(file_write(path, "x", 1, &err));
    assert_int_equal(err.kind, ERR_FAILED);
    assert_non_null(strstr(err.text, "No such file"));
    err = (Err){0};
    assert_false(file_write(folder, "x", 1, &err));
    assert_int_equal(err.kind, ERR_FAILED);
}

static void
reading_has_a_limit(void **state)
{
    const char *const path = file_join(arena, folder, "big.txt");
    Err err = {0};

    (void)state;
    assert_true(file_write(path, "12345678", 8, &err));
    assert_string_equal(file_read(arena, path, 8, NULL, &err), "12345678");
    assert_null(file_read(arena, path, 7, NULL, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    err = (Err){0};
    assert_null(file_read(arena, file_join(arena, folder, "none"), 7, NULL, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    err = (Err){0};
    assert_null(file_read(arena, folder, 7, NULL, &err));
    unlink(path);
}

// Beyond one part; the value is that of "printf 'x%.0s' $(seq 40000) | sha256sum".
static void
a_hash_is_read_part_by_part(void **state)
{
    const char *const path = file_join(arena, folder, "hashed");
    int64_t length = 0;
    Err err = {0};

    (void)state;
    assert_true(file_make(path, make_x, &(Making){.bytes = 40000}, &err));
    assert_string_equal(file_sha256(arena, path, &length, &err),
        "6285332e3072b27e5b095c5c7d6e37eadd201220eb14694f9d2d0177c25a64ae");
    assert_int_equal(length, 40000);
    unlink(path);
    assert_null(file_sha256(arena, path, &length, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
    err = (Err){0};
    assert_null(file_sha256(arena, folder, &length, &err));
    assert_non_null(strstr(err.text, "could not read"));
}

static void
folders_are_made_with_their_parents(void **state)
{
    const char *const deep = file_join(arena, folder, "one/two/three");
    struct stat status;
    Err err = {0};

    (void)state;
    assert_true(file_make_folder(deep, &err));
    assert_true(file_make_folder(deep, &err));
    assert_int_equal(stat(deep, &status), 0);
    assert_true(S_ISDIR(status.st_mode));
    assert_true(file_write(file_join(arena, folder, "f"), "", 0, &err));
    assert_false(file_make_folder(file_join(arena, folder, "f/below"), &err));
}

static int
mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    return (int)(status.st_mode & 07777);
}

static void
others_may_not_read_what_is_written(void **state)
{
    const char *const deep = file_join(arena, folder, "private/deep");
    const mode_t umask_before = umask(0);
    Err err = {0};

    (void)state;
    assert_true(file_make_folder(deep, &err));
    assert_true(file_write(file_join(arena, deep, "a"), "x", 1, &err));
    fclose(file_create(file_join(arena, deep, "b"), &err));
    umask(umask_before);
    assert_int_equal(mode_of(file_join(arena, folder, "private")), 0750);
    assert_int_equal(mode_of(deep), 0750);
    assert_int_equal(mode_of(file_join(arena, deep, "a")), 0640);
    assert_int_equal(mode_of(file_join(arena, deep, "b")), 0640);
}

// Somebody who may write into the output folder points to what only we may write.
static void
links_that_were_planted_are_not_followed(void **state)
{
    const char *const out = file_join(arena, folder, "out");
    const char *const theirs = file_join(arena, folder, "theirs");
    const char *const victim = file_join(arena, theirs, "victim");
    const char *const night = file_join(arena, out, "2026-11-20");
    Err err = {0};

    (void)state;
    assert_true(file_make_folder(out, &err));
    assert_true(file_make_folder(theirs, &err));
    assert_true(file_write(victim, "as it was", 9, &err));

    // The night's folder, also when it is not the last one of the path.
    assert_int_equal(symlink("../theirs", night), 0);
    assert_false(file_write(file_join(arena, night, "night.html"), "x", 1, &err));
    assert_non_null(strstr(err.text, "out/2026-11-20\" is a symbolic link"));
    err = (Err){0};
    assert_false(file_make_folder(file_join(arena, night, "claims"), &err));
    assert_non_null(strstr(err.text, "is a symbolic link"));
    err = (Err){0};
    assert_false(file_publish_folder(out, file_join(arena, night, "moved"), &err));
    assert_int_equal(access(file_join(arena, theirs, "claims"), F_OK), -1);
    assert_int_equal(access(file_join(arena, theirs, "moved"), F_OK), -1);

    // The file and its temporary name: both are replaced, and what they pointed to stands.
    assert_int_equal(symlink("../theirs/victim", file_join(arena, out, "a.part")), 0);
    assert_int_equal(symlink("../theirs/victim", file_join(arena, out, "a")), 0);
    assert_int_equal(link(victim, file_join(arena, out, "b.part")), 0);
    err = (Err){0};
    assert_true(file_write(file_join(arena, out, "a"), "ours", 4, &err));
    assert_true(file_write(file_join(arena, out, "b"), "ours", 4, &err));
    assert_string_equal(file_read(arena, victim, 100, NULL, &err), "as it was");
    assert_string_equal(file_read(arena, file_join(arena, out, "a"), 100, NULL, &err), "ours");
}

static void
a_path_does_not_lead_out_of_its_folder(void **state)
{
    static const char *const paths[] = {"out/../escaped", "../escaped", "out/.."};
    Err err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        err = (Err){0};
        assert_false(file_write(file_join(arena, folder, paths[i]), "x", 1, &err));
        assert_int_equal(err.kind, ERR_FAILED);
    }
    assert_int_equal(access("escaped", F_OK), -1);
    assert_int_equal(access(file_join(arena, folder, "escaped"), F_OK), -1);
    err = (Err){0};
    assert_false(file_make_folder(file_join(arena, folder, "../escaped"), &err));
}

static void
a_place_that_a_person_chose_is_told_by_its_real_name(void **state)
{
    const char *const real = realpath(file_join(arena, folder, "theirs"), NULL);
    const char *const linked = file_join(arena, folder, "linked");
    Err err = {0};

    (void)state;
    assert_int_equal(symlink("theirs", linked), 0);
    assert_string_equal(file_real(arena, linked), real);
    assert_string_equal(
        file_real(arena, file_join(arena, linked, "new/x")), file_join(arena, real, "new/x"));
    assert_string_equal(file_real(arena, "nothing/there"), "nothing/there");
    assert_string_equal(file_real(arena, "/nothing/there"), "/nothing/there");
    assert_true(file_make_folder(file_real(arena, file_join(arena, linked, "new/x")), &err));
    assert_int_equal(access(file_join(arena, real, "new/x"), F_OK), 0);
    free((char *)(uintptr_t)real);
}

static void
listings_are_in_byte_order(void **state)
{
    const char *const place = file_join(arena, folder, "listed");
    static const char *const names[] = {"b.yaml", "a.yaml", "B.yaml", "c.yml", "d.yaml.tmp"};
    Err err = {0};
    size_t count = 0;

    (void)state;
    assert_true(file_make_folder(file_join(arena, place, "folder.yaml"), &err));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_true(file_write(file_join(arena, place, names[i]), "", 0, &err));

    const char **const found = file_list(arena, place, ".yaml", &count, &err);

    assert_non_null(found);
    assert_int_equal(count, 3);
    assert_string_equal(found[0], file_join(arena, place, "B.yaml"));
    assert_string_equal(found[1], file_join(arena, place, "a.yaml"));
    assert_string_equal(found[2], file_join(arena, place, "b.yaml"));
    assert_null(file_list(arena, "no such folder", "", &count, &err));
    assert_int_equal(err.kind, ERR_CONFIG);
}

static void
relative_paths_resolve_beside_their_file(void **state)
{
    (void)state;
    assert_string_equal(file_beside(arena, "/etc/vigie/vigie.yaml", "out"), "/etc/vigie/out");
    assert_string_equal(file_beside(arena, "/etc/vigie/vigie.yaml", "/var/out"), "/var/out");
    assert_string_equal(file_beside(arena, "/vigie.yaml", "out"), "/out");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_replaced_whole),
        cmocka_unit_test(parts_become_one_file),
        cmocka_unit_test(what_is_made_appears_whole_or_not_at_all),
        cmocka_unit_test(a_file_that_cannot_be_written_leaves_the_old_one),
        cmocka_unit_test(reading_has_a_limit),
        cmocka_unit_test(a_hash_is_read_part_by_part),
        cmocka_unit_test(folders_are_made_with_their_parents),
        cmocka_unit_test(others_may_not_read_what_is_written),
        cmocka_unit_test(links_that_were_planted_are_not_followed),
        cmocka_unit_test(a_path_does_not_lead_out_of_its_folder),
        cmocka_unit_test(a_place_that_a_person_chose_is_told_by_its_real_name),
        cmocka_unit_test(listings_are_in_byte_order),
        cmocka_unit_test(relative_paths_resolve_beside_their_file),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
