/*
 * fuzz.h - what the fuzz targets share. Each is one file: any bytes at all through one parser of outside input, and what
 * must hold of whatever it made of them.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// libFuzzer's entry point; returns 0.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// End the process, which libFuzzer reports with the input, unless it holds.
static inline void
require(bool holds)
{
    if (!holds)
        abort();
}

#endif
