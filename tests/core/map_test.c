#include "core/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
keys_find_their_values(void **state)
{
    Arena *const arena = arena_create();
    Map *const map = map_create(arena);
    char key[32];

    (void)state;
    for (int i = 0; i < 50000; i++) {
        const int length = snprintf(key, sizeof key, "key %d", i);
        bool is_new;

        assert_int_equal(map_intern(map, key, (size_t)length, i, &is_new), i);
        assert_true(is_new);
        assert_int_equal(map_intern(map, key, (size_t)length, -9, &is_new), i);
        assert_false(is_new);
    }
    assert_int_equal(map_count(map), 50000);
    for (int i = 0; i < 60000; i++) {
        const int length = snprintf(key, sizeof key, "key %d", i);

        assert_int_equal(map_get(map, key, (size_t)length, -1), i < 50000 ? i : -1);
    }
    arena_destroy(arena);
}

// Keys are bytes: zero bytes and emptiness count, and the map keeps its own copy.
static void
keys_are_bytes(void **state)
{
    Arena *const arena = arena_create();
    Map *const map = map_create(arena);
    char key[] = {'a', '\0', 'b'};

    (void)state;
    map_put(map, key, 3, 1);
    map_put(map, key, 1, 2);
    map_put(map, key, 0, 3);
    memset(key, 'x', sizeof key);
    assert_int_equal(map_get(map, "a\0b", 3, -1), 1);
    assert_int_equal(map_get(map, "a\0c", 3, -1), -1);
    assert_int_equal(map_get(map, "a", 1, -1), 2);
    assert_int_equal(map_get(map, "", 0, -1), 3);
    map_put(map, "a", 1, 22);
    assert_int_equal(map_get(map, "a", 1, -1), 22);
    assert_int_equal(map_count(map), 3);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_find_their_values),
        cmocka_unit_test(keys_are_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
