/*
 * normal.h - the fitted baselines put into words and numbers for people (core/normal.h).
 */
#ifndef DETECTORS_JUDGEMENT_NORMAL_H
#define DETECTORS_JUDGEMENT_NORMAL_H

#include "core/normal.h"
#include "detectors/baseline/baseline.h"

// What is normal at a stage for a carrier, its service, and a lane of it (names as learned; NULL from the right for
// the wider group). Whether all names given are known; when not, the narrowest group that is known answers. It may
// abstain: see Normal.abstained. A later scan in transit of which too little is known is told of as the first one. Owned by
// the arena.
bool normal_describe(const Baselines *baselines, const char *carrier, const char *service,
    const char *origin, const char *destination, Stage stage, Measure measure, Arena *arena,
    Normal *out);

// Names of what exists, sorted: carriers (carrier NULL), a carrier's services (service NULL), or a service's lanes as
// "SP>BA". Owned by the arena.
const char *const *normal_names(const Baselines *baselines, const char *carrier,
    const char *service, Arena *arena, size_t *count);

#endif
