/*
 * learning.h - a plan to learn by, for tests of learning: French calendar, as of 2026-04-20 in Paris.
 */
#ifndef TESTS_HARNESS_LEARNING_H
#define TESTS_HARNESS_LEARNING_H

#include "detectors/baseline/learner.h"

typedef struct Learning
{
    Arena *arena;
    LearnPlan plan;
} Learning;

// cmocka's fixture: *state is a Learning.
int learning_setup(void **state);
int learning_teardown(void **state);

// An RFC 3339 text; anything else fails the test.
Instant learning_instant(const char *text);

// Both passes over some shipments.
const OperatingClocks *learning_clocks(Learning *f, const Shipment *shipments, size_t count);
const Learned *
learning_sums(Learning *f, const OperatingClocks *clocks, const Shipment *shipments, size_t count);

#endif
