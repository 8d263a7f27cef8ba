#include "jobs/source/plain.h"
#include "jobs/source/simulate.h"
#include "sql/simulated.h"

typedef struct Loading
{
    Simulation *simulation;
    SimulatedLoad *load;
} Loading;

static bool
load_row(Loading *loading, SimulatedTable table, const char *const *row, Err *err)
{
    Simulation *const simulation = loading->simulation;
    bool repeated = false;

    if (!simulated_row(loading->load, table, row, &repeated, err))
        return false;
    simulation->rows[table] += repeated ? 0 : 1;
    simulation->repeated += repeated ? 1 : 0;
    return true;
}

static bool
load_shipment(void *data, const char *const *row, Err *err)
{
    return load_row(data, SIMULATED_SHIPMENTS, row, err);
}

static bool
load_scan(void *data, const char *const *row, Err *err)
{
    return load_row(data, SIMULATED_SCANS, row, err);
}

static bool
load_truth(void *data, const char *const *row, Err *err)
{
    return load_row(data, SIMULATED_TRUTH, row, err);
}

static bool
load_slice(Simulation *simulation, int64_t first, int64_t count, void *data, Err *err)
{
    Loading *const loading = data;
    const int64_t before = simulated_bytes(loading->load);
    const SimulatorSink sink = {
        .data = loading, .shipment = load_shipment, .scan = load_scan, .truth = load_truth};
    const bool loaded = simulator_run(simulation->simulator, first, count, &sink, err);

    progress_add(simulation->progress, 0, simulated_bytes(loading->load) - before);
    return loaded;
}

bool
simulation_load(Simulation *simulation, bool append, Err *err)
{
    Job *const job = simulation->job;
    Loading loading = {.simulation = simulation};
    Db *dbs[SIMULATED_TABLE_COUNT];

    for (int i = 0; i < SIMULATED_TABLE_COUNT; i++) {
        dbs[i] = plain_connect(job, err);
        if (dbs[i] == NULL)
            return false;
    }
    loading.load = simulated_begin(dbs, job->arena, append, err);
    if (loading.load == NULL)
        return false;
    if (simulation_each(simulation, load_slice, &loading, err))
        return simulated_end(loading.load, err);
    simulated_abort(loading.load);
    return false;
}
