#include "tests/harness/worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdio.h>

void
world_scan(Shipment *shipment, Scan *scans, Instant at, Milestone milestone)
{
    assert_true(shipment->scan_count < WORLD_SCANS);
    scans[shipment->scan_count++] = (Scan){.occurred_at = at,
        .recorded_at = INSTANT_NONE,
        .milestone = milestone,
        .physical = milestone_is_physical(milestone),
        .code = "",
        .subcode = "",
        .text = "",
        .place = "",
        .country = "",
        .carrier = ""};
}

static const Milestone way[] = {
    MILESTONE_ACCEPTED, MILESTONE_IN_TRANSIT, MILESTONE_OUT_FOR_DELIVERY, MILESTONE_DELIVERED};

void
world_go(Shipment *shipment, Scan *scans, Instant start, double hours, size_t steps)
{
    for (size_t k = 0; k < steps; k++)
        world_scan(
            shipment, scans, start + (Instant)((double)(k + 1) * hours * (double)HOUR), way[k]);
}

void
world_ordinary(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)as_of;
    world_go(shipment, scans, start, 5 + (double)(i % 20), i % 50 == 7 ? 2 : 4);
}

static void
world_of_labels(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)shipment, (void)scans, (void)i, (void)start, (void)as_of;
}

static void
world_all_censored(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)i, (void)as_of;
    world_go(shipment, scans, start, 0, 2);
}

static void
world_of_one_instant(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)start;
    shipment->created_at = as_of - 3 * HOURS_24;
    world_go(shipment, scans, shipment->created_at, 0, i % 3 == 0 ? 3 : 4);
}

// Label and scans of each parcel at its own instant.
static void
world_without_length(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)i, (void)as_of;
    world_go(shipment, scans, start, 0, 4);
}

static void
world_of_equal_waits(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)i, (void)as_of;
    world_go(shipment, scans, start, 9, 4);
}

static void
world_before_the_label(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)as_of;
    world_go(shipment, scans, start - 30 * HOURS_24, (double)(i % 9), 4);
    shipment->promised_at = start - 40 * HOURS_24;
    shipment->cancelled_at = i % 5 == 0 ? start - 50 * HOURS_24 : INSTANT_NONE;
}

static void
world_of_the_future(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    if (i % 2 == 0)
        shipment->created_at = as_of + (1 + (Instant)i) * HOURS_24;
    world_scan(shipment, scans, start, MILESTONE_ACCEPTED);
    world_scan(shipment, scans, as_of + 200 * 366 * HOURS_24, MILESTONE_DELIVERED);
    scans[0].recorded_at = as_of + (Instant)i * HOUR;
    shipment->promised_at = as_of + 9 * 366 * HOURS_24;
}

// Labels of 1970, deliveries fifty years later.
static void
world_of_ages(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)as_of;
    shipment->created_at = (Instant)i * SECOND;
    world_scan(shipment, scans, (Instant)i * HOUR, MILESTONE_ACCEPTED);
    world_scan(shipment, scans, start, i % 2 ? MILESTONE_DELIVERED : MILESTONE_IN_TRANSIT);
}

// A carrier that scans, and never says that it delivered.
void
world_without_deliveries(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)as_of;
    for (size_t k = 0; k < 30; k++)
        world_scan(
            shipment, scans, start + (Instant)(k * (3 + i % 7)) * HOUR, MILESTONE_IN_TRANSIT);
}

static void
world_that_sends_all_back(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)as_of;
    world_go(shipment, scans, start, 4 + (double)(i % 5), 2);
    world_scan(shipment, scans, start + 40 * HOUR, MILESTONE_RETURNED);
}

static void
world_of_samples(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    static const double weights[] = {NAN, INFINITY, -3, 0, 1e-300, DBL_MAX, 1e6, 2.5};

    world_ordinary(shipment, scans, i, start, as_of);
    shipment->sample_weight = weights[i % 8];
}

