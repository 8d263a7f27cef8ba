#include "tests/harness/odd_numbers.h"

#include <math.h>

uint64_t
odd_dice(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

double
odd_number(uint64_t *state)
{
    static const double odd[] = {NAN, INFINITY, -INFINITY, 0, -0., 1e300, -1e300, 1e15, 5e-324};
    const uint64_t dice = odd_dice(state) % 12;

    if (dice < sizeof odd / sizeof odd[0])
        return odd[dice];
    return ldexp((double)odd_dice(state) - 1e9, (int)(odd_dice(state) % 60) - 50);
}
