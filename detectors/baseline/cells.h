/*
 * cells.h - the counters of one leaf: sums by bin, small while there are few, in one block once there are many.
 *
 * A lane of a small merchant has a handful of parcels, and there may be a hundred thousand lanes, so a leaf starts
 * as a sorted list of 6 bytes a cell. A leaf that many parcels pass turns into a plain array.
 */
#ifndef DETECTORS_BASELINE_CELLS_H
#define DETECTORS_BASELINE_CELLS_H

#include "core/arena.h"
#include "detectors/stats/bins.h"

#include <stdbool.h>
#include <stdint.h>

#define CELL_KEYS (2 * BIN_COUNT)  // keys are 0 to CELL_KEYS - 1

typedef struct CellPool CellPool;

// The memory of many leaves: blocks that a leaf has outgrown serve the next one. Owned by the arena.
CellPool *cell_pool_create(Arena *arena);

// Start with { 0 }.
typedef struct Cells
{
    uint32_t *sums;  // sorted list: capacity sums, then as many keys of 16 bits
    int64_t *dense;  // CELL_KEYS sums, once there are too many for a list
    uint16_t count;
    uint8_t capacity;  // in steps of 4
} Cells;

// Add a positive amount to a key.
void cells_add(CellPool *pool, Cells *cells, int key, int64_t amount);

// The same, done by the next cells_flush() of the pool at the latest, which must come before anybody reads: many at once
// cost half of what they cost one by one. The cells stay where they are until then.
void cells_queue(CellPool *pool, Cells *cells, int key, int64_t amount);
void cells_flush(CellPool *pool);

// Add all sums of other cells, of whatever pool.
void cells_merge(CellPool *pool, Cells *cells, const Cells *from);

// Whether nothing was counted, which is so of most leaves: cheaper than reading them.
static inline bool
cells_are_empty(const Cells *cells)
{
    return cells->count == 0 && cells->dense == NULL;
}

// Write the sums of keys 0 to CELL_KEYS - 1.
void cells_read(const Cells *cells, int64_t sums[CELL_KEYS]);

#endif
