/*
 * carriers.h - `vigie carriers`: what the catalogue knows of carriers and their codes, and what it lacks for this source.
 * Private to jobs/carriers/.
 */
#ifndef JOBS_CARRIERS_CARRIERS_H
#define JOBS_CARRIERS_CARRIERS_H

#include "config/catalogue.h"
#include "jobs/frame/job.h"
#include "sql/codes.h"

#include <jansson.h>

// What every action works on.
typedef struct CarriersView
{
    Job *job;
    const Catalogue *catalogue;
} CarriersView;

// The actions, their arguments already counted. Each prints what was asked.
bool carriers_list(const CarriersView *view, Err *err);
bool carriers_show(const CarriersView *view, Err *err);
bool carriers_test(const CarriersView *view, Err *err);
bool carriers_unmapped(const CarriersView *view, Err *err);
bool carriers_suggest(const CarriersView *view, Err *err);
bool carriers_scorecard(const CarriersView *view, Err *err);

// The number of the carrier whose name was given; ERR_CONFIG names the nearest when the catalogue knows none.
bool carriers_find(const CarriersView *view, const char *name, int *out, Err *err);

// "carrier", "vocabulary" or "vocabulary, when named".
const char *carriers_kind(const CarrierEntry *entry);

// All of a carrier as JSON, its rows only with codes.
json_t *carriers_json(Arena *arena, const CarrierEntry *entry, bool codes);

// One row of a scheme as JSON.
json_t *carriers_row_json(Arena *arena, const CodeRow *row);

// "calendar_days", "hours".
const char *carriers_count_word(DayCount count);

// A code of the source that nobody mapped.
typedef struct LackingCode
{
    SourceCode said;      // its code is the stated milestone when it has no other
    const CodeRow *left;  // the row that leaves it out on purpose; NULL when nobody knows it
} LackingCode;

// A carrier of the source as it spells it, with what nobody mapped, the most frequent first.
typedef struct LackingCarrier
{
    Arena *arena;
    const char *name;
    int index;  // in the catalogue, -1 when unknown
    int64_t scans, unmapped;
    LackingCode *items;  // at most as many as asked for
    size_t count, capacity;
    size_t codes;  // all of them
} LackingCarrier;
typedef void LackingVisit(void *data, const LackingCarrier *carrier);

// Visit each carrier of the source that lacks something (codes, or a place in the catalogue), one after the other, with at
// most so many codes. Only one is in memory at a time. The window is --days before as-of.
bool
carriers_lacking(const CarriersView *view, size_t limit, LackingVisit *visit, void *data, Err *err);

#endif
