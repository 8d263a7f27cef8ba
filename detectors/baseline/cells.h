/*
 * cells.h - the sums of a segment, by cell: 8 bytes and some air for each cell that was counted, none for the others.
 *
 * A lane of a small merchant has a handful of parcels, there may be a hundred thousand lanes, and of the cells that a service
 * could have one in a thousand is ever counted: so a segment is a hash table from cell to sum.
 */
#ifndef DETECTORS_BASELINE_CELLS_H
#define DETECTORS_BASELINE_CELLS_H

#include "core/arena.h"

#include <stddef.h>
#include <stdint.h>

#define CELL_BITS 27  // cells are 1 to 2^27 - 1

typedef struct Cells Cells;
typedef struct CellPool CellPool;

// A cell and its sum.
typedef struct CellSum
{
    int64_t sum;
    uint32_t cell;
} CellSum;

// The memory of many segments: what one has outgrown serves the next. Owned by the arena.
CellPool *cell_pool_create(Arena *arena);

// An empty one. Owned by the pool's arena.
Cells *cells_create(CellPool *pool);

// Add a positive amount to a cell.
void cells_add(CellPool *pool, Cells *cells, uint32_t cell, int64_t amount);

// An addition on its way.
typedef struct CellAddition
{
    Cells *cells;
    int64_t amount;
    uint32_t cell;
} CellAddition;

// Add many: the memory they need is fetched for all of them before the first one waits for it.
void cells_add_all(CellPool *pool, const CellAddition *additions, size_t count);

// Add all sums of others, of whatever pool.
void cells_merge(CellPool *pool, Cells *cells, const Cells *from);

// The most sums that cells_read() may write.
size_t cells_count(const Cells *cells);

// Write the positive sums, in any order; a cell may come twice. Returns how many.
size_t cells_read(const Cells *cells, CellSum *sums);

#endif
