/*
 * Scans, losses and departures: what makes gaps between scans.
 */
#include "jobs/simulator/walk.h"

Instant
walk_hours(double hours)
{
    return (Instant)(hours * 3600) * SECOND;
}

Instant
walk_minutes(Walk *walk, int32_t low, int32_t high)
{
    return random_between(&walk->random, low * 60, high * 60) * SECOND;
}

static void
walk_touch(Walk *walk, const Incident *incident)
{
    if (incident && !walk->parcel->incident)
        walk->parcel->incident = incident;
}

// When a scan becomes known: minutes later; carriers back-fill some after hours or days; after an outage of
// the feed all that was held back comes within three hours.
static Instant
walk_recorded_at(Walk *walk, Instant occurred_at)
{
    const Parcel *const parcel = walk->parcel;
    double hours = random_lognormal(&walk->random, .12, .6);

    if (random_chance(&walk->random, parcel->carrier->backfilled_share))
        hours += random_chance(&walk->random, .2) ? 24 + 48 * random_real(&walk->random)
                                                  : 2 + 10 * random_real(&walk->random);
    const Instant recorded_at = occurred_at + walk_hours(hours);
    const Incident *const outage = world_outage(walk->world, parcel->carrier_index, recorded_at);
    if (!outage)
        return recorded_at;

    walk_touch(walk, outage);
    return outage->shown.end + walk_hours(3 * random_real(&walk->random));
}

static bool
step_is_always_seen(Step step)
{
    return step != STEP_HUB_ARRIVED && step != STEP_HUB_LEFT && step != STEP_DEPOT &&
           step != STEP_OUT;
}

void
walk_scan(Walk *walk, Step step)
{
    Parcel *const parcel = walk->parcel;
    const Wording *const wording = &parcel->carrier->wordings[step];
    const bool tell = walk->partner[0] || !wording->code[0];

    if (parcel->scan_count == PARCEL_SCANS_MAX)
        return;
    parcel->scans[parcel->scan_count++] = (SimulatedScan){
        .occurred_at = walk->now,
        .recorded_at = walk_recorded_at(walk, walk->now),
        .milestone = tell ? step_milestone(step) : MILESTONE_UNMAPPED,
        .code = walk->partner[0] ? "" : wording->code,
        .subcode = "",
        .text = wording->text,
        .place = walk->place,
        .country = walk->country,
        .carrier = walk->partner,
        .step = step,
    };
    if (milestone_is_physical(step_milestone(step)))
        parcel->lost_after = step_milestone(step);
}

void
walk_pass(Walk *walk, Step step, Leg leg)
{
    if (walk->over)
        return;
    if (step_is_always_seen(step) || random_chance(&walk->random, .94))
        walk_scan(walk, step);
    if (milestone_is_presentation(step_milestone(step)) &&
        walk->parcel->presented_at == INSTANT_NONE)
        walk->parcel->presented_at = walk->now;
    walk->now += MINUTE;
    if (leg >= walk->lost_leg) {
        walk->parcel->lost = true;
        walk->over = true;
    }
}

void
walk_to(Walk *walk, const Area *area, const char *place)
{
    walk->country = area->country;
    walk->place = place;
}

bool
walk_delivers_saturday(const Walk *walk)
{
    return walk->parcel->carrier->saturday && !walk->parcel->service->abroad;
}

// The first working day whose departure the parcel, ready at an instant, does not miss.
static void
walk_depart(Walk *walk, int area, Instant ready, int32_t leaves_seconds, bool saturday)
{
    const Parcel *const parcel = walk->parcel;
    Day day = world_day(walk->world, ready);
    Instant leaves;

    if (world_at(walk->world, day, leaves_seconds) < ready)
        day++;
    for (;; day++) {
        day = world_work_day(walk->world, day, saturday);
        leaves = world_at(walk->world, day, leaves_seconds);
        const Incident *const slowdown =
            world_slowdown(walk->world, parcel->carrier_index, area, leaves);
        const double calm = parcel->carrier->missed_share * world_strain(walk->world, day);
        walk_touch(walk, slowdown);
        if (!random_chance(&walk->random, slowdown ? slowdown->shown.severity : calm))
            break;
    }
    walk->now = leaves + walk_minutes(walk, 0, 40);
}

void
walk_slip(Walk *walk)
{
    const Incident *const drift = world_drift(walk->world, walk->parcel->carrier_index, walk->now);
    const Day day = world_day(walk->world, walk->now);

    if (walk->over || !drift || !random_chance(&walk->random, drift->shown.severity))
        return;
    walk_touch(walk, drift);
    walk->now += (world_work_day(walk->world, day + 1, false) - day) * HOURS_24;
}

void
walk_hub(Walk *walk, int area, Leg arrives, Leg leaves, int32_t leaves_seconds, bool saturday)
{
    const double sorting = random_lognormal(&walk->random, 1.2, .5);
    const double astray =
        random_chance(&walk->random, .004) ? random_lognormal(&walk->random, 72, .7) : 0;

    walk_to(walk, &NETWORK_AREAS[area], NETWORK_AREAS[area].hub);
    walk_pass(walk, STEP_HUB_ARRIVED, arrives);
    if (walk->over)
        return;
    const Instant ready = walk->now + walk_hours(sorting + astray);
    walk_depart(walk, area, ready, leaves_seconds, saturday);
    walk_pass(walk, STEP_HUB_LEFT, leaves);
}
