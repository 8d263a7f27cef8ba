/*
 * Drifts of promises, one carrier after the other. They explain no parcel's silence, so nothing waits for them: what a
 * drift means for a parcel its baselines learn by themselves.
 */
#include "jobs/detect/drift.h"

#include "core/words.h"
#include "detectors/incidents/drift.h"
#include "jobs/detect/promises.h"
#include "sql/incidents.h"
#include "sql/nights.h"
#include "sql/promises.h"

#include <math.h>
#include <string.h>

typedef struct Drifts
{
    Run *run;
    const ForecastBook *forecasts;
    Arena *arena;
    Incident *items;
    size_t count, capacity;
} Drifts;

static const char *
evidence(const Drifts *drifts, const Drift *drift)
{
    Arena *const arena = drifts->arena;
    const Language language = language_of(drifts->run->job->settings->language);
    const double share = (double)drift->kept / (double)drift->promised;

    return arena_printf(arena,
        IN_LANGUAGE(language,
            "of %s promises since %s it kept %s, where %s were usual; its parcels came %s working "
            "days later than usual on average",
            "sur %s promesses depuis le %s, %s ont \u00e9t\u00e9 tenues, contre %s "
            "d'habitude\u00a0; "
            "les colis sont venus en moyenne %s jour ouvr\u00e9 plus tard que d'habitude"),
        words_count(arena, language, drift->promised), day_print(arena, drift->since),
        words_share(arena, language, share), words_share(arena, language, drift->usual),
        words_decimals(arena, language, fmax(0, drift->later), 2));
}

// before is the incident as the last night left it, NULL when there was none.
static void
add(Drifts *drifts, const char *carrier, const Drift *drift, const Incident *before)
{
    const Job *const job = drifts->run->job;
    const double promised = (double)drift->promised, kept = (double)drift->kept;
    Incident incident = {
        .kind = INCIDENT_DRIFT,
        .carrier = carrier,
        .name = "",
        .since = zone_day_start(job->zone, drift->since),
        .opened_as_of = before == NULL ? job->as_of : before->opened_as_of,
        .judged_as_of = job->as_of,
        .closed_as_of = INSTANT_NONE,
        .observed = kept,
        .expected = drift->usual * promised,
        .p_value = NAN,
        .pace = kept / (drift->usual * promised),
        .members = forecast_book_carrier(drifts->forecasts, carrier),
        .event = before == NULL ? INCIDENT_OPENED : INCIDENT_CONFIRMED,
        .evidence = evidence(drifts, drift),
    };

    ARENA_PUSH(drifts, incident);
}

static void
end(Drifts *drifts, const Incident *before)
{
    Incident incident = *before;

    incident.judged_as_of = incident.closed_as_of = drifts->run->job->as_of;
    incident.event = INCIDENT_CLOSED;
    incident.members = 0;
    incident.evidence = IN_LANGUAGE(language_of(drifts->run->job->settings->language),
        "its parcels come as usual, as scans tell that have come in since, or later has become "
        "usual",
        "ses colis viennent comme d'habitude, disent les scans arriv\u00e9s depuis, ou plus tard "
        "est "
        "devenu l'habitude");
    ARENA_PUSH(drifts, incident);
}

static const Incident *
open_of(const Incident *open, size_t count, const char *carrier)
{
    for (size_t i = 0; i < count; i++)
        if (open[i].kind == INCIDENT_DRIFT && strcmp(open[i].carrier, carrier) == 0)
            return &open[i];
    return NULL;
}

static bool
is_told(const Drifts *drifts, const char *carrier)
{
    for (size_t i = 0; i < drifts->count; i++)
        if (strcmp(drifts->items[i].carrier, carrier) == 0)
            return true;
    return false;
}

// Days come by carrier.
static void
find(Drifts *drifts, const PromiseDay *days, size_t count, const Incident *open, size_t open_count)
{
    const double limit = drift_limit(drift_carriers(days, count));
    size_t next;

    for (size_t first = 0; first < count; first = next) {
        next = drift_days_end(days, count, first);

        const Drift drift = drift_of(days + first, next - first, limit);

        if (drift.on)
            add(drifts, days[first].carrier, &drift,
                open_of(open, open_count, days[first].carrier));
    }
    for (size_t i = 0; i < open_count; i++)
        if (open[i].kind == INCIDENT_DRIFT && !is_told(drifts, open[i].carrier))
            end(drifts, &open[i]);
}

static void
record(const Drifts *drifts)
{
    Run *const run = drifts->run;

    for (size_t i = 0; i < drifts->count; i++)
        if (drifts->items[i].event != INCIDENT_CONFIRMED)
            log_info(run->job->log, "incident",
                FIELDS(field_int("number", drifts->items[i].number),
                    field_text("event", incident_event_name(drifts->items[i].event)),
                    field_text("kind", "drift"), field_text("carrier", drifts->items[i].carrier),
                    field_text("evidence", drifts->items[i].evidence)));
    run_count(run, "incidents", "drifts", (int64_t)drifts->count);
}

static bool
tell(Drifts *drifts, Err *err)
{
    Run *const run = drifts->run;
    const Instant as_of = run->job->as_of;
    const PromiseDay *days;
    const Incident *open;
    size_t day_count, open_count;

    if (!promises_read(run->db, drifts->arena, as_of, run->job->day - PROMISES_KEPT_DAYS,
            run->job->settings->time_zone, &days, &day_count, err) ||
        !incidents_open(run->db, drifts->arena, as_of, &open, &open_count, err))
        return false;
    find(drifts, days, day_count, open, open_count);
    if (!incidents_number(run->db, as_of, true, drifts->items, drifts->count, err) ||
        !incidents_write(run->db, drifts->items, drifts->count, err))
        return false;
    record(drifts);
    return true;
}

bool
drifts_tell(Run *run, const ForecastBook *forecasts, Err *err)
{
    Arena *const arena = arena_create();
    Drifts drifts = {.run = run, .forecasts = forecasts, .arena = arena};
    Instant newest = INSTANT_NONE;
    const bool read = night_newest(run->db, &newest, err);
    const bool old = newest != INSTANT_NONE && newest > run->job->as_of;
    const bool done = read && (old || tell(&drifts, err));

    arena_destroy(arena);
    return done || err_context(err, "drifts");
}