// Every parcel is the only one of its carrier, service and lane.
static void
world_of_strangers(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    static char names[WORLD_PARCELS][16];

    snprintf(names[i], sizeof names[i], "alone %zu", i);
    shipment->carrier = shipment->service = shipment->origin_zone = names[i];
    world_ordinary(shipment, scans, i, start, as_of);
}

// The first and the last instant that a row may name.
static void
world_without_end(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    const Instant ends[] = {day_from_civil(YEAR_MIN, 1, 1) * HOURS_24,
        day_from_civil(YEAR_MAX + 1, 1, 1) * HOURS_24 - 1};

    (void)as_of;
    if (i % 3 == 0)
        shipment->created_at = ends[i / 3 % 2];
    world_scan(shipment, scans, i % 2 ? ends[0] : start, MILESTONE_ACCEPTED);
    world_scan(shipment, scans, ends[i / 2 % 2], MILESTONE_IN_TRANSIT);
    shipment->promised_at = ends[i / 4 % 2];
}

// Nothing for the last year.
static void
world_of_last_year(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    shipment->created_at = start - 365 * HOURS_24;
    world_ordinary(shipment, scans, i, shipment->created_at, as_of);
}

// Nothing for three weeks, and nobody waits.
void
world_that_stopped(Shipment *shipment, Scan *scans, size_t i, Instant start, Instant as_of)
{
    (void)as_of;
    shipment->created_at = start - 21 * HOURS_24;
    world_go(shipment, scans, shipment->created_at, 2 + (double)(i % 13), 4);
}

const WorldRow world_rows[WORLD_ROWS] = {
    {"nothing", world_ordinary, 0},
    {"one parcel", world_ordinary, 1},
    {"one label", world_of_labels, 1},
    {"an ordinary world", world_ordinary, WORLD_PARCELS},
    {"labels only", world_of_labels, WORLD_PARCELS},
    {"all censored", world_all_censored, WORLD_PARCELS},
    {"all at one instant", world_of_one_instant, WORLD_PARCELS},
    {"waits of no length", world_without_length, WORLD_PARCELS},
    {"waits of one length", world_of_equal_waits, WORLD_PARCELS},
    {"scans before the label", world_before_the_label, WORLD_PARCELS},
    {"scans in the future", world_of_the_future, WORLD_PARCELS},
    {"waits of fifty years", world_of_ages, WORLD_PARCELS},
    {"no deliveries", world_without_deliveries, WORLD_PARCELS},
    {"all sent back", world_that_sends_all_back, WORLD_PARCELS},
    {"absurd sample weights", world_of_samples, WORLD_PARCELS},
    {"each alone in its segment", world_of_strangers, WORLD_PARCELS / 10},
    {"times without end", world_without_end, WORLD_PARCELS},
    {"a year without data", world_of_last_year, WORLD_PARCELS},
    {"three weeks without data", world_that_stopped, WORLD_PARCELS},
};

Shipment
world_parcel(Instant created)
{
    Shipment shipment = history_blank();

    shipment.carrier = "swift";
    shipment.service = "home";
    shipment.origin_zone = "north";
    shipment.destination_zone = "south";
    shipment.created_at = created;
    return shipment;
}

Shipment *
world_populate(const Learning *f, World *world, size_t count)
{
    static const char *const services[] = {"home", "point", ""};
    Shipment *const all = ARENA_ARRAY(f->arena, Shipment, count);

    for (size_t i = 0; i < count; i++) {
        const Instant start = f->plan.as_of - 40 * HOURS_24 + (Instant)i * 3 * HOUR;
        Scan *const scans = ARENA_ARRAY(f->arena, Scan, WORLD_SCANS);

        all[i] = world_parcel(start);
        all[i].service = services[i % 3];
        all[i].destination_zone = i % 2 ? "south" : "";
        all[i].scans = scans;
        world(&all[i], scans, i, start, f->plan.as_of);
    }
    return all;
}

const Baselines *
world_fit(Learning *f, const Shipment *all, size_t count)
{
    return baselines_fit(
        f->arena, learning_sums(f, learning_clocks(f, all, count), all, count), &f->plan);
}
