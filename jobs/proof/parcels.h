/*
 * parcels.h - the parcels that the nights of a backtest judged, and what was known of them on each night.
 */
#ifndef JOBS_PROOF_PARCELS_H
#define JOBS_PROOF_PARCELS_H

#include "core/map.h"
#include "detectors/journey/outcome.h"
#include "jobs/proof/delivered.h"
#include "jobs/run/run.h"
#include "sql/source.h"

typedef struct Parcel
{
    const char *id, *carrier, *service;
    Instant created_at;
    Ending ending;     // as it was known when it was last looked at
    Instant moved_at;  // its last physical scan before its time was up, as known then
    double weight;
    uint32_t lane;  // of the delivered ones
} Parcel;

typedef struct Parcels
{
    Arena *arena;          // owns everything
    int32_t horizon_days;  // from acceptance until its time is up
    Parcel *items;
    size_t count, capacity;
    Map *by_id;
    Map *names;  // of carriers and services, kept once
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } name_list;
    struct
    {
        Arena *arena;
        uint32_t *items;
        size_t count, capacity;
    } open;  // parcels of which no end is known
} Parcels;

// A parcel's time is up horizon_days (1 or more) after acceptance.
void parcels_begin(Parcels *parcels, Arena *arena, int32_t horizon_days);

// The parcel of a shipment (normalised, judged at as_of), added when it is new.
uint32_t
parcels_take(Parcels *parcels, const Shipment *shipment, Instant as_of, Delivered *delivered);

// Read again, as of a later night, the parcels of which no end is known, and tell `delivered` of those presented since.
// Those created before `since` are given up: nobody watches them any more.
bool parcels_look_again(Parcels *parcels, Source *source, const Rulebook *rulebook, Instant since,
    Instant as_of, Delivered *delivered, Err *err);

// Read all of them as of as_of, for the outcomes.
bool parcels_look_at_all(
    Parcels *parcels, Source *source, const Rulebook *rulebook, Instant as_of, Err *err);

#endif
