#include "tests/harness/simulated.h"

#include "config/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

SimulatorPlan
simulated_plan(Arena *arena, int64_t shipments)
{
    Problems problems = {.arena = arena};
    Err err = {0};
    const Zone *const zone = zone_load(arena, "Europe/Paris", &err);
    const Calendar *const calendar = calendar_load(arena, "FR", &problems, &err);

    if (!zone || !calendar)
        fail_msg("%s", err.text);
    return (SimulatorPlan){
        .seed = 1,
        .shipments = shipments,
        .from = day_from_civil(2026, 1, 1),
        .to = day_from_civil(2026, 12, 31),
        .known_until = INSTANT_NONE,
        .zone = zone,
        .calendar = calendar,
    };
}

// One block for a row: under AddressSanitizer every allocation has its price.
static bool
keep(Simulated *simulated, SimulatorTable table, const char *const *row)
{
    size_t count;
    simulator_columns(table, &count);
    size_t size = count * sizeof(char *);
    for (size_t i = 0; i < count; i++)
        size += strlen(row[i]) + 1;

    const char **const fields = arena_alloc(simulated->arena, size);
    char *bytes = (char *)(fields + count);
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(row[i]) + 1;
        memcpy(bytes, row[i], length);
        fields[i] = bytes;
        bytes += length;
    }
    ARENA_PUSH(&simulated->tables[table], (const char *const *)fields);
    return true;
}

static bool
keep_shipment(void *data, const char *const *row, Err *err)
{
    (void)err;
    return keep(data, SIMULATOR_SHIPMENTS, row);
}

static bool
keep_scan(void *data, const char *const *row, Err *err)
{
    (void)err;
    return keep(data, SIMULATOR_SCANS, row);
}

static bool
keep_truth(void *data, const char *const *row, Err *err)
{
    (void)err;
    return keep(data, SIMULATOR_TRUTH, row);
}

static bool
keep_raw(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err)
{
    Simulated *const simulated = data;
    const SimulatedRaw raw = {
        .table = table,
        .bytes = arena_copy_bytes(simulated->arena, bytes, length),
        .length = length,
    };

    (void)err;
    ARENA_PUSH(&simulated->raws, raw);
    return true;
}

Simulated
simulated_create(Arena *arena, const SimulatorPlan *plan)
{
    Simulated simulated = {.arena = arena, .plan = *plan, .raws = {.arena = arena}};
    const SimulatorSink sink = {
        .data = &simulated,
        .shipment = keep_shipment,
        .scan = keep_scan,
        .truth = keep_truth,
        .raw = keep_raw,
    };
    Err err = {0};

    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++)
        simulated.tables[i].arena = arena;
    simulated.simulator = simulator_create(arena, plan, &err);
    if (!simulated.simulator ||
        !simulator_run(simulated.simulator, 0, plan->shipments, &sink, &err))
        fail_msg("%s", err.text);
    return simulated;
}

const char *
simulated_field(SimulatorTable table, const char *const *row, const char *column)
{
    size_t count;
    const char *const *const names = simulator_columns(table, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], column) == 0)
            return row[i];
    fail_msg("no column \"%s\"", column);
    return "";
}

Instant
simulated_instant(SimulatorTable table, const char *const *row, const char *column)
{
    const char *const text = simulated_field(table, row, column);
    Instant at = INSTANT_NONE;

    if (text[0] && !instant_parse(text, &at))
        fail_msg("\"%s\" is not an instant", text);
    return at;
}

size_t
simulated_scan_count(const Simulated *simulated, size_t first, const char *shipment_id)
{
    const SimulatedRows *const scans = &simulated->tables[SIMULATOR_SCANS];
    size_t end = first;

    while (end < scans->count && strcmp(scans->items[end][0], shipment_id) == 0)
        end++;
    return end - first;
}
