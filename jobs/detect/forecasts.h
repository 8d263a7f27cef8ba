/*
 * forecasts.h - what tonight says of every open parcel, kept until it can be held against what happened.
 */
#ifndef JOBS_DETECT_FORECASTS_H
#define JOBS_DETECT_FORECASTS_H

#include "jobs/detect/judge.h"

// Forecasts are forgotten after so many days: the last ones that trust measures and recalibration read were made 28 days
// and the horizon of losses (30 days as shipped) ago; the rest is for looking back by hand. A horizon that needs more
// gets more.
#define FORECASTS_KEPT_DAYS 120

typedef struct ForecastBook ForecastBook;

// An empty book of one night, owned by the arena.
ForecastBook *forecast_book_create(Arena *arena, Instant as_of);

// Note what was said of an open parcel; texts are copied.
void forecast_book_add(ForecastBook *book, const Shipment *shipment, const Verdict *verdict);

// How many of them a carrier has.
int64_t forecast_book_carrier(const ForecastBook *book, const char *carrier);

// Write the book in the caller's transaction, with the kinds of tonight's findings, and forget what is too old.
bool forecast_book_write(ForecastBook *book, const Run *run, const Finding *findings, size_t count,
    Arena *arena, Err *err);

#endif
