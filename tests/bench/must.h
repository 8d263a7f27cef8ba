/*
 * must.h - what a benchmark does about an error.
 */
#ifndef TESTS_BENCH_MUST_H
#define TESTS_BENCH_MUST_H

#include "core/err.h"

// Goes on when it is good; else says on standard error what err tells, and ends the program with exit code 1.
void must(bool good, const Err *err);

#endif
