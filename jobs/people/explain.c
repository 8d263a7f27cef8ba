#include "jobs/people/explain.h"

#include "sql/cases.h"
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

static bool
explain(
    Explanation *out, Db *db, const Rulebook *rulebook, Source *source, const char *id, Err *err)
{
    Job *const job = out->job;
    const Explanation asked = *out;
    Explainer explainer;
    Shipment *shipment = NULL;
    Scan *scans = NULL;

    if (!read_shipment(out, source, id, &shipment, &scans, err) ||
        !explainer_make(job, db, source, rulebook, job->arena, &explainer, err) ||
        !explainer_explain(&explainer, shipment, scans, job->arena, out, err))
        return false;
    out->known_as = asked.known_as;
    out->others = asked.others;
    return true;
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

    if (source == NULL)
        return false;
    return (job_option(job, "case")          ? ids_of_case(out, db, &id, err)
               : job_option(job, "shipment") ? ids_of_shipment(out, &id, err)
                                             : ids_of_tracking(out, source, &id, err)) &&
           explain(out, db, &rulebook, source, id, err);
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
    story_text(explain_story(&explanation), &out, screen_columns(job));
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
