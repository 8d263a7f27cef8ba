#include "jobs/source/simulate.h"

#include "config/calendar.h"
#include "core/words.h"
#include "jobs/frame/signals.h"

#include <inttypes.h>

extern const Command command_simulate;

#define SLICE        2000  // parcels between two looks at the signals
#define DEFAULT_DAYS 180
#define DIRTY_SHARE  0.001

bool
simulation_each(Simulation *simulation, SimulationSlice *slice, void *data, Err *err)
{
    for (int64_t first = 0; first < simulation->plan.shipments; first += SLICE) {
        const int64_t before = simulation->rows[SIMULATOR_SCANS];

        if (interrupted(err) || !slice(simulation, first, SLICE, data, err))
            return false;
        progress_add(simulation->progress, simulation->rows[SIMULATOR_SCANS] - before, 0);
    }
    return true;
}

static bool
count_shipment(void *data, const char *const *row, Err *err)
{
    (void)row;
    (void)err;
    ((Simulation *)data)->rows[SIMULATOR_SHIPMENTS]++;
    return true;
}

static bool
count_scan(void *data, const char *const *row, Err *err)
{
    (void)row;
    (void)err;
    ((Simulation *)data)->rows[SIMULATOR_SCANS]++;
    return true;
}

static bool
count_slice(Simulation *simulation, int64_t first, int64_t count, void *data, Err *err)
{
    const SimulatorSink sink = {.data = simulation, .shipment = count_shipment, .scan = count_scan};

    (void)data;
    return simulator_run(simulation->simulator, first, count, &sink, err);
}

bool
simulation_count(Simulation *simulation, Err *err)
{
    return simulation_each(simulation, count_slice, NULL, err);
}

// The end of a day, or an instant; as-of when the option is not given.
static bool
read_until(const Job *job, Instant *out, Err *err)
{
    const char *const text = job_option(job, "until");
    Instant until = job->as_of;
    Day day;

    if (text && day_parse(text, &day))
        until = zone_day_end(job->zone, day);
    else if (text && !instant_parse(text, &until))
        return err_set(err, ERR_CONFIG,
            "option \"--until\": expected a date such as 2026-11-20 or a timestamp such as "
            "2026-11-20T06:00:00Z, not \"%s\"",
            text_clean(job->arena, text));
    *out = until;
    return true;
}

static bool
read_plan(Job *job, SimulatorPlan *out, Err *err)
{
    SimulatorPlan plan = {.zone = job->zone};
    Problems problems = {.arena = job->arena};
    int64_t seed;

    plan.calendar = calendar_load(job->arena, job->settings->calendar, &problems, err);
    if (plan.calendar == NULL || !job_option_int(job, "seed", 0, INT64_MAX, 1, &seed, err) ||
        !job_option_int(
            job, "shipments", 1, SIMULATOR_SHIPMENTS_MAX, 10000, &plan.shipments, err) ||
        !job_option_day(job, "to", job->day, &plan.to, err) ||
        !job_option_day(job, "from", plan.to - DEFAULT_DAYS, &plan.from, err) ||
        !job_option_real(job, "dirty", 0, 1, DIRTY_SHARE, &plan.dirty_share, err) ||
        !read_until(job, &plan.known_until, err) || !simulation_read_wishes(job, &plan, err))
        return false;
    plan.seed = (uint64_t)seed;
    plan.unreadable = job_option(job, "unreadable") != NULL;
    plan.hostile = job_option(job, "hostile") != NULL;
    *out = plan;
    return true;
}

// Exactly one destination, and no option that means nothing there.
static bool
check_options(const Job *job, Err *err)
{
    const bool out = job_option(job, "out") != NULL, load = job_option(job, "load") != NULL;

    if (out == load)
        return err_set(err, ERR_CONFIG, "expected either --out FOLDER or --load");
    if (load && job_option(job, "unreadable"))
        return err_set(err, ERR_CONFIG,
            "option \"--unreadable\" needs --out: the database takes readable rows only");
    if (out && job_option(job, "append"))
        return err_set(err, ERR_CONFIG, "option \"--append\" needs --load");
    return true;
}

static const char *
counted(const Simulation *simulation, SimulatorTable table)
{
    return words_count(simulation->job->arena, LANGUAGE_ENGLISH, simulation->rows[table]);
}

