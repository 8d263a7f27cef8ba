/*
 * splitmix64: a counter that goes up by the golden ratio of 2^64, mixed by two multiplications. It passes BigCrush,
 * needs no warming up, and every seed is as good as another, so a draw can be made again from its seed alone.
 *
 * G. L. Steele, D. Lea, C. H. Flood, OOPSLA (2014) 453-472.
 */
#include "detectors/stats/random.h"

uint64_t
random_bits(Random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);

    uint64_t mixed = random->state;

    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

double
random_unit(Random *random)
{
    return (double)(random_bits(random) >> 11) * 0x1p-53;
}

size_t
random_index(Random *random, size_t count)
{
    return (size_t)(random_unit(random) * (double)count);
}
