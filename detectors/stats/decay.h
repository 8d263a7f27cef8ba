/*
 * decay.h - exp(-hazard), the share of waits that a cumulative hazard leaves over, at the price of a few products.
 */
#ifndef DETECTORS_STATS_DECAY_H
#define DETECTORS_STATS_DECAY_H

#include <stdint.h>
#include <string.h>

#define DECAY_STEPS_BITS 5
#define DECAY_STEPS      (1 << DECAY_STEPS_BITS)  // to a halving
#define DECAY_EACH       0x1.71547652b82fep5      // steps to a hazard of 1: DECAY_STEPS / log 2
#define DECAY_MOST       700.0                    // a higher hazard is as good as this one

// Added to a number, it leaves the nearest integer in the lowest bits.
#define DECAY_WHOLE 0x1.8p52

// The bits of 2^(i / DECAY_STEPS), less i at the lowest place of the exponent, DECAY_STEPS_BITS further down: what is added there is a
// number of steps, not of doublings.
extern const uint64_t decay_powers[DECAY_STEPS];

// 2^(steps / DECAY_STEPS) in two factors: a power from the table, and 2^(rest / DECAY_STEPS) with a rest of half a step at most.
typedef struct DecayParts
{
    double power, rest;
} DecayParts;

static inline DecayParts
decay_split(double hazard)
{
    const double steps = -DECAY_EACH * (DECAY_MOST < hazard ? DECAY_MOST : hazard);
    const double shifted = steps + DECAY_WHOLE;
    DecayParts parts = {.rest = steps - (shifted - DECAY_WHOLE)};
    uint64_t whole;

    memcpy(&whole, &shifted, sizeof whole);
    whole = decay_powers[whole % DECAY_STEPS] + (whole << (52 - DECAY_STEPS_BITS));
    memcpy(&parts.power, &whole, sizeof whole);
    return parts;
}

// exp(-hazard) of a hazard that is not negative, to 1e-13 of it; that of DECAY_MOST for a higher one, NAN for NAN.
static inline double
decay(double hazard)
{
    const DecayParts parts = decay_split(hazard);
    const double y = parts.rest * 0x1.62e42fefa39efp-6, squared = y * y;

    return parts.power + parts.power * (y + squared * (1 / 2. + y * (1 / 6.) +
                                                          squared * (1 / 24. + y * (1 / 120.))));
}

// The same in single precision, correct to .502 units in the last place.
static inline float
decay_single(float hazard)
{
    const DecayParts parts = decay_split((double)hazard);
    const double rest = parts.rest;

    return (float)(((0x1.62e42ff0c52d6p-6 * rest + 1) +
                       (0x1.c6af84b912394p-20 * rest + 0x1.ebfce50fac4f3p-13) * (rest * rest)) *
                   parts.power);
}

#endif
