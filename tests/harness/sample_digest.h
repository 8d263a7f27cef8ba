/*
 * sample_digest.h - a made-up night with about thirty cases, among them the texts that real sources
 * send: markup, spreadsheet formulas, direction overrides, words without end, accents.
 */
#ifndef TESTS_HARNESS_SAMPLE_DIGEST_H
#define TESTS_HARNESS_SAMPLE_DIGEST_H

#include "core/arena.h"
#include "core/digest.h"

const Digest *sample_digest(Arena *arena);

// A night on which nothing was found.
const Digest *sample_quiet_digest(Arena *arena);

#endif
