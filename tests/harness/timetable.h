/*
 * timetable.h - a parcel network whose hubs keep a timetable, and its nights: eight hubs of the carrier "swift" with about
 * sixty parcels a day each leave every evening at eight; five in a hundred parcels miss it, one in four hundred is lost.
 */
#ifndef TESTS_HARNESS_TIMETABLE_H
#define TESTS_HARNESS_TIMETABLE_H

#include "detectors/incidents/incidents.h"
#include "tests/harness/histories.h"
#include "tests/harness/network.h"

enum
{
    HUBS = 8,
    A_DAY = 480,  // parcels
};

extern const char *const hub_names[HUBS];

// What goes wrong: some hubs let only a share of the parcels go in some evenings; a feed is silent.
typedef struct Trouble
{
    int first_hub, last_hub;  // none when last < first
    Day first, last;
    double misses;
    Instant silent_from,
        silent_to;    // scans in between become known at the end; INSTANT_NONE for no silence
    Milestone lacks;  // the only kind of scan that is silent; MILESTONE_UNMAPPED for all
} Trouble;

extern const Trouble calm;

typedef struct Timetable
{
    Arena *arena;
    const LearnPlan *plan;
    const Baselines *baselines;
    Day first_night;  // three weeks of calm nights before it are in the history
    struct
    {
        Arena *arena;
        Flow *items;
        size_t count, capacity;
    } history;
} Timetable;

// cmocka's fixture: *state is a Timetable.
int timetable_setup(void **state);
int timetable_teardown(void **state);

// The end of a day, which is the as-of of its night.
Instant timetable_end(const Timetable *f, Day day);

// The incidents of a night in which something is wrong, judged by the fixture's history. Owned by the arena.
IncidentsFound timetable_judge(const Timetable *f, Arena *arena, Day day, const Trouble *trouble,
    const Incident *open, size_t open_count);

// Add a night's flows to the history.
void timetable_remember(Timetable *f, const IncidentsFound *found);

#endif
