/*
 * claim_facts.h - what terms count from, out of a shipment's history.
 */
#ifndef JOBS_DETECT_CLAIM_FACTS_H
#define JOBS_DETECT_CLAIM_FACTS_H

#include "claims/claims.h"
#include "config/catalogue.h"
#include "detectors/journey/history.h"

// The facts of a shipment whose scans are normalised, as its history stood at as_of. Texts belong to the arena, the
// catalogue and the shipment.
ClaimFacts claim_facts(Arena *arena, const Catalogue *catalogue, const Shipment *shipment,
    const History *history, Instant as_of);

// "delivered at LIL". Owned by the arena.
const char *claim_scan(Arena *arena, const Scan *scan);

#endif
