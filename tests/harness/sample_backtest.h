/*
 * sample_backtest.h - the result of a backtest, made up: all that its documents can show.
 */
#ifndef TESTS_HARNESS_SAMPLE_BACKTEST_H
#define TESTS_HARNESS_SAMPLE_BACKTEST_H

#include "core/arena.h"
#include "core/backtest.h"

// Twelve weekly nights with two carriers, one of a hostile name. Owned by the arena.
const BacktestReport *sample_backtest(Arena *arena);

// One night of which nothing can be told yet.
const BacktestReport *sample_backtest_unknown(Arena *arena);

#endif
