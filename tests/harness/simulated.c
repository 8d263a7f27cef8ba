#include "tests/harness/simulated.h"

#include "config/calendar.h"
#include "jobs/simulator/network.h"

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

int
simulated_set_up(void **state, int64_t shipments, double dirty_share)
{
    Arena *const arena = arena_create();
    Simulated *const simulated = ARENA_NEW(arena, Simulated);
    SimulatorPlan plan = simulated_plan(arena, shipments);

    plan.dirty_share = dirty_share;
    *simulated = simulated_create(arena, &plan);
    *state = simulated;
    return 0;
}

int
simulated_tear_down(void **state)
{
    arena_destroy(((Simulated *)*state)->arena);
    return 0;
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

bool
simulated_collect(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err)
{
    SimulatedOutput *const output = data;

    if (++output->calls == output->fail_at)
        return err_set(err, ERR_TEMPORARY, "disk full");
    output->largest = length > output->largest ? length : output->largest;
    output->whole_records = output->whole_records && bytes[length - 1] == '\n';
    text_add_bytes(&output->tables[table], bytes, length);
    return true;
}

SimulatedOutput
simulated_output(Arena *arena)
{
    SimulatedOutput output = {.whole_records = true};

    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++)
        output.tables[i].arena = arena;
    return output;
}

void
simulated_write(const SimulatorPlan *plan, int64_t first, int64_t count, bool header, Arena *arena,
    SimulatedOutput *output)
{
    const SimulatorWriter writer = {
        .data = output,
        .tables = {true, true, true},
        .header = header,
        .write = simulated_collect,
    };
    Err err = {0};
    const Simulator *const simulator = simulator_create(arena, plan, &err);

    assert_non_null(simulator);
    assert_true(simulator_write(simulator, first, count, &writer, arena, &err));
}

void
simulated_each(const Simulated *simulated, void (*visit)(const Seen *seen, void *data), void *data)
{
    const SimulatedRows *const shipments = &simulated->tables[SIMULATOR_SHIPMENTS];
    const SimulatedRows *const truth = &simulated->tables[SIMULATOR_TRUTH];
    const SimulatedRows *const scans = &simulated->tables[SIMULATOR_SCANS];
    size_t first = 0;

    assert_int_equal(truth->count, shipments->count);
    for (size_t i = 0; i < shipments->count; i++) {
        assert_string_equal(shipments->items[i][0], truth->items[i][0]);
        const Seen seen = {
            .simulated = simulated,
            .shipment = shipments->items[i],
            .truth = truth->items[i],
            .scans = scans->items + first,
            .scan_count = simulated_scan_count(simulated, first, shipments->items[i][0]),
        };
        visit(&seen, data);
        first += seen.scan_count;
    }
    assert_int_equal(first, scans->count);
}

const char *
seen_truth(const Seen *seen, const char *column)
{
    return simulated_field(SIMULATOR_TRUTH, seen->truth, column);
}

const char *
seen_shipment(const Seen *seen, const char *column)
{
    return simulated_field(SIMULATOR_SHIPMENTS, seen->shipment, column);
}

Instant
seen_occurred(const Seen *seen, size_t i)
{
    return simulated_instant(SIMULATOR_SCANS, seen->scans[i], "occurred_at");
}

// What a scan means, by its word or by the carrier's own table of codes.
Milestone
seen_meaning(const Seen *seen, size_t i)
{
    const char *const word = simulated_field(SIMULATOR_SCANS, seen->scans[i], "milestone");
    const char *const code = simulated_field(SIMULATOR_SCANS, seen->scans[i], "code");
    Milestone milestone = MILESTONE_UNMAPPED;

    if (word[0]) {
        assert_true(milestone_parse(word, &milestone));
        return milestone;
    }
    for (size_t c = 0; c < CARRIER_COUNT; c++)
        for (size_t s = 0; s < STEP_COUNT; s++)
            if (strcmp(NETWORK_CARRIERS[c].id, seen_shipment(seen, "carrier")) == 0 &&
                strcmp(NETWORK_CARRIERS[c].wordings[s].code, code) == 0)
                milestone = step_milestone((Step)s);
    assert_true(milestone != MILESTONE_UNMAPPED);
    return milestone;
}

bool
seen_has(const Seen *seen, Milestone milestone)
{
    for (size_t i = 0; i < seen->scan_count; i++)
        if (seen_meaning(seen, i) == milestone)
            return true;
    return false;
}

bool
seen_lost(const Seen *seen)
{
    return strcmp(seen_truth(seen, "lost"), "true") == 0;
}
