/*
 * random.h - a small generator of random numbers, the same everywhere for the same seed.
 */
#ifndef DETECTORS_STATS_RANDOM_H
#define DETECTORS_STATS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

// Its whole state is one number; start with any seed.
typedef struct Random
{
    uint64_t state;
} Random;

// The next 64 bits.
uint64_t random_bits(Random *random);

// Uniform in [0, 1).
double random_unit(Random *random);

// Uniform among 0 to count - 1; count is positive and below 2^53.
size_t random_index(Random *random, size_t count);

#endif
