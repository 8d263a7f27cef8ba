/*
 * A hash table with linear probing (Knuth, The Art of Computer Programming 3, 6.4, Algorithm L) in which a slot is one word:
 * the cell in its upper bits, the sum below. What a sum does not hold is carried to a second slot of the same cell, so
 * nothing is lost or rounded. Homes are found by multiplication with the golden ratio (ibid., of 32 bits), which spreads cells
 * that follow one another: on simulated gaps half a step beside the home, with 64 bits .7.
 *
 * Tables are many and lie anywhere, so counting mostly waits for memory: a parcel's additions come together, and what they
 * will touch is fetched for all of them at once.
 */
#include "detectors/baseline/cells.h"

#include <string.h>

#define SUM_BITS (64 - CELL_BITS - 1)
#define SUM_MASK ((UINT64_C(1) << SUM_BITS) - 1)
#define GOLDEN   UINT32_C(2654435769)

enum
{
    LEAST_BITS = 3,  // a line of the processor's memory
    SIZES = 32,
    BLOCK_BYTES = 64 * 1024,
    LINE_BYTES = 64,
};

struct Cells
{
    uint64_t *slots;  // 2^bits of them, 0 when free
    uint32_t count;
    uint32_t bits;
};

struct CellPool
{
    Arena *arena;
    char *block;  // where small tables are cut from
    size_t left;
    uint64_t *free[SIZES];  // outgrown tables by bits; the first word holds the next one's address
};

CellPool *
cell_pool_create(Arena *arena)
{
    CellPool *const pool = ARENA_NEW(arena, CellPool);

    pool->arena = arena;
    return pool;
}

// Zeroed. Small tables begin with a line.
static uint64_t *
cut(CellPool *pool, size_t bytes)
{
    if (bytes > BLOCK_BYTES / 4)
        return arena_alloc(pool->arena, bytes);
    if (pool->left < bytes) {
        char *const block = arena_alloc(pool->arena, BLOCK_BYTES + LINE_BYTES);

        pool->block = block + (LINE_BYTES - (uintptr_t)block % LINE_BYTES);
        pool->left = BLOCK_BYTES;
    }
    pool->block += bytes;
    pool->left -= bytes;
    return (uint64_t *)(void *)(pool->block - bytes);
}

static uint64_t *
slots_take(CellPool *pool, uint32_t bits)
{
    uint64_t *const slots = pool->free[bits];
    const size_t bytes = sizeof *slots << bits;

    if (!slots)
        return cut(pool, bytes);
    memcpy(&pool->free[bits], slots, sizeof(void *));
    return memset(slots, 0, bytes);
}

static void
slots_give_back(CellPool *pool, uint64_t *slots, uint32_t bits)
{
    memcpy(slots, &pool->free[bits], sizeof(void *));
    pool->free[bits] = slots;
}

Cells *
cells_create(CellPool *pool)
{
    Cells *const cells = ARENA_NEW(pool->arena, Cells);

    *cells = (Cells){.slots = slots_take(pool, LEAST_BITS), .bits = LEAST_BITS};
    return cells;
}

static size_t
home_of(const Cells *cells, uint32_t key)
{
    return (key * GOLDEN) >> (32 - cells->bits);
}

// The slot of a key (a cell, doubled, and whether the slot is for what was carried), or the free one where it belongs.
static uint64_t *
slot_of(const Cells *cells, uint32_t key)
{
    const size_t last = ((size_t)1 << cells->bits) - 1;
    size_t i = home_of(cells, key);

    while (cells->slots[i] != 0 && cells->slots[i] >> SUM_BITS != key)
        i = (i + 1) & last;
    return &cells->slots[i];
}

static void
cells_grow(CellPool *pool, Cells *cells)
{
    const Cells old = *cells;

    cells->bits++;
    cells->slots = slots_take(pool, cells->bits);
    for (size_t i = 0; i < (size_t)1 << old.bits; i++)
        if (old.slots[i] != 0)
            *slot_of(cells, (uint32_t)(old.slots[i] >> SUM_BITS)) = old.slots[i];
    slots_give_back(pool, old.slots, old.bits);
}

// Of a key that has no slot yet, or more than its slot holds. Apart, so that the many pay nothing for the few.
__attribute__((noinline)) static void
add_slowly(CellPool *pool, Cells *cells, uint32_t key, uint64_t amount)
{
    uint64_t *slot = slot_of(cells, key);

    if (*slot == 0 && 4 * ++cells->count > (size_t)3 << cells->bits) {
        cells_grow(pool, cells);
        slot = slot_of(cells, key);
    }

    const uint64_t sum = (*slot & SUM_MASK) + amount;

    *slot = (uint64_t)key << SUM_BITS | (sum & SUM_MASK);
    if (sum > SUM_MASK)
        add_slowly(pool, cells, key | 1, sum >> SUM_BITS);
}

void
cells_add(CellPool *pool, Cells *cells, uint32_t cell, int64_t amount)
{
    uint64_t *const slot = slot_of(cells, 2 * cell);

    if (*slot != 0 && (*slot & SUM_MASK) + (uint64_t)amount <= SUM_MASK)
        *slot += (uint64_t)amount;
    else
        add_slowly(pool, cells, 2 * cell, (uint64_t)amount);
}

void
cells_add_all(CellPool *pool, const CellAddition *additions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Cells *const cells = additions[i].cells;

        __builtin_prefetch(&cells->slots[home_of(cells, 2 * additions[i].cell)], 1);
    }
    for (size_t i = 0; i < count; i++)
        cells_add(pool, additions[i].cells, additions[i].cell, additions[i].amount);
}

static int64_t
amount_in(uint64_t slot)
{
    const uint64_t sum = slot & SUM_MASK;

    return (int64_t)((slot >> SUM_BITS & 1) != 0 ? sum << SUM_BITS : sum);
}

static uint32_t
cell_in(uint64_t slot)
{
    return (uint32_t)(slot >> (SUM_BITS + 1));
}

// Cells come in the order of their homes, which would pile up in a table that is smaller.
void
cells_merge(CellPool *pool, Cells *cells, const Cells *from)
{
    while (cells->bits < from->bits)
        cells_grow(pool, cells);
    for (size_t i = 0; i < (size_t)1 << from->bits; i++)
        if (from->slots[i] != 0)
            cells_add(pool, cells, cell_in(from->slots[i]), amount_in(from->slots[i]));
}

size_t
cells_count(const Cells *cells)
{
    return cells->count;
}

size_t
cells_read(const Cells *cells, CellSum *sums)
{
    size_t count = 0;

    for (size_t i = 0; i < (size_t)1 << cells->bits; i++)
        if ((cells->slots[i] & SUM_MASK) != 0)
            sums[count++] = (CellSum){amount_in(cells->slots[i]), cell_in(cells->slots[i])};
    return count;
}
