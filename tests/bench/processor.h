/*
 * processor.h - what a benchmark takes of the processor: the machine is shared, so the clock on the wall says what others do.
 */
#ifndef TESTS_BENCH_PROCESSOR_H
#define TESTS_BENCH_PROCESSOR_H

#include <stdint.h>

// Microseconds of the processor that this process has used, all its threads together.
int64_t processor_micros(void);

#endif
