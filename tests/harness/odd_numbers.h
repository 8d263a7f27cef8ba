/*
 * odd_numbers.h - numbers of all sizes, among them those that break things: NaN, infinities, -0, the smallest and the
 * largest.
 */
#ifndef TESTS_HARNESS_ODD_NUMBERS_H
#define TESTS_HARNESS_ODD_NUMBERS_H

#include <stdint.h>

// The next of a sequence of 31-bit numbers; the same seed gives the same sequence.
uint64_t odd_dice(uint64_t *state);

// A number that may be odd.
double odd_number(uint64_t *state);

#endif
