/*
 * The run: parcel by parcel, in order of creation.
 */
#include "jobs/simulator/simulator.h"

#include "jobs/simulator/hostile.h"
#include "jobs/simulator/incidents.h"
#include "jobs/simulator/rows.h"

struct Simulator
{
    const World *world;
    SimulatorPlan plan;
    SimulatorIncident *incidents;  // by start
    size_t incident_count;
};

static bool
plan_check(const SimulatorPlan *plan, Err *err)
{
    if (plan->shipments < 1 || plan->shipments > SIMULATOR_SHIPMENTS_MAX)
        return err_set(err, ERR_CONFIG, "number of shipments %lld is outside 1 to %lld",
            (long long)plan->shipments, (long long)SIMULATOR_SHIPMENTS_MAX);
    if (plan->to < plan->from)
        return err_set(err, ERR_CONFIG, "the last day lies before the first");
    if (plan->to - plan->from >= SIMULATOR_DAYS_MAX)
        return err_set(err, ERR_CONFIG, "the period is longer than %d days", SIMULATOR_DAYS_MAX);
    if (plan->from < day_from_civil(YEAR_MIN + 1, 1, 1) ||
        plan->to > day_from_civil(YEAR_MAX - 2, 12, 31))
        return err_set(err, ERR_CONFIG, "the period is outside the years %d to %d", YEAR_MIN + 1,
            YEAR_MAX - 2);
    if (!(plan->dirty_share >= 0 && plan->dirty_share <= 1))
        return err_set(err, ERR_CONFIG, "share of dirty rows is outside 0 to 1");
    for (size_t i = 0; i < plan->wish_count; i++)
        if (!incident_wish_check(&plan->wishes[i], err))
            return false;
    return true;
}

static void
simulator_list_incidents(Simulator *simulator, Arena *arena)
{
    size_t count;
    const Incident *const incidents = world_incidents(simulator->world, &count);

    simulator->incidents = ARENA_ARRAY(arena, SimulatorIncident, count);
    for (size_t i = 0; i < count; i++) {
        size_t place = simulator->incident_count++;
        for (; place > 0 && simulator->incidents[place - 1].begin > incidents[i].shown.begin;
             place--)
            simulator->incidents[place] = simulator->incidents[place - 1];
        simulator->incidents[place] = incidents[i].shown;
    }
}

const Simulator *
simulator_create(Arena *arena, const SimulatorPlan *plan, Err *err)
{
    if (!plan_check(plan, err))
        return NULL;

    Simulator *const simulator = ARENA_NEW(arena, Simulator);
    simulator->plan = *plan;
    simulator->world = world_create(arena, plan);
    simulator_list_incidents(simulator, arena);
    return simulator;
}

const SimulatorIncident *
simulator_incidents(const Simulator *simulator, size_t *count)
{
    *count = simulator->incident_count;
    return simulator->incidents;
}

const char *
simulator_table_name(SimulatorTable table)
{
    static const char *const NAMES[SIMULATOR_TABLE_COUNT] = {"shipments", "scans", "truth"};

    return NAMES[table];
}

const char *const *
simulator_columns(SimulatorTable table, size_t *count)
{
    static const char *const SHIPMENT[SHIPMENT_COLUMNS] = {"shipment_id", "tracking_number",
        "carrier", "service", "contract", "origin_country", "origin_zone", "destination_country",
        "destination_zone", "destination_postcode", "created_at", "promised_at", "cancelled_at",
        "order_reference", "customer_reference", "customer_language", "customer_email",
        "customer_phone", "declared_value", "purchase_value", "sale_value", "freight_charge",
        "currency", "weight_grams", "contents", "invoice_reference", "invoice_url", "label_owner"};
    static const char *const SCAN[SCAN_COLUMNS] = {"shipment_id", "occurred_at", "code", "subcode",
        "milestone", "text", "place", "country", "carrier", "recorded_at"};
    static const char *const TRUTH[TRUTH_COLUMNS] = {"shipment_id", "lost", "lost_after",
        "delivered_at", "presented_at", "late", "incident", "dirty"};
    static const struct
    {
        const char *const *names;
        size_t count;
    } TABLES[SIMULATOR_TABLE_COUNT] = {
        [SIMULATOR_SHIPMENTS] = {SHIPMENT, SHIPMENT_COLUMNS},
        [SIMULATOR_SCANS] = {SCAN, SCAN_COLUMNS},
        [SIMULATOR_TRUTH] = {TRUTH, TRUTH_COLUMNS},
    };

    *count = TABLES[table].count;
    return TABLES[table].names;
}

static bool
is_known(const SimulatorPlan *plan, Instant at)
{
    return plan->known_until == INSTANT_NONE || at <= plan->known_until;
}

static bool
emit_scans(const SimulatorPlan *plan, const Parcel *parcel, const SimulatorSink *sink, Err *err)
{
    const char *row[SCAN_COLUMNS];
    Ink ink;

    for (size_t i = 0; i < parcel->scan_count; i++) {
        if (!is_known(plan, parcel->scans[i].recorded_at))
            continue;
        row_scan(parcel, &parcel->scans[i], &ink, row);
        hostile_scan(parcel, plan, i, row);
        if (!sink->scan(sink->data, row, err))
            return false;
    }
    return true;
}

static bool
emit(const SimulatorPlan *plan, const Parcel *parcel, const SimulatorSink *sink, Err *err)
{
    const char *row[SHIPMENT_COLUMNS];
    Ink ink;

    if (sink->shipment) {
        row_shipment(parcel, plan->known_until, &ink, row);
        hostile_shipment(parcel, plan, row);
        if (!sink->shipment(sink->data, row, err))
            return false;
    }
    if (sink->scan && !emit_scans(plan, parcel, sink, err))
        return false;
    if (sink->raw && parcel->dirt & 1U << DIRT_UNREADABLE) {
        const UnreadableLine line = dirt_unreadable_line(parcel);
        if (!sink->raw(sink->data, line.table, line.bytes, line.length, err))
            return false;
    }
    if (sink->truth) {
        row_truth(parcel, &ink, row);
        return sink->truth(sink->data, row, err);
    }
    return true;
}

bool
simulator_run(
    const Simulator *simulator, int64_t first, int64_t count, const SimulatorSink *sink, Err *err)
{
    const SimulatorPlan *const plan = &simulator->plan;
    const int64_t left = plan->shipments - first;
    const int64_t end = first + (count < left ? count : left);
    Parcel parcel;

    for (int64_t index = first; index < end; index++) {
        parcel_describe(&parcel, simulator->world, index);
        if (!is_known(plan, parcel.created_at))
            break;  // and all that follow: they ascend
        parcel_travel(&parcel, simulator->world);
        parcel_mishap(&parcel, simulator->world);
        parcel_soil(&parcel, simulator->world);
        hostile_mark(&parcel, plan);
        if (!emit(plan, &parcel, sink, err))
            return false;
    }
    return true;
}
