#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char order[32];

static void
note(void *letter)
{
    const size_t length = strlen(order);

    order[length] = *(const char *)letter;
    order[length + 1] = '\0';
}

static void
releases_run_newest_first_and_once(void **state)
{
    Arena *const arena = arena_create();
    char letters[] = "abc";

    (void)state;
    order[0] = '\0';
    for (int i = 0; i < 3; i++)
        arena_defer(arena, note, &letters[i]);
    arena_reset(arena);
    assert_string_equal(order, "cba");
    arena_defer(arena, note, &letters[0]);
    arena_destroy(arena);
    assert_string_equal(order, "cbaa");
    arena_destroy(NULL);
}

static void
memory_is_zeroed_and_aligned(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < 3000; size += 7) {
            unsigned char *const bytes = arena_alloc(arena, size);

            assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xAB, size);
        }
        assert_non_null(arena_alloc(arena, (size_t)1 << 20));
        arena_reset(arena);
    }
    arena_destroy(arena);
}

static void
texts_are_copies(void **state)
{
    Arena *const arena = arena_create();
    char text[] = "lille";
    const char *const copy = arena_copy(arena, text);
    const char *const part = arena_copy_bytes(arena, text, 3);

    (void)state;
    text[0] = 'x';
    assert_string_equal(copy, "lille");
    assert_string_equal(part, "lil");
    assert_null(arena_copy(arena, NULL));
    assert_string_equal(arena_printf(arena, "%s %d", copy, 59), "lille 59");
    arena_destroy(arena);
}

static void
lists_grow_and_keep_their_items(void **state)
{
    struct
    {
        Arena *arena;
        int *items;
        size_t count, capacity;
    } list = {.arena = arena_create()};

    (void)state;
    for (int i = 0; i < 1000; i++)
        ARENA_PUSH(&list, i * i);
    assert_int_equal(list.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.items[i], i * i);
    arena_destroy(list.arena);
}

// Large arrays alone are moved by giving back; neighbours of either kind stay whole.
static void
a_moved_array_keeps_its_items_and_its_neighbours(void **state)
{
    Arena *const arena = arena_create();
    unsigned char *items = NULL;
    size_t count = 0;

    (void)state;
    for (size_t capacity = 64; capacity <= (size_t)1 << 20; capacity *= 2) {
        char *const before = arena_copy(arena, "before");

        items = arena_move_array(arena, items, 1, count, capacity);
        for (size_t i = 0; i < capacity; i++)
            assert_int_equal(items[i], i < count ? i % 251 : 0);
        for (size_t i = 0; i < capacity; i++)
            items[i] = (unsigned char)(i % 251);
        count = capacity;
        items = arena_move_array(arena, items, 1, count, count + 1);
        assert_int_equal(items[count - 1], (count - 1) % 251);
        assert_string_equal(before, "before");
    }
    arena_destroy(arena);
}

// Memory that a large batch left serves the next one for many things: the first of them must not take the others with it.
static void
an_array_moves_out_of_what_a_batch_before_left_and_leaves_the_rest(void **state)
{
    Arena *const arena = arena_create();
    const size_t large = (size_t)1 << 20;

    (void)state;
    memset(arena_alloc(arena, large), 1, large);
    arena_reset(arena);

    unsigned char *const items = arena_move_array(arena, NULL, 1, 0, 1000);
    char *const neighbour = arena_copy(arena, "neighbour");

    items[0] = 7;
    assert_int_equal(((unsigned char *)arena_move_array(arena, items, 1, 1, large))[0], 7);
    memset(arena_alloc(arena, large), 2, large);
    assert_string_equal(neighbour, "neighbour");
    arena_destroy(arena);
}

// What cannot be had ends the process, in words and with the code that says "try again".
static void
more_than_there_can_be_ends_the_process(void **state)
{
    char said[200] = "";
    int words[2], ended = 0;

    (void)state;
    assert_int_equal(pipe(words), 0);

    const pid_t child = fork();

    if (child == 0) {
        dup2(words[1], STDERR_FILENO);
        arena_alloc_array(arena_create(), SIZE_MAX / 2, 3);
        _exit(0);
    }
    close(words[1]);
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 75);
    assert_true(read(words[0], said, sizeof said - 1) > 0);
    assert_non_null(strstr(said, "out of memory"));
    assert_non_null(strstr(said, "run it again"));
    close(words[0]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(releases_run_newest_first_and_once),
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(a_moved_array_keeps_its_items_and_its_neighbours),
        cmocka_unit_test(an_array_moves_out_of_what_a_batch_before_left_and_leaves_the_rest),
        cmocka_unit_test(more_than_there_can_be_ends_the_process),
        cmocka_unit_test(texts_are_copies),
        cmocka_unit_test(lists_grow_and_keep_their_items),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
