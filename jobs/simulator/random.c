/*
 * xoshiro256** seeded by SplitMix64, as its authors advise.
 *
 * D. Blackman, S. Vigna, Scrambled linear pseudorandom number generators, ACM Trans. Math. Softw. 47 (2021)
 * 36:1-32. G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
 * Normal numbers: G. E. P. Box, M. E. Muller, Ann. Math. Statist. 29 (1958) 610-611; only the cosine half is
 * kept, so that a stream has no hidden state.
 */
#include "jobs/simulator/random.h"

#include <math.h>

#define TWO_PI 6.283185307179586476925

uint64_t
random_split(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void
random_start(Random *random, uint64_t seed, uint64_t index, uint64_t purpose)
{
    // Each part goes through the mixer before the next is added: neighbouring numbers end far apart.
    uint64_t state = seed;

    state = random_split(&state) ^ index;
    state = random_split(&state) ^ purpose;
    for (int i = 0; i < 4; i++)
        random->state[i] = random_split(&state);
}

static uint64_t
rotate(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

uint64_t
random_next(Random *random)
{
    uint64_t *const s = random->state;
    const uint64_t result = rotate(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double
random_real(Random *random)
{
    return (double)(random_next(random) >> 11) * 0x1.0p-53;
}

uint32_t
random_below(Random *random, uint32_t limit)
{
    return (uint32_t)(((random_next(random) >> 32) * limit) >> 32);
}

int32_t
random_between(Random *random, int32_t low, int32_t high)
{
    return low + (int32_t)random_below(random, (uint32_t)(high - low) + 1);
}

bool
random_chance(Random *random, double probability)
{
    return random_real(random) < probability;
}

double
random_normal(Random *random)
{
    const double u = 1.0 - random_real(random);  // never 0
    const double v = random_real(random);

    return sqrt(-2.0 * log(u)) * cos(TWO_PI * v);
}

double
random_lognormal(Random *random, double median, double sigma)
{
    return median * exp(sigma * random_normal(random));
}

uint32_t
random_pick(Random *random, const uint32_t *weights, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += weights[i];

    uint32_t left = random_below(random, sum);
    uint32_t i = 0;
    while (left >= weights[i])
        left -= weights[i++];
    return i;
}
