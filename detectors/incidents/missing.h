/*
 * missing.h - does a carrier's feed leave out one kind of scan while others come? (statistics 6)
 */
#ifndef DETECTORS_INCIDENTS_MISSING_H
#define DETECTORS_INCIDENTS_MISSING_H

#include "detectors/incidents/groups.h"

typedef struct Missing
{
    double expected;  // such scans that should have come in the night, at the pace of the others
    double chance;    // of none, when nothing is wrong
    bool found;       // tonight, by that
    bool lasts;       // found, or still missing since a night before
} Missing;

// The kinds of scan of one carrier in a night.
typedef struct MissingKinds
{
    const char *carrier;
    Missing of[MILESTONE_COUNT];
} MissingKinds;

// group is the carrier's; weekday and history as in groups_make(), where a carrier's kinds are flows of kind INCIDENT_FEED named
// for their milestones; open are the incidents of the nights before.
MissingKinds missing_find(const FlowMeter *meter, const FlowCarrier *carrier,
    const FlowGroup *group, int weekday, const GroupPast *history, size_t history_count,
    const Incident *open, size_t open_count);

// Take out the cells of the carrier whose parcels mostly wait for what is missing: nobody who waits for that is slow.
void missing_explain(Groups *groups, const MissingKinds *kinds);

// Write a carrier's kinds as flows, MILESTONE_COUNT at most, leaving out those of which less than `least` was expected; whose night
// it is, the caller knows. Returns how many.
size_t missing_remember(const FlowCarrier *carrier, const MissingKinds *kinds, double least,
    bool disturbed, Flow *flows);

#endif
