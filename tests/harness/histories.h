/*
 * histories.h - random shipments for property tests: reproducible, deliberately untidy.
 */
#ifndef TESTS_HARNESS_HISTORIES_H
#define TESTS_HARNESS_HISTORIES_H

#include "core/arena.h"
#include "core/shipment.h"

// A small generator of random numbers (splitmix64); any seed will do.
typedef struct Dice
{
    uint64_t state;
} Dice;

uint64_t dice_next(Dice *dice);
int64_t dice_below(Dice *dice, int64_t limit);  // 0 to limit - 1
double dice_share(Dice *dice);                  // 0 to 1, 1 excluded

// count shipments of a few carriers, services and lanes, created within `days` before as_of, at whole hours: delivered,
// waiting, cancelled, returned, lost; with scans at the same instant, before the label, and not physical. Scans are
// normalised (meaning given, sorted). Owned by the arena.
Shipment *histories_random(Arena *arena, Dice *dice, size_t count, Instant as_of, int64_t days);

// A shipment without scans, all texts "".
Shipment history_blank(void);

// A scan of which only this is known: never learned later, physical when its milestone is, all texts "".
Scan history_scan(Instant at, Milestone milestone);

#endif
