/*
 * pages.h - pages of simulated parcels in memory (jobs/simulator), made as learning reads them: known by the end of
 * 2026-05-15, of the 196 days before.
 */
#ifndef TESTS_BENCH_PAGES_H
#define TESTS_BENCH_PAGES_H

#include "config/catalogue.h"
#include "core/map.h"
#include "core/shipment.h"
#include "detectors/baseline/learner.h"
#include "jobs/simulator/simulator.h"

#define PAGE 2000  // shipments, as source.page_shipments

typedef struct ShipmentList
{
    Arena *arena;
    Shipment *items;
    size_t count, capacity;
} ShipmentList;

typedef struct ScanList
{
    Arena *arena;
    Scan *items;
    size_t count, capacity;
} ScanList;

typedef struct Pages
{
    Arena *arena;
    const Simulator *simulator;
    const Catalogue *catalogue;
    LearnPlan plan;
    uint64_t pieces;    // that every destination is cut into
    ShipmentList page;  // the last one made
    ScanList scans;     // of the page
    size_t *first;      // of each shipment's scans
    struct Columns *at;
    Map *names;  // texts that repeat are kept once
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } name_list;
} Pages;

// Ends the program when the simulator cannot begin.
Pages *pages_create(Arena *arena, int64_t shipments, uint64_t pieces);

// The same of another plan, which need not say zone and calendar; known by the end of its last day.
Pages *pages_of(Arena *arena, const SimulatorPlan *plan, uint64_t pieces);

// Make the page that begins with parcel number first: normalised, in order of creation.
void pages_make(Pages *pages, int64_t first);

#endif
