#include "jobs/people/explain.h"

#include "config/work_time.h"
#include "detectors/normal.h"
#include "jobs/night/ledger.h"
#include "jobs/night/prepare.h"
#include "sql/cases.h"
#include "sql/claims.h"
#include "sql/incidents.h"
#include "sql/learned.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_explain;

static bool
ids_of_case(Explanation *out, Db *db, const char **id, Err *err)
{
    Job *const job = out->job;
    const CaseFilter filter = {
        .kind = "", .state = "", .carrier = "", .shipment_id = "", .limit = 1};
    CaseFilter numbered = filter;
    const CaseRecord *records;
    size_t count;

    if (!job_option_int(job, "case", 1, INT64_MAX, 0, &numbered.number, err) ||
        !cases_list(db, job->arena, &numbered, &records, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_CONFIG, "there is no case %" PRId64, numbered.number);
    *id = records[0].shipment_id;
    out->known_as = arena_printf(job->arena, "case %" PRId64, numbered.number);
    return true;
}

static bool
ids_of_tracking(Explanation *out, Source *source, const char **id, Err *err)
{
    Job *const job = out->job;
    const char *const number = job->arguments[0];
    const char *const *ids;
    size_t count;

    if (!text_is_utf8(number, strlen(number)))
        return err_set(err, ERR_CONFIG, "tracking number \"%s\" is not valid UTF-8",
            text_clean(job->arena, number));
    if (!source_find_tracking(source, number, job->as_of, job->arena, &ids, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_CONFIG, "no shipment has the tracking number \"%s\" by %s",
            text_clean(job->arena, number), zone_print(job->arena, job->zone, job->as_of));
    *id = ids[0];
    out->others = count - 1;
    out->known_as = arena_printf(job->arena, "tracking number %s", text_clean(job->arena, number));
    return true;
}

static bool
ids_of_shipment(Explanation *out, const char **id, Err *err)
{
    const char *const given = job_option(out->job, "shipment");
    const char *const clean = text_clean(out->job->arena, given);

    if (!text_is_utf8(given, strlen(given)))
        return err_set(err, ERR_CONFIG, "shipment \"%s\" is not valid UTF-8", clean);
    *id = given;
    out->known_as = arena_printf(out->job->arena, "shipment %s", clean);
    return true;
}

static bool
read_shipment(
    Explanation *out, Source *source, const char *id, Shipment **shipment, Scan **scans, Err *err)
{
    Job *const job = out->job;
    SourcePage page;

    if (!source_read_ids(source, &id, 1, job->as_of, job->arena, &page, err))
        return false;
    if (page.count == 0 && page.aside_count > 0)
        return err_set(err, ERR_FAILED, "shipment \"%s\" cannot be used: %s (%s)",
            text_clean(job->arena, id), page.asides[0].reason,
            text_clean(job->arena, page.asides[0].detail));
    if (page.count == 0)
        return err_set(err, ERR_CONFIG, "%s is not in the source by %s", out->known_as,
            zone_print(job->arena, job->zone, job->as_of));
    *shipment = &page.shipments[0];
    *scans = page.scans;
    return true;
}

static void
describe_normal(Explanation *out, const Bench *bench, const Shipment *shipment)
{
    Arena *const arena = out->job->arena;

    out->normal_count = baselines_normal(bench->baselines, shipment, out->job->as_of, out->normal);
    normal_describe(bench->baselines, shipment->carrier, shipment->service,
        shipment_origin(shipment), shipment_destination(shipment), out->verdict.judgement.milestone,
        MEASURE_MOVE, arena, &out->grounds);
}

// The names of the holidays since an instant, and how long it was a day of rest: by the calendar of the carriers' clocks.
static const char *
rest_words(const Job *job, const Calendar *calendar, Instant since)
{
    const Day first = zone_day(job->zone, since), last = job->day > first ? job->day : first;
    const TimeSpent spent = work_time_spent(
        work_time_prepare(job->arena, calendar, job->zone, first, last), since, job->as_of);
    const Instant weekend = spent.in[DAY_SATURDAY] + spent.in[DAY_SUNDAY];
    Text text = {.arena = job->arena};
    size_t count;
    const Holiday *const holidays = calendar_holidays(job->arena, calendar, first, last, &count);

    if (weekend > 0)
        text_add_format(&text, "%.0f h weekend", (double)weekend / (double)HOUR);
    if (count == 0)
        return text_get(&text);
    text_add_format(&text, "%s%.0f h holiday (", weekend > 0 ? ", " : "",
        (double)spent.in[DAY_HOLIDAY] / (double)HOUR);
    for (size_t i = 0; i < count; i++)
        text_add_format(&text, "%s%s", i == 0 ? "" : ", ", holidays[i].name);
    text_add(&text, ")");
    return text_get(&text);
}

// Without anything learned the timeline is still worth telling.
static bool
judge(Explanation *out, Db *db, const Rulebook *rulebook, Shipment *shipment, Scan *scans, Err *err)
{
    Job *const job = out->job;
    const size_t before = shipment->scan_count;
    LearnedHead learned;
    Bench bench;

    if (!learned_summary(db, job->arena, job->as_of, &learned, err))
        return false;
    out->learned_as_of = learned.as_of;
    if (learned.as_of == INSTANT_NONE) {
        shipment_prepare(rulebook, shipment, scans);
        out->verdict.history = history_read(shipment, job->as_of);
        out->verdict.open = history_is_open(&out->verdict.history);
    } else {
        // The incidents that the newest night by then left open.
        if (!bench_prepare(job, rulebook, db, job->arena, &bench, NULL, err) ||
            !incidents_open(
                db, job->arena, job->as_of + 1, &bench.incidents, &bench.incident_count, err))
            return false;
        out->verdict = bench_judge(&bench, shipment, scans, job->arena);
        out->judged = out->verdict.open;
        if (out->judged)
            baselines_expect(bench.baselines, shipment, job->as_of, &out->verdict.judgement);
        if (out->judged)
            describe_normal(out, &bench, shipment);
    }
    out->promise = promised_words(&rulebook->promises, shipment, job->arena);
    out->rest =
        out->judged ? rest_words(job, rulebook->calendar, out->verdict.judgement.last_scan_at) : "";
    out->repeats = before - shipment->scan_count;
    out->shipment = shipment;
    return true;
}

static bool
read_case(Explanation *out, Db *db, Err *err)
{
    Job *const job = out->job;
    const CaseFilter filter = {
        .kind = "", .state = "", .carrier = "", .shipment_id = out->shipment->id, .limit = 1};
    const CaseRecord *records;
    LedgerClaims claims = {.arena = job->arena};
    size_t count;

    if (!cases_list(db, job->arena, &filter, &records, &count, err) ||
        !claims_of_shipment(db, out->shipment->id, job->as_of, job->day, &claims, err) ||
        !ledger_claims(job->arena, claims.items, claims.count, &out->claims, err))
        return false;
    out->claim_count = claims.count;
    if (count == 0)
        return true;
    out->kase = &records[0];
    return cases_history(
        db, job->arena, out->shipment->id, &out->history, &out->history_count, err);
}

static bool
gather(Explanation *out, Err *err)
{
    Job *const job = out->job;
    const SourceOptions options = run_source_options(job);
    Rulebook rulebook;
    Db *const db = run_connect(job, job->arena, err);
    Db *const source_db = db && migrate_check(db, err) && rulebook_load(job, &rulebook, err)
                              ? run_connect_source(job, job->arena, err)
                              : NULL;
    Source *const source =
        source_db ? source_open(source_db, job->arena, &options, NULL, err) : NULL;
    const char *id = NULL;
    Shipment *shipment = NULL;
    Scan *scans = NULL;

    if (source == NULL)
        return false;
    if (!(job_option(job, "case")         ? ids_of_case(out, db, &id, err)
            : job_option(job, "shipment") ? ids_of_shipment(out, &id, err)
                                          : ids_of_tracking(out, source, &id, err)))
        return false;
    return read_shipment(out, source, id, &shipment, &scans, err) &&
           judge(out, db, &rulebook, shipment, scans, err) && read_case(out, db, err);
}

static bool
explain_run(Job *job, Err *err)
{
    const size_t names = job->argument_count + (job_option(job, "case") != NULL) +
                         (job_option(job, "shipment") != NULL);
    Explanation explanation = {.job = job};
    Text out = {.arena = job->arena};

    if (names != 1)
        return err_set(
            err, ERR_CONFIG, "expected one parcel: its TRACKING-NUMBER, --case or --shipment");
    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"explain\" prints text or json");
    if (!gather(&explanation, err))
        return false;
    if (job->format == FORMAT_JSON) {
        screen_json(job, explain_json(&explanation));
        return true;
    }
    explain_text(&explanation, &out, screen_columns(job));
    fputs(text_get(&out), job->out);
    return true;
}

static const OptionSpec options[] = {
    {"case", 0, "NUMBER", "the parcel of this case"},
    {"shipment", 0, "ID", "the parcel with this shipment_id"},
    {0},
};

const Command command_explain = {
    .name = "explain",
    .summary = "tell all that is known of one parcel, and why it is a case or not",
    .usage = "TRACKING-NUMBER",
    .description =
        "Prints the parcel's timeline with the meaning of each scan, what is normal where it "
        "stands and on how much history that rests, tonight's probabilities, what each detector "
        "says, and its case and claims.\n\n"
        "With --as-of only what was known by then counts, and the newest knowledge learned by "
        "then. A tracking number that carriers used again means the newest shipment. --format json "
        "prints the same as data.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | TAKES_FORMAT,
    .options = options,
    .arguments_max = 1,
    .examples = (const char *const[]){"vigie explain 6A12345678901",
        "vigie explain --case 12 --as-of 2026-11-20", NULL},
    .run = explain_run,
};
