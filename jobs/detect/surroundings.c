#include "jobs/detect/surroundings.h"

#include "jobs/frame/progress.h"
#include "jobs/frame/signals.h"
#include "sql/again.h"
#include "sql/flows.h"
#include "sql/incidents.h"

#define BATCH          2000  // shipments read at a time
#define PREVIOUS_DAYS  4     // an older night says nothing of this one
#define FLOW_KEPT_DAYS 60

static bool
meter_batch(Run *run, const Bench *bench, Source *source, FlowMeter *meter, const char *const *ids,
    size_t count, Arena *batch, Progress *progress, Err *err)
{
    SourcePage page;

    if (interrupted(err) ||
        !source_read_ids(source, ids, count, run->job->as_of, batch, &page, err))
        return false;
    for (size_t i = 0; i < page.count; i++) {
        Shipment *const shipment = &page.shipments[i];

        bench_normalise(bench, shipment, source_scans_of(&page, i));
        if (!bench_excludes(bench, shipment))
            flow_meter_add(meter, shipment);
    }
    progress_add(progress, (int64_t)(page.count + page.scan_count), page.bytes);
    return true;
}

static bool
meter_night(Run *run, const Bench *bench, Source *source, Instant after, FlowMeter *meter,
    Arena *arena, Err *err)
{
    Job *const job = run->job;
    Progress *const progress = progress_begin(job->arena, job->log, "incidents", 0);
    Arena *const batch = arena_create();
    const char *last = NULL;
    bool more = true;

    while (more && err->kind == ERR_NONE) {
        const char *const *ids;
        size_t count = 0;

        more =
            watch_read_either(run->db, batch, job->as_of, after, last, BATCH, &ids, &count, err) &&
            count > 0 && meter_batch(run, bench, source, meter, ids, count, batch, progress, err);
        if (more)
            last = arena_copy(arena, ids[count - 1]);
        arena_reset(batch);
    }
    arena_destroy(batch);
    progress_end(progress);
    return err->kind == ERR_NONE;
}

static bool
find_incidents(Run *run, const Bench *bench, Source *source, Instant after, Arena *arena,
    const Incident *open, size_t open_count, IncidentsFound *found, Err *err)
{
    const Instant as_of = run->job->as_of;
    FlowMeter *const meter = flow_meter_create(arena, bench->baselines, after, as_of);
    IncidentNight night = {.after = after,
        .as_of = as_of,
        .zone = run->job->zone,
        .language = language_of(run->job->settings->language),
        .calendar = run->rulebook.calendar,
        .meter = meter,
        .open = open,
        .open_count = open_count};

    if (!flows_read(run->db, arena, as_of - INCIDENT_HISTORY_DAYS * HOURS_24 - 1, as_of,
            &night.history, &night.history_count, err) ||
        !meter_night(run, bench, source, after, meter, arena, err))
        return false;
    *found = incidents_find(arena, &night);
    return true;
}

// Nothing can be said of them tonight.
static IncidentsFound
carry_on(Arena *arena, Instant as_of, const Incident *open, size_t count)
{
    Incident *const items = ARENA_ARRAY(arena, Incident, count);
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (open[i].kind != INCIDENT_DRIFT) {
            items[kept] = open[i];
            items[kept].judged_as_of = as_of;
            items[kept++].event = INCIDENT_CONFIRMED;
        }
    return (IncidentsFound){.items = items, .count = kept};
}

static void
record_counts(Run *run, const Surroundings *found)
{
    int64_t events[INCIDENT_EVENT_COUNT] = {0};

    for (size_t i = 0; i < found->count; i++) {
        const Incident *const incident = &found->items[i];

        events[incident->event]++;
        if (incident->event != INCIDENT_CONFIRMED)
            log_info(run->job->log, "incident",
                FIELDS(field_int("number", incident->number),
                    field_text("event", incident_event_name(incident->event)),
                    field_text("kind", incident_kind_name(incident->kind)),
                    field_text("carrier", incident->carrier), field_text("name", incident->name),
                    field_text("evidence", incident->evidence)));
    }
    for (int event = INCIDENT_OPENED; event < INCIDENT_EVENT_COUNT; event++)
        run_count(run, "incidents", incident_event_name((IncidentEvent)event), events[event]);
}

// A night that was not judged yet, or is the newest still.
static bool
look(Run *run, const Bench *bench, Source *source, Arena *arena, Surroundings *out, Err *err)
{
    const Instant as_of = run->job->as_of;
    const Incident *open;
    size_t open_count;
    Instant after = INSTANT_NONE;
    IncidentsFound found;

    if (!incidents_open(run->db, arena, as_of, &open, &open_count, err) ||
        !watch_previous(run->db, as_of, as_of - PREVIOUS_DAYS * HOURS_24, &after, err))
        return false;
    if (after == INSTANT_NONE)
        found = carry_on(arena, as_of, open, open_count);
    else if (!find_incidents(run, bench, source, after, arena, open, open_count, &found, err))
        return false;
    if (!incidents_number(run->db, as_of, !out->old, found.items, found.count, err))
        return false;
    out->items = found.items;
    out->count = found.count;
    out->flows = found.flows;
    out->flow_count = found.flow_count;
    return true;
}

bool
surroundings_read(
    Run *run, const Bench *bench, Source *source, Arena *arena, Surroundings *out, Err *err)
{
    NightPlace place;

    if (!night_place(run->db, run->job->as_of, &place, err))
        return false;
    *out = (Surroundings){.old = place.newer > 0, .remembered = place.judged && place.newer > 0};
    if (out->remembered
            ? !incidents_of_night(run->db, arena, run->job->as_of, &out->items, &out->count, err)
            : !look(run, bench, source, arena, out, err))
        return false;
    record_counts(run, out);
    return true;
}

bool
surroundings_write(Run *run, const Surroundings *surroundings, Err *err)
{
    const Instant as_of = run->job->as_of;

    return surroundings->remembered ||
           (flows_write(run->db, as_of, surroundings->flows, surroundings->flow_count, err) &&
               flows_forget(run->db, as_of - FLOW_KEPT_DAYS * HOURS_24, err) &&
               (surroundings->old ||
                   incidents_write(run->db, surroundings->items, surroundings->count, err)));
}
