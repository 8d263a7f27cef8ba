/*
 * Sums of segments against plain arrays, through every size they take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/baseline/cells.h"
#include "tests/harness/histories.h"

enum
{
    SEGMENTS = 40,
    NUMBERS = 1500,  // cells that are used, in a segment that uses all
};

// Cells that follow one another, and such that lie far apart.
static uint32_t
cell_of(int64_t number)
{
    return 1 + (uint32_t)(number % 30 + number / 30 * 512 * 5);
}

static int64_t
number_of(uint32_t cell)
{
    return (cell - 1) % (512 * 5) + (int64_t)(cell - 1) / (512 * 5) * 30;
}

static void
assert_sums(Arena *arena, const Cells *cells, const int64_t plain[NUMBERS])
{
    CellSum *const sums = ARENA_ARRAY(arena, CellSum, cells_count(cells));
    int64_t *const found = ARENA_ARRAY(arena, int64_t, NUMBERS);
    const size_t count = cells_read(cells, sums);

    assert_true(count <= cells_count(cells));
    for (size_t i = 0; i < count; i++) {
        assert_true(sums[i].sum > 0);
        assert_in_range(number_of(sums[i].cell), 0, NUMBERS - 1);
        found[number_of(sums[i].cell)] += sums[i].sum;
    }
    assert_memory_equal(found, plain, NUMBERS * sizeof *found);
}

typedef struct World
{
    Arena *arena;
    CellPool *pool;
    Cells *cells[SEGMENTS];
    int64_t plain[SEGMENTS][NUMBERS];
} World;

// Some in a few cells, some in many; one by one, and many at once. Tables that one has outgrown serve others.
static World *
world_make(Arena *arena, uint64_t seed)
{
    World *const world = ARENA_NEW(arena, World);
    CellAddition queue[50];
    size_t queued = 0;
    Dice dice = {seed};

    world->arena = arena;
    world->pool = cell_pool_create(arena);
    for (int i = 0; i < SEGMENTS; i++)
        world->cells[i] = cells_create(world->pool);
    for (int i = 0; i < 60000; i++) {
        const int64_t at = dice_below(&dice, SEGMENTS);
        const int64_t number = dice_below(&dice, 1 + NUMBERS * at / SEGMENTS);
        const int64_t amount = 1 + dice_below(&dice, 1024);

        world->plain[at][number] += amount;
        if (i % 3 == 0)
            cells_add(world->pool, world->cells[at], cell_of(number), amount);
        else
            queue[queued++] = (CellAddition){world->cells[at], amount, cell_of(number)};
        if (queued == 50 || dice_below(&dice, 200) == 0) {
            cells_add_all(world->pool, queue, queued);
            queued = 0;
        }
    }
    cells_add_all(world->pool, queue, queued);
    return world;
}

static void
segments_of_one_pool_keep_their_own_sums(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    const World *const world = world_make(arena, 99);

    for (int i = 0; i < SEGMENTS; i++)
        assert_sums(arena, world->cells[i], world->plain[i]);
    arena_destroy(arena);
}

// Large ones into small ones and the other way round, and into empty ones.
static void
merging_adds_every_cell(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    World *const into = world_make(arena, 1);
    const World *const from = world_make(arena, 2);

    for (int i = 0; i < SEGMENTS; i++) {
        const int other = SEGMENTS - 1 - i;
        Cells *const empty = cells_create(into->pool);

        cells_merge(into->pool, empty, from->cells[other]);
        assert_sums(arena, empty, from->plain[other]);
        cells_merge(into->pool, into->cells[i], from->cells[other]);
        for (int k = 0; k < NUMBERS; k++)
            into->plain[i][k] += from->plain[other][k];
        assert_sums(arena, into->cells[i], into->plain[i]);
    }
    arena_destroy(arena);
}

static void
sums_that_fill_no_slot_lose_nothing(void **state)
{
    (void)state;
    static const int64_t amounts[] = {1, INT64_C(1) << 35, (INT64_C(1) << 36) - 1, INT64_C(1) << 36,
        (INT64_C(1) << 40) + 7, INT64_C(1) << 52};
    Arena *const arena = arena_create();
    CellPool *const pool = cell_pool_create(arena);
    Cells *const cells = cells_create(pool);
    Cells *const merged = cells_create(pool);
    int64_t plain[NUMBERS] = {0};

    for (size_t i = 0; i < 6 * sizeof amounts / sizeof amounts[0]; i++) {
        const int64_t amount = amounts[i % (sizeof amounts / sizeof amounts[0])];

        for (int number = 0; number < 20; number += 1 + (int)i % 3) {
            cells_add(pool, cells, cell_of(number), amount);
            plain[number] += amount;
        }
        assert_sums(arena, cells, plain);
    }
    cells_merge(pool, merged, cells);
    assert_sums(arena, merged, plain);
    arena_destroy(arena);
}

// The largest cell, and a sum of nought, which is no sum.
static void
cells_reach_to_their_last(void **state)
{
    (void)state;
    const uint32_t last = (UINT32_C(1) << CELL_BITS) - 1;
    Arena *const arena = arena_create();
    CellPool *const pool = cell_pool_create(arena);
    Cells *const cells = cells_create(pool);
    CellSum sums[3];

    assert_int_equal(cells_read(cells, sums), 0);
    cells_add(pool, cells, 1, 0);
    cells_add(pool, cells, last, INT64_C(5) << 36);
    cells_add(pool, cells, last, 3);
    assert_in_range(cells_count(cells), 2, 3);
    assert_int_equal(cells_read(cells, sums), 2);
    assert_int_equal(sums[0].cell, last);
    assert_int_equal(sums[1].cell, last);
    assert_int_equal(sums[0].sum + sums[1].sum, (INT64_C(5) << 36) + 3);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_of_one_pool_keep_their_own_sums),
        cmocka_unit_test(merging_adds_every_cell),
        cmocka_unit_test(sums_that_fill_no_slot_lose_nothing),
        cmocka_unit_test(cells_reach_to_their_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
