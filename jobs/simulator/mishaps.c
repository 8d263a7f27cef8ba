/*
 * What befalls single parcels, beside losses and rows that lie: one is damaged, runs in a circle between two hubs, or is sent
 * back and nobody says why; and the other carrier never sees a parcel that vanished before it came there. The draws
 * come from a stream of their own, so that all other journeys stay as they are.
 */
#include "jobs/simulator/parcel.h"

#include <string.h>

#define SHARE .0015

static Instant
known_at(const Parcel *parcel, const World *world, Instant occurred_at)
{
    const Instant soon = occurred_at + 6 * MINUTE;
    const Incident *const outage = world_outage(world, parcel->carrier_index, soon);

    return outage ? outage->shown.end + 6 * MINUTE : soon;
}

// A scan like another one, so much later, put behind the scan of an index. False when it does not fit before the next.
static bool
insert_after(Parcel *parcel, const World *world, size_t index, SimulatedScan scan, Instant later)
{
    const size_t next = index + 1;

    scan.occurred_at = parcel->scans[index].occurred_at + later;
    scan.recorded_at = known_at(parcel, world, scan.occurred_at);
    if (parcel->scan_count == PARCEL_SCANS_MAX ||
        (next < parcel->scan_count && parcel->scans[next].occurred_at <= scan.occurred_at))
        return false;
    memmove(&parcel->scans[next + 1], &parcel->scans[next],
        (parcel->scan_count - next) * sizeof *parcel->scans);
    parcel->scans[next] = scan;
    parcel->scan_count++;
    return true;
}

static SimulatedScan
told_as(const SimulatedScan *scan, Milestone milestone, const char *text)
{
    SimulatedScan told = *scan;

    told.milestone = milestone;
    told.code = "";
    told.text = text;
    return told;
}

// The first scan of a step that another scan follows; -1 when there is none.
static int
first_of(const Parcel *parcel, Step step)
{
    for (size_t i = 0; i + 1 < parcel->scan_count; i++)
        if (parcel->scans[i].step == step)
            return (int)i;
    return -1;
}

static void
damage(Parcel *parcel, const World *world)
{
    const int hub = first_of(parcel, STEP_HUB_ARRIVED);

    if (hub >= 0)
        insert_after(parcel, world, (size_t)hub,
            told_as(&parcel->scans[hub], MILESTONE_DAMAGED, "Colis endommag\303\251"), 9 * MINUTE);
}

// On the road from hub to hub it comes to the other one and back, twice.
static void
circle(Parcel *parcel, const World *world)
{
    const int left = first_of(parcel, STEP_HUB_LEFT);

    if (left < 0 || parcel->scans[left + 1].step != STEP_HUB_ARRIVED)
        return;

    const SimulatedScan ends[] = {parcel->scans[left], parcel->scans[left + 1]};
    const Instant leg = (ends[1].occurred_at - ends[0].occurred_at) / 5 / SECOND * SECOND;

    for (size_t i = 0; i < 4; i++)
        insert_after(parcel, world, (size_t)left + i, ends[i % 2 == 0], leg);
}

static void
send_back(Parcel *parcel, const World *world)
{
    const int left = first_of(parcel, STEP_HUB_LEFT);

    if (left < 0 || parcel->lost)
        return;

    const SimulatedScan hub = parcel->scans[left];
    const Day back = world_work_day(world, world_day(world, hub.occurred_at) + 1, false);
    const Day home = world_add_work_days(world, back, 4);
    SimulatedScan scans[2] = {
        told_as(&hub, MILESTONE_RETURNING, parcel->carrier->wordings[STEP_RETURNING].text),
        told_as(&hub, MILESTONE_RETURNED, parcel->carrier->wordings[STEP_RETURNED].text)};

    scans[0].step = STEP_RETURNING;
    scans[1].step = STEP_RETURNED;
    scans[1].place = parcel->origin->hub;
    scans[1].country = parcel->origin->country;
    parcel->scan_count = (size_t)left + 1;
    parcel->delivered_at = parcel->presented_at = INSTANT_NONE;
    insert_after(parcel, world, (size_t)left, scans[0],
        world_at(world, back, CLOCK(9, 0)) - hub.occurred_at);
    insert_after(parcel, world, (size_t)left + 1, scans[1],
        world_at(world, home, CLOCK(10, 0)) - parcel->scans[left + 1].occurred_at);
}

static void
hand_over(Parcel *parcel, const World *world)
{
    SimulatedScan *const last = &parcel->scans[parcel->scan_count - 1];

    if (!parcel->service->abroad || parcel->service->air ||
        step_milestone(last->step) != MILESTONE_IN_TRANSIT)
        return;

    SimulatedScan handed = told_as(last, MILESTONE_IN_TRANSIT, "Remis au partenaire");

    handed.carrier = parcel->destination->partner;
    insert_after(parcel, world, parcel->scan_count - 1, handed, 9 * MINUTE);
}

void
parcel_mishap(Parcel *parcel, const World *world)
{
    Random random;

    random_start(&random, world_plan(world)->seed, (uint64_t)parcel->index, PURPOSE_MISHAP);
    if (parcel->lost)
        hand_over(parcel, world);
    if (!random_chance(&random, SHARE))
        return;
    switch (random_below(&random, 3)) {
    case 0:
        damage(parcel, world);
        break;
    case 1:
        circle(parcel, world);
        break;
    default:
        send_back(parcel, world);
    }
}
