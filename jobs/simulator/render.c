/*
 * Rows as CSV, handed over by the buffer: one write or one PQputCopyData for hundreds of rows.
 */
#include "core/csv.h"
#include "jobs/simulator/rows.h"

#define BUFFER_FULL ((size_t)64 * 1024)

typedef struct Rendering
{
    const SimulatorWriter *writer;
    Text buffers[SIMULATOR_TABLE_COUNT];
} Rendering;

static bool
flush(Rendering *rendering, SimulatorTable table, Err *err)
{
    Text *const buffer = &rendering->buffers[table];
    const size_t length = buffer->length;

    buffer->length = 0;
    return length == 0 ||
           rendering->writer->write(rendering->writer->data, table, buffer->bytes, length, err);
}

static void
add_record(Text *out, const char *const *row, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_add(out, row[i]);
    csv_end(out);
}

static void
count_row(const Rendering *rendering, SimulatorTable table)
{
    if (rendering->writer->rows != NULL)
        rendering->writer->rows[table]++;
}

static bool
render(Rendering *rendering, SimulatorTable table, const char *const *row, size_t count, Err *err)
{
    Text *const buffer = &rendering->buffers[table];

    add_record(buffer, row, count);
    count_row(rendering, table);
    return buffer->length < BUFFER_FULL || flush(rendering, table, err);
}

static bool
render_shipment(void *data, const char *const *row, Err *err)
{
    return render(data, SIMULATOR_SHIPMENTS, row, SHIPMENT_COLUMNS, err);
}

static bool
render_scan(void *data, const char *const *row, Err *err)
{
    return render(data, SIMULATOR_SCANS, row, SCAN_COLUMNS, err);
}

static bool
render_truth(void *data, const char *const *row, Err *err)
{
    return render(data, SIMULATOR_TRUTH, row, TRUTH_COLUMNS, err);
}

static bool
render_raw(void *data, SimulatorTable table, const char *bytes, size_t length, Err *err)
{
    Rendering *const rendering = data;
    Text *const buffer = &rendering->buffers[table];

    if (!rendering->writer->tables[table])
        return true;
    text_add_bytes(buffer, bytes, length);
    text_add(buffer, "\n");
    count_row(rendering, table);
    return buffer->length < BUFFER_FULL || flush(rendering, table, err);
}

void
simulator_header(SimulatorTable table, Text *out)
{
    size_t count;
    const char *const *const names = simulator_columns(table, &count);

    add_record(out, names, count);
}

bool
simulator_write(const Simulator *simulator, int64_t first, int64_t count,
    const SimulatorWriter *writer, Arena *arena, Err *err)
{
    Rendering rendering = {.writer = writer};
    const SimulatorSink sink = {
        .data = &rendering,
        .shipment = writer->tables[SIMULATOR_SHIPMENTS] ? render_shipment : NULL,
        .scan = writer->tables[SIMULATOR_SCANS] ? render_scan : NULL,
        .truth = writer->tables[SIMULATOR_TRUTH] ? render_truth : NULL,
        .raw = render_raw,
    };

    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++) {
        rendering.buffers[i].arena = arena;
        if (writer->header && writer->tables[i])
            simulator_header((SimulatorTable)i, &rendering.buffers[i]);
    }
    if (!simulator_run(simulator, first, count, &sink, err))
        return false;
    for (int i = 0; i < SIMULATOR_TABLE_COUNT; i++)
        if (!flush(&rendering, (SimulatorTable)i, err))
            return false;
    return true;
}
