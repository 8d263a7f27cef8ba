/*
 * fixture.h - what every test of the database's questions begins and ends with: an arena, and a schema made anew.
 */
#ifndef TESTS_HARNESS_FIXTURE_H
#define TESTS_HARNESS_FIXTURE_H

#include "tests/harness/database.h"

// Of the test that runs; valid from fixture_set_up() to fixture_tear_down().
extern Arena *arena;
extern Db *db;

// For cmocka: both made anew, both given back, and the database dropped after the last test.
int fixture_set_up(void **state);
int fixture_tear_down(void **state);
int fixture_drop(void **state);

#endif
