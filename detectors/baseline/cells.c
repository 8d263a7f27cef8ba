/*
 * Sums of a sorted list are 32 bits wide. One that would overflow stays as it is and gets a sibling of the same key
 * in front of it, which is the one found from then on; reading adds siblings up, so nothing is lost or rounded.
 *
 * Leaves are many and lie anywhere, so counting mostly waits for memory. Additions are queued, and what they will touch is
 * fetched for all of them at once before the first one needs it.
 */
#include "detectors/baseline/cells.h"

#include <string.h>

enum
{
    STEP = 4,  // lists grow by doubling, from 4 cells
    NO_KEY = INT16_MAX,
    SIZES = 5,          // 4, 8, 16, 32, 64
    CELLS_SPARSE = 64,  // more than that: dense
    BLOCK_BYTES = 64 * 1024,
    QUEUE = 128,  // some two parcels' sums
    LINE_BYTES = 64,
};

// STEP keys, compared at once. Keys behind the last one are never smaller than one that is looked for.
typedef int16_t Four __attribute__((vector_size(STEP * sizeof(int16_t))));

// A sum on its way.
typedef struct Addition
{
    Cells *cells;
    int64_t amount;
    int key;
} Addition;

struct CellPool
{
    Arena *arena;
    uint32_t *block;        // where lists are cut from
    size_t left;            // words left in it
    uint32_t *free[SIZES];  // outgrown lists by size; the first words hold the next one's address
    Addition queue[QUEUE];
    size_t queued;
};

CellPool *
cell_pool_create(Arena *arena)
{
    CellPool *const pool = ARENA_NEW(arena, CellPool);

    pool->arena = arena;
    return pool;
}

static int
size_class(size_t capacity)
{
    int class = 0;

    while ((size_t)STEP << class < capacity)
        class ++;
    return class;
}

// Sums of 4 bytes and keys of 2: six bytes a cell.
static size_t
list_words(size_t capacity)
{
    return capacity * 6 / sizeof(uint32_t);
}

static uint32_t *
list_take(CellPool *pool, size_t capacity)
{
    const int class = size_class(capacity);
    const size_t words = list_words(capacity);
    uint32_t *list = pool->free[class];

    if (list) {
        memcpy(&pool->free[class], list, sizeof(void *));
        return list;
    }
    if (pool->left < words) {
        pool->left = BLOCK_BYTES / sizeof(uint32_t);
        pool->block = ARENA_ARRAY(pool->arena, uint32_t, pool->left);
    }
    list = pool->block;
    pool->block += words;
    pool->left -= words;
    return list;
}

static void
list_give_back(CellPool *pool, uint32_t *list, size_t capacity)
{
    const int class = size_class(capacity);

    memcpy(list, &pool->free[class], sizeof(void *));
    pool->free[class] = list;
}

static size_t
cells_capacity(const Cells *cells)
{
    return (size_t)cells->capacity * STEP;
}

static uint16_t *
keys_of(uint32_t *sums, size_t capacity)
{
    return (uint16_t *)(void *)(sums + capacity);
}

static void
cells_make_dense(CellPool *pool, Cells *cells)
{
    int64_t *const dense = ARENA_ARRAY(pool->arena, int64_t, CELL_KEYS);

    cells_read(cells, dense);
    if (cells->capacity > 0)
        list_give_back(pool, cells->sums, cells_capacity(cells));
    *cells = (Cells){.dense = dense};
}

static void
cells_grow(CellPool *pool, Cells *cells)
{
    const size_t old = cells_capacity(cells);
    const size_t capacity = old ? 2 * old : STEP;
    uint32_t *const sums = list_take(pool, capacity);

    for (size_t i = old; i < capacity; i++)
        keys_of(sums, capacity)[i] = NO_KEY;
    if (old > 0) {
        memcpy(sums, cells->sums, cells->count * sizeof *sums);
        memcpy(keys_of(sums, capacity), keys_of(cells->sums, old), cells->count * sizeof(uint16_t));
        list_give_back(pool, cells->sums, old);
    }
    cells->sums = sums;
    cells->capacity = (uint8_t)(capacity / STEP);
}

