// occurrences.h - how often one text stands in another, for tests of pages and drawings.
#ifndef TESTS_HARNESS_OCCURRENCES_H
#define TESTS_HARNESS_OCCURRENCES_H

#include <stddef.h>

// How often `wanted` (not empty) stands in a text, none of them overlapping.
size_t occurrences(const char *text, const char *wanted);

#endif