static void
say(const Simulation *simulation)
{
    const Job *const job = simulation->job;
    const SimulatorPlan *const plan = &simulation->plan;
    size_t incidents;

    simulator_incidents(simulation->simulator, &incidents);
    fprintf(job->out,
        "%s %s shipments of %s to %s with %s scans and %zu incidents, known by %s (seed %" PRIu64
        ")\n",
        job->dry_run ? "would make" : "made", counted(simulation, SIMULATOR_SHIPMENTS),
        day_print(job->arena, plan->from), day_print(job->arena, plan->to),
        counted(simulation, SIMULATOR_SCANS), incidents,
        zone_print(job->arena, job->zone, plan->known_until), plan->seed);
    if (simulation->repeated > 0)
        fprintf(job->out, "%" PRId64 " scans say the same again in other words and were left out\n",
            simulation->repeated);
}

static bool
make(Simulation *simulation, Err *err)
{
    Job *const job = simulation->job;
    const char *const folder = job_option(job, "out");

    if (job->dry_run)
        return simulation_count(simulation, err);
    return folder ? simulation_write(simulation, folder, err)
                  : simulation_load(simulation, job_option(job, "append") != NULL, err);
}

static bool
simulate_run(Job *job, Err *err)
{
    Simulation simulation = {.job = job};

    if (!check_options(job, err) || !read_plan(job, &simulation.plan, err))
        return false;
    simulation.simulator = simulator_create(job->arena, &simulation.plan, err);
    if (simulation.simulator == NULL)
        return false;
    simulation.progress = progress_begin(job->arena, job->log, "simulate", 0);

    const bool made = make(&simulation, err);

    progress_end(simulation.progress);
    if (made)
        say(&simulation);
    return made;
}

static const OptionSpec options[] = {
    {"out", 'o', "FOLDER", "write shipments.csv, scans.csv and truth.csv into this folder"},
    {"load", 0, NULL, "write straight into the plain tables that vigie init makes"},
    {"append", 0, NULL, "with --load: the plain tables may hold other shipments already"},
    {"seed", 0, "NUMBER", "the same seed and period give the same parcels (1 by default)"},
    {"shipments", 0, "NUMBER", "how many labels are made (10000 by default)"},
    {"from", 0, "DATE", "first day of labels (180 days before the last one by default)"},
    {"to", 0, "DATE", "last day of labels (the logical date by default)"},
    {"until", 0, "DATE|TIMESTAMP",
        "leave out what became known later than this day's end or this instant (as-of by default)"},
    {"dirty", 0, "SHARE", "share of rows that lie as real sources do, 0 to 1 (0.001 by default)"},
    {"calm", 0, NULL, "nothing goes wrong with hubs and feeds"},
    {"incident", 0, "WORDS",
        "what goes wrong, instead of what the seed draws: slowdown:CARRIER:HUB:DATE:DAYS:SHARE (of "
        "departures missed), outage:CARRIER:DATE:DAYS or drift:CARRIER:DATE:DAYS:SHARE (of parcels "
        "that take a working day more); may be repeated"},
    {"hostile", 0, NULL,
        "values attack whoever reads them: markup, formulas, SQL, paths, control characters, dates "
        "and numbers at the end of their range"},
    {"unreadable", 0, NULL, "with --out: dirty rows may also be lines that nobody can read"},
    {0},
};

const Command command_simulate = {
    .name = "simulate",
    .summary = "make up a merchant's parcels, with known truth",
    .usage = "",
    .description =
        "Invents the shipments of a French merchant and their scans: carriers and services that "
        "differ, lanes, hubs, weekends and holidays, a seasonal peak, slow hubs, silent feeds, "
        "failed attempts, customs, returns, losses, a few damaged or misrouted parcels, and rows "
        "that lie. For trying Vigie without "
        "private data, and for tests.\n\n"
        "What really happened to each parcel goes to truth.csv or to the table simulated_truth, "
        "which no detector reads. The same seed, number, period and as-of give the same bytes.\n\n"
        "The plain tables are filled all or nothing: each of them in one transaction, committed "
        "when all are complete.",
    .needs = NEEDS_SETTINGS | TAKES_AS_OF | WRITES,
    .options = options,
    .examples = (const char *const[]){"vigie simulate --out try --shipments 5000",
        "vigie simulate --load --shipments 200000 --from 2026-01-01 --to 2026-06-30",
        "vigie simulate --out try --to 2026-06-30 --incident "
        "slowdown:colissimo:PAR:2026-05-18:4:0.5",
        NULL},
    .run = simulate_run,
};
