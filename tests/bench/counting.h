/*
 * counting.h - what counting gaps costs, printed; and what other benches need to count any.
 */
#ifndef TESTS_BENCH_COUNTING_H
#define TESTS_BENCH_COUNTING_H

#include "tests/bench/pages.h"

// The clocks of some of the pages' parcels. Owned by the arena.
const OperatingClocks *bench_clocks(Pages *pages, int64_t shipments, Arena *arena);

// Measure and print. The pages' last page is another one afterwards.
void time_counting(Pages *pages, int64_t shipments);

#endif
