/*
 * random.h - random numbers that are the same on every machine and for every order of work.
 */
#ifndef JOBS_SIMULATOR_RANDOM_H
#define JOBS_SIMULATOR_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Random
{
    uint64_t state[4];  // never all zero
} Random;

// The next number of SplitMix64; moves *state on.
uint64_t random_split(uint64_t *state);

// A stream of its own for each (seed, index, purpose).
void random_start(Random *random, uint64_t seed, uint64_t index, uint64_t purpose);

uint64_t random_next(Random *random);                               // xoshiro256**
double random_real(Random *random);                                 // 0 <= x < 1
uint32_t random_below(Random *random, uint32_t limit);              // 0 .. limit - 1; limit > 0
int32_t random_between(Random *random, int32_t low, int32_t high);  // both included, low <= high
bool random_chance(Random *random, double probability);
double random_normal(Random *random);  // mean 0, deviation 1

// exp(log(median) + sigma Z).
double random_lognormal(Random *random, double median, double sigma);

// An index into weights, proportional to them; their sum is > 0.
uint32_t random_pick(Random *random, const uint32_t *weights, uint32_t count);

#endif
