/*
 * sound.h - what is said of parcels and of groups of them is sound: every number within its range, none missing without a word why.
 */
#ifndef TESTS_HARNESS_SOUND_H
#define TESTS_HARNESS_SOUND_H

#include "core/scorecard.h"
#include "detectors/baseline/baseline.h"
#include "tests/harness/learning.h"

// Every field of a judgement. name tells in what test it was.
void sound_judgement(const Judgement *j, const Shipment *shipment, Instant as_of, const char *name);

// Judge a shipment, with its expected range and what is normal there; slowdown may be NULL.
void sound_judge(const Learning *f, const Baselines *baselines, const Shipment *shipment,
    Instant as_of, const Slowdown *slowdown, const char *name);

// The same for parcels of a known carrier, an unknown one and one without a name, that stand at each step of the way for no
// time, an hour, ... up to forty years, with each kind of promise and of slowdown.
void sound_judge_all(const Learning *f, const Baselines *baselines, const char *name);

// All that normal_describe() says of known and unknown names at every milestone.
void sound_tell_all(const Learning *f, const Baselines *baselines);

// The incidents of the day before as-of, when one of each kind was open, and what is remembered of its groups.
void
sound_incidents(const Learning *f, const Baselines *baselines, const Shipment *all, size_t count);

// Every number of every card.
void sound_cards(const Scorecards *cards);

#endif