static void
cells_insert(CellPool *pool, Cells *cells, size_t at, int key, uint32_t amount)
{
    if (cells->count == cells_capacity(cells))
        cells_grow(pool, cells);

    uint16_t *const keys = keys_of(cells->sums, cells_capacity(cells));
    const size_t behind = cells->count - at;

    memmove(cells->sums + at + 1, cells->sums + at, behind * sizeof *cells->sums);
    memmove(keys + at + 1, keys + at, behind * sizeof *keys);
    cells->sums[at] = amount;
    keys[at] = (uint16_t)key;
    cells->count++;
}

// How many keys are smaller, four at a time and without a branch: a wrong guess of the processor costs more than the
// whole search. Keys are small enough to be compared with a sign, which processors are better at.
static size_t
first_not_below(const uint16_t *keys, size_t count, int key)
{
    const Four wanted = {(int16_t)key, (int16_t)key, (int16_t)key, (int16_t)key};
    Four below = {0};

    for (size_t i = 0; i < count; i += STEP) {
        Four four;

        memcpy(&four, keys + i, sizeof four);
        below -= four < wanted;
    }
    return (size_t)(below[0] + below[1] + below[2] + below[3]);
}

static void
cells_add_to_list(CellPool *pool, Cells *cells, int key, uint32_t amount)
{
    const uint16_t *const keys =
        cells->count > 0 ? keys_of(cells->sums, cells_capacity(cells)) : NULL;
    const size_t at = first_not_below(keys, cells->count, key);
    const bool found = at < cells->count && keys[at] == key;

    if (found && cells->sums[at] <= UINT32_MAX - amount)
        cells->sums[at] += amount;
    else
        cells_insert(pool, cells, at, key, amount);
}

void
cells_add(CellPool *pool, Cells *cells, int key, int64_t amount)
{
    if (!cells->dense && (cells->count >= CELLS_SPARSE || amount > UINT32_MAX))
        cells_make_dense(pool, cells);
    if (cells->dense)
        cells->dense[key] += amount;
    else
        cells_add_to_list(pool, cells, key, (uint32_t)amount);
}

// Fetching is not a function of its own: gcc 12 takes one that does nothing else for one that does nothing.
void
cells_flush(CellPool *pool)
{
    for (size_t i = 0; i < pool->queued; i++) {
        const Cells *const cells = pool->queue[i].cells;
        const char *const list = (const char *)cells->sums;
        const size_t bytes = list_words(cells_capacity(cells)) * sizeof *cells->sums;

        if (cells->dense)
            __builtin_prefetch(&cells->dense[pool->queue[i].key], 1);
        for (size_t at = 0; at < bytes; at += LINE_BYTES)
            __builtin_prefetch(list + at, 1);
    }
    for (size_t i = 0; i < pool->queued; i++)
        cells_add(pool, pool->queue[i].cells, pool->queue[i].key, pool->queue[i].amount);
    pool->queued = 0;
}

void
cells_queue(CellPool *pool, Cells *cells, int key, int64_t amount)
{
    if (pool->queued == QUEUE)
        cells_flush(pool);
    __builtin_prefetch(cells, 1);
    pool->queue[pool->queued++] = (Addition){cells, amount, key};
}

void
cells_read(const Cells *cells, int64_t sums[CELL_KEYS])
{
    if (cells->dense) {
        memcpy(sums, cells->dense, CELL_KEYS * sizeof *sums);
        return;
    }
    memset(sums, 0, CELL_KEYS * sizeof *sums);
    if (cells->count == 0)
        return;

    const uint16_t *const keys = keys_of(cells->sums, cells_capacity(cells));

    for (size_t i = 0; i < cells->count; i++)
        sums[keys[i]] += cells->sums[i];
}

void
cells_merge(CellPool *pool, Cells *cells, const Cells *from)
{
    int64_t sums[CELL_KEYS];

    cells_read(from, sums);
    for (int key = 0; key < CELL_KEYS; key++)
        if (sums[key] > 0)
            cells_add(pool, cells, key, sums[key]);
}
