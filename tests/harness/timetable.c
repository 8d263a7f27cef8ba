#include "tests/harness/timetable.h"

enum
{
    LEARN_DAYS = 20,    // whose parcels the baselines know
    FLIGHT_DAYS = 8,    // a parcel is home, or lost, by then
    WARM_NIGHTS = 21,   // that only fill the history
    EVENING = 20 * 60,  // departures, in minutes
};

const Trouble calm = {.last_hub = -1, .silent_from = INSTANT_NONE};

const char *const hub_names[HUBS] = {
    "Lille", "Lyon", "Metz", "Nancy", "Nantes", "Paris", "Pau", "Rennes"};

static void
scan_add(Shipment *shipment, Scan *scans, Instant at, Milestone milestone, const char *place)
{
    scans[shipment->scan_count++] = (Scan){.occurred_at = at,
        .recorded_at = INSTANT_NONE,
        .milestone = milestone,
        .physical = true,
        .code = "",
        .subcode = "",
        .text = "",
        .place = place,
        .country = "",
        .carrier = ""};
}

static bool
misses(const Trouble *trouble, int hub, Day day, Dice *dice, Dice *luck)
{
    const bool slow = hub >= trouble->first_hub && hub <= trouble->last_hub &&
                      day >= trouble->first && day <= trouble->last;
    const double usual = dice_share(dice), more = dice_share(luck);

    return usual < .05 || (slow && more < trouble->misses);
}

// Parcel number i of a day; the same whatever goes wrong, but for that.
static Shipment
parcel(Arena *arena, const Timetable *f, Day day, int i, const Trouble *trouble)
{
    Dice dice = {(uint64_t)day * 100003 + (uint64_t)i}, luck = {(uint64_t)day * 7919 + (uint64_t)i};
    Scan *const scans = ARENA_ARRAY(arena, Scan, 5);
    Shipment shipment = history_blank();
    const int hub = i % HUBS;
    Instant at = zone_day_start(f->plan->zone, day) + dice_below(&dice, 24 * 60) * MINUTE;

    shipment.carrier = "swift";
    shipment.service = i % 3 == 0 ? "relay" : "home";
    shipment.origin_zone = "N";
    shipment.destination_zone = i % 5 == 0 ? "S" : "W";
    shipment.created_at = at;
    shipment.scans = scans;
    at += (60 + dice_below(&dice, 300)) * MINUTE;
    scan_add(&shipment, scans, at, MILESTONE_ACCEPTED, "Depot");
    at += (6 * 60 + dice_below(&dice, 10 * 60)) * MINUTE;
    scan_add(&shipment, scans, at, MILESTONE_IN_TRANSIT, hub_names[hub]);
    if (dice_below(&dice, 400) == 0)
        return shipment;  // lost

    Day leaves = zone_day(f->plan->zone, at);

    if (zone_day_start(f->plan->zone, leaves) + EVENING * MINUTE < at)
        leaves++;
    while (misses(trouble, hub, leaves, &dice, &luck))
        leaves++;
    at = zone_day_start(f->plan->zone, leaves) + (EVENING + dice_below(&dice, 60)) * MINUTE;
    scan_add(&shipment, scans, at, MILESTONE_DELIVERY_DEPOT, "Gate");
    at += (11 * 60 + dice_below(&dice, 9 * 60)) * MINUTE;
    scan_add(&shipment, scans, at, MILESTONE_DELIVERED, "Door");
    return shipment;
}

// What is known of it at as-of.
static void
cut(Shipment *shipment, Instant as_of, const Trouble *trouble)
{
    size_t known = 0;

    while (known < shipment->scan_count && shipment->scans[known].occurred_at <= as_of)
        known++;
    while (known > 0 && trouble->silent_from != INSTANT_NONE && as_of < trouble->silent_to &&
           shipment->scans[known - 1].occurred_at >= trouble->silent_from &&
           (trouble->lacks == MILESTONE_UNMAPPED ||
               shipment->scans[known - 1].milestone == trouble->lacks))
        known--;
    shipment->scan_count = known;
}

Instant
timetable_end(const Timetable *f, Day day)
{
    return zone_day_end(f->plan->zone, day);
}

IncidentsFound
timetable_judge(const Timetable *f, Arena *arena, Day day, const Trouble *trouble,
    const Incident *open, size_t open_count)
{
    const Instant as_of = timetable_end(f, day), after = timetable_end(f, day - 1);
    FlowMeter *const meter = flow_meter_create(arena, f->baselines, after, as_of);

    for (Day born = day - FLIGHT_DAYS; born <= day; born++)
        for (int i = 0; i < A_DAY; i++) {
            Arena *const scratch = arena_create();
            Shipment shipment = parcel(scratch, f, born, i, trouble);

            cut(&shipment, as_of, trouble);
            flow_meter_add(meter, &shipment);
            arena_destroy(scratch);
        }
    return incidents_find(arena, &(IncidentNight){.after = after,
                                     .as_of = as_of,
                                     .zone = f->plan->zone,
                                     .calendar = f->plan->calendar,
                                     .meter = meter,
                                     .history = f->history.items,
                                     .history_count = f->history.count,
                                     .open = open,
                                     .open_count = open_count});
}

void
timetable_remember(Timetable *f, const IncidentsFound *found)
{
    for (size_t k = 0; k < found->flow_count; k++) {
        Flow flow = found->flows[k];

        flow.carrier = arena_copy(f->arena, flow.carrier);
        flow.name = arena_copy(f->arena, flow.name);
        ARENA_PUSH(&f->history, flow);
    }
}

static const Baselines *
learn(Timetable *f)
{
    const size_t count = (size_t)LEARN_DAYS * A_DAY / 2;
    Shipment *const shipments = ARENA_ARRAY(f->arena, Shipment, count);
    const Day today = zone_day(f->plan->zone, f->plan->as_of);
    ClockCounter *const counter = clock_counter_create(f->arena, f->plan);

    for (size_t i = 0; i < count; i++) {
        shipments[i] = parcel(
            f->arena, f, today - LEARN_DAYS + (Day)(i % LEARN_DAYS), (int)(i / LEARN_DAYS), &calm);
        cut(&shipments[i], f->plan->as_of, &calm);
        clock_counter_add(counter, &shipments[i]);
    }

    Learner *const learner =
        learner_create(f->arena, f->plan, clock_counter_finish(f->arena, counter));

    for (size_t i = 0; i < count; i++)
        learner_add(learner, &shipments[i]);
    return baselines_fit(f->arena, learner_finish(f->arena, learner), f->plan);
}

int
timetable_setup(void **state)
{
    Arena *const arena = arena_create();
    Timetable *const f = ARENA_NEW(arena, Timetable);
    Instant monday = 0;

    instant_parse("2026-03-02T00:00:00+01:00", &monday);
    f->arena = arena;
    f->plan = network_plan(arena, monday);
    if (!f->plan)
        return -1;
    f->history.arena = arena;
    f->baselines = learn(f);
    f->first_night = zone_day(f->plan->zone, monday) + WARM_NIGHTS;
    for (int i = 0; i < WARM_NIGHTS; i++) {
        Arena *const night = arena_create();
        const IncidentsFound found =
            timetable_judge(f, night, f->first_night - WARM_NIGHTS + i, &calm, NULL, 0);

        timetable_remember(f, &found);
        arena_destroy(night);
    }
    *state = f;
    return 0;
}

int
timetable_teardown(void **state)
{
    arena_destroy(((Timetable *)*state)->arena);
    return 0;
}
