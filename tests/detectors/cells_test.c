/*
 * Counters of a leaf against a plain array, through every form they take.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detectors/baseline/cells.h"
#include "tests/harness/histories.h"

#include <string.h>

static void
assert_sums(const Cells *cells, const int64_t plain[CELL_KEYS])
{
    int64_t sums[CELL_KEYS];

    cells_read(cells, sums);
    assert_memory_equal(sums, plain, sizeof sums);
}

// Many leaves share a pool and grow at random; blocks that one has outgrown must not stay another's.
static void
leaves_of_one_pool_keep_their_own_sums(void **state)
{
    (void)state;
    enum
    {
        LEAVES = 60
    };
    Arena *const arena = arena_create();
    CellPool *const pool = cell_pool_create(arena);
    Cells leaves[LEAVES] = {0};
    int64_t(*const plain)[CELL_KEYS] = arena_alloc_array(arena, sizeof *plain, LEAVES);
    Dice dice = {99};

    for (int i = 0; i < 30000; i++) {
        const int64_t leaf = dice_below(&dice, LEAVES);
        const int key = (int)dice_below(&dice, 2 + 6 * leaf);  // few keys in some, many in others
        const int64_t amount = 1 + dice_below(&dice, 1024);

        if (i % 3 == 0)  // others wait, some of them until the queue is full
            cells_add(pool, &leaves[leaf], key, amount);
        else
            cells_queue(pool, &leaves[leaf], key, amount);
        if (dice_below(&dice, 200) == 0)
            cells_flush(pool);
        plain[leaf][key] += amount;
    }
    cells_flush(pool);
    for (int leaf = 0; leaf < LEAVES; leaf++)
        assert_sums(&leaves[leaf], plain[leaf]);
    arena_destroy(arena);
}

static void
sums_beyond_32_bits_lose_nothing(void **state)
{
    (void)state;
    Arena *const arena = arena_create();
    CellPool *const pool = cell_pool_create(arena);
    Cells cells = {0};
    int64_t plain[CELL_KEYS] = {0};

    for (int i = 0; i < 5; i++) {
        cells_add(pool, &cells, 7, INT64_C(3000000000));
        cells_add(pool, &cells, 3, 1);
        plain[7] += INT64_C(3000000000);
        plain[3] += 1;
        assert_sums(&cells, plain);
    }
    cells_add(pool, &cells, 7, INT64_C(1) << 40);
    plain[7] += INT64_C(1) << 40;
    assert_sums(&cells, plain);
    arena_destroy(arena);
}

static void
nothing_added_is_nothing(void **state)
{
    (void)state;
    const Cells cells = {0};
    const int64_t plain[CELL_KEYS] = {0};

    assert_sums(&cells, plain);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_of_one_pool_keep_their_own_sums),
        cmocka_unit_test(sums_beyond_32_bits_lose_nothing),
        cmocka_unit_test(nothing_added_is_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
