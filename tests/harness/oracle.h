/*
 * oracle.h - numbers computed elsewhere (R and others), for tests that compare with them when they are at hand.
 */
#ifndef TESTS_HARNESS_ORACLE_H
#define TESTS_HARNESS_ORACLE_H

#include "core/arena.h"

#include <jansson.h>

// The file expected/NAME.json of the oracles, owned by the arena. When it is not there the test ends here, as skipped, and the
// arena, which must be all that it holds, is destroyed.
json_t *oracle_load(Arena *arena, const char *name);

// A list of numbers in it by dotted path ("cases.theta"); null becomes NAN. *count is its length. Owned by the arena.
double *oracle_list(Arena *arena, const json_t *oracle, const char *path, size_t *count);
double oracle_number(const json_t *oracle, const char *path);

// A column of data/NAME.csv (numbers only), NULL when it is not there.
double *oracle_column(Arena *arena, const char *name, size_t column, size_t *count);

// |a - b| <= tolerance max(1, |b|); NAN equals NAN.
void assert_close(double a, double b, double tolerance);

// |a - b| <= tolerance |b|: for numbers that may be small. NAN equals NAN.
void assert_relative(double a, double b, double tolerance);

#endif
