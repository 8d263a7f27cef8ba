#include "jobs/report/explanation.h"

#include "config/work_time.h"
#include "detectors/judgement/normal.h"
#include "jobs/claim/ledger.h"
#include "jobs/detect/prepare.h"
#include "sql/cases.h"
#include "sql/claims.h"
#include "sql/incidents.h"
#include "sql/learned.h"

bool
explainer_make(Job *job, Db *db, Source *source, const Rulebook *rulebook, Arena *arena,
    Explainer *out, Err *err)
{
    Explainer explainer = {.job = job, .db = db, .source = source, .rulebook = rulebook};
    LearnedHead learned;

    if (!learned_summary(db, arena, job->as_of, &learned, err))
        return false;
    explainer.learned_as_of = learned.as_of;
    // The incidents that the newest night by then left open.
    if (learned.as_of != INSTANT_NONE &&
        (!bench_prepare(job, rulebook, db, arena, &explainer.bench, NULL, err) ||
            !incidents_open(db, arena, job->as_of + 1, &explainer.bench.incidents,
                &explainer.bench.incident_count, err)))
        return false;
    *out = explainer;
    return true;
}

// The names of the holidays since an instant, and how long it was a day of rest: by the calendar of the carriers' clocks.
static const char *
rest_words(const Job *job, Language language, const Calendar *calendar, Instant since, Arena *arena)
{
    const Day first = zone_day(job->zone, since), last = job->day > first ? job->day : first;
    const TimeSpent spent = work_time_spent(
        work_time_prepare(arena, calendar, job->zone, first, last), since, job->as_of);
    const Instant weekend = spent.in[DAY_SATURDAY] + spent.in[DAY_SUNDAY];
    Text text = {.arena = arena};
    size_t count;
    const Holiday *const holidays = calendar_holidays(arena, calendar, first, last, &count);

    if (weekend > 0)
        text_add_format(&text, IN_LANGUAGE(language, "%.0f h weekend", "%.0f h de fin de semaine"),
            (double)weekend / (double)HOUR);
    if (count == 0)
        return text_get(&text);
    text_add_format(&text,
        IN_LANGUAGE(language, "%s%.0f h holiday (", "%s%.0f h f\u00e9ri\u00e9es ("),
        weekend > 0 ? ", " : "", (double)spent.in[DAY_HOLIDAY] / (double)HOUR);
    for (size_t i = 0; i < count; i++)
        text_add_format(&text, "%s%s", i == 0 ? "" : ", ", holidays[i].name);
    text_add(&text, ")");
    return text_get(&text);
}

static void
describe_normal(Explanation *out, const Bench *bench, const Shipment *shipment)
{
    const Verdict *const verdict = &out->verdict;

    out->normal_count = baselines_normal(bench->baselines, shipment, out->job->as_of, out->normal);
    normal_describe(bench->baselines, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment),
        stage_of(verdict->judgement.milestone, verdict->history.hubs), MEASURE_MOVE, out->arena,
        &out->grounds);
}

// Without anything learned the timeline is still worth telling.
static void
judge(const Explainer *explainer, Shipment *shipment, Scan *scans, Explanation *out)
{
    const Rulebook *const rulebook = explainer->rulebook;
    const size_t before = shipment->scan_count;

    if (explainer->learned_as_of == INSTANT_NONE) {
        shipment_prepare(rulebook, shipment, scans);
        out->verdict.history = history_read(shipment, out->job->as_of);
        out->verdict.open = history_is_open(&out->verdict.history);
    } else {
        out->baselines = explainer->bench.baselines;
        out->verdict = bench_judge(&explainer->bench, shipment, scans, out->arena);
        out->judged = out->verdict.open;
        if (out->judged)
            baselines_describe(
                out->baselines, shipment, out->job->as_of, &out->verdict.judgement, out->arena);
        if (out->judged)
            describe_normal(out, &explainer->bench, shipment);
    }
    out->promise = promised_words(&rulebook->promises, out->language, shipment, out->arena);
    out->rest = out->judged ? rest_words(out->job, out->language, rulebook->calendar,
                                  out->verdict.judgement.last_scan_at, out->arena)
                            : "";
    out->repeats = before - shipment->scan_count;
    out->shipment = shipment;
}

// As it stood at as-of, where somebody asked for one: what a night says of a case is the same whenever it is done again. Else as
// it stands, since the newest night's as-of may be later than now.
static bool
read_case(const Explainer *explainer, Explanation *out, Err *err)
{
    const Instant as_of = out->job->as_of_given ? out->job->as_of : INSTANT_NONE;
    const char *const id = out->shipment->id;
    const CaseFilter filter = {
        .kind = "", .state = "", .carrier = "", .shipment_id = id, .limit = 1};
    Db *const db = explainer->db;
    size_t count;

    if (as_of != INSTANT_NONE)
        return cases_as_of(db, out->arena, as_of, id, &out->kase, err) &&
               cases_history(db, out->arena, id, as_of, &out->history, &out->history_count, err);
    if (!cases_list(db, out->arena, &filter, &out->kase, &count, err))
        return false;
    if (count == 0)
        out->kase = NULL;
    return cases_history(db, out->arena, id, as_of, &out->history, &out->history_count, err);
}

static bool
read_claims(const Explainer *explainer, Explanation *out, Err *err)
{
    LedgerClaims claims = {.arena = out->arena};

    if (!claims_of_shipment(
            explainer->db, out->shipment->id, out->job->as_of, out->job->day, &claims, err) ||
        !ledger_claims(out->arena, claims.items, claims.count, &out->claims, err))
        return false;
    out->claim_count = claims.count;
    return true;
}

bool
explainer_explain(const Explainer *explainer, Shipment *shipment, Scan *scans, Arena *arena,
    Explanation *out, Err *err)
{
    *out = (Explanation){.job = explainer->job,
        .arena = arena,
        .language = language_of(explainer->job->settings->language),
        .known_as = "",
        .learned_as_of = explainer->learned_as_of};
    judge(explainer, shipment, scans, out);
    return read_case(explainer, out, err) && read_claims(explainer, out, err);
}
