/*
 * past.h - what happened up to a night, for its report: the course of groups, the states of claims, the fate of cases.
 */
#ifndef SQL_PAST_H
#define SQL_PAST_H

#include "core/digest.h"
#include "core/zone.h"
#include "sql/db.h"

// What the groups of some incidents did in the nights after one, up to as_of: a course for each incident, in their order; empty
// for drifts, which are no flows. Days are those of the zone. Owned by the arena.
bool past_courses(Db *db, Arena *arena, const Zone *zone, Instant after, Instant as_of,
    const Incident *incidents, size_t count, Course **courses, Err *err);

// What each carrier did in a night, and its newest scan known by then; by carrier. Owned by the arena.
bool
past_carriers(Db *db, Arena *arena, Instant as_of, const Flow **items, size_t *count, Err *err);

// Claims by state as they stood at as_of. Owned by the arena.
bool past_claim_states(
    Db *db, Arena *arena, Instant as_of, const ClaimStateCount **items, size_t *count, Err *err);

// Why claims had ended without money by as_of, at most limit reasons, the most frequent first. Owned by the arena.
bool past_claim_ends(Db *db, Arena *arena, Instant as_of, int64_t limit, const ClaimEnd **items,
    size_t *count, Err *err);

// What became by as_of of the cases opened after a night, by kind. Owned by the arena.
bool past_case_fates(Db *db, Arena *arena, Instant after, Instant as_of, const CaseFate **items,
    size_t *count, Err *err);

#endif
