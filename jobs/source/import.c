/*
 * vigie import: CSV files into the plain tables.
 */
#include "core/text.h"
#include "jobs/source/import_file.h"
#include "jobs/source/plain.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

extern const Command command_import;

typedef struct Import
{
    Job *job;
    Run *run;
    ImportFile files[2];
    bool wanted[2];  // "-" in place of a file leaves it out
    ImportCounts counts[2];
} Import;

static bool
read_separator(const Job *job, char *out, Err *err)
{
    const char *const text = job_option(job, "separator");

    if (text != NULL && strcmp(text, ",") != 0 && strcmp(text, ";") != 0)
        return err_set(err, ERR_CONFIG,
            "option \"--separator\": expected \",\" or \";\", not \"%s\"",
            text_clean(job->arena, text));
    *out = text == NULL ? ',' : *text;
    return true;
}

static const Zone *
read_zone(const Job *job, Err *err)
{
    const char *const option = job_option(job, "time-zone");
    const char *const source = job->settings->source.time_zone;
    const char *const name = option != NULL ? option : source;
    const Zone *const zone = *name == '\0' ? job->zone : zone_load(job->arena, name, err);

    if (zone == NULL)
        err_context(err, "%s", option != NULL ? "option \"--time-zone\"" : "source.time_zone");
    return zone;
}

static bool
prepare(Import *import, Err *err)
{
    Job *const job = import->job;
    char separator = 0;
    const Zone *zone;

    if (!read_separator(job, &separator, err) || (zone = read_zone(job, err)) == NULL)
        return false;
    for (size_t i = 0; i < 2; i++) {
        import->wanted[i] = strcmp(job->arguments[i], "-") != 0;
        import->files[i] = (ImportFile){
            .path = job->arguments[i],
            .table = (PlainTable)i,
            .separator = separator,
            .rules = {.zone = zone, .promise_zone = job->zone, .currency = job->settings->currency},
        };
    }
    return import->wanted[0] || import->wanted[1] ||
           err_set(err, ERR_CONFIG, "both files are \"-\": there is nothing to import");
}

// The headers of both files before a row of either is read.
static bool
look(const Import *import, Err *err)
{
    Problems problems = {.arena = import->job->arena};

    for (size_t i = 0; i < 2; i++)
        if (import->wanted[i] && !import_file_look(&import->files[i], &problems, err))
            return false;
    job_report_problems(import->job, &problems);
    return problems.count == 0 ||
           err_set(err, ERR_CONFIG, "%zu problem%s in the files' headers; nothing was imported",
               problems.count, problems.count == 1 ? "" : "s");
}

static void
count(const Import *import, size_t i)
{
    const ImportCounts *const counts = &import->counts[i];
    const char *const step = plain_shape((PlainTable)i)->name;

    run_count(import->run, step, "rows", counts->rows);
    run_count(import->run, step, "inserted", counts->plain.inserted);
    run_count(import->run, step, "updated", counts->plain.updated);
    run_count(import->run, step, "unchanged", counts->plain.unchanged);
    run_count(import->run, step, "set_aside", counts->aside);
    if (i == PLAIN_SCANS)
        run_count(import->run, step, "of_unknown_shipments", counts->plain.unknown);
}

static bool
load(Import *import, Err *err)
{
    Job *const job = import->job;
    Db *plain = NULL;
    ImportAsides *const asides = import_asides_begin(import->run, job_option(job, "rejects"), err);

    if (asides == NULL)
        return false;
    if (!job->dry_run) {
        plain = plain_connect(job, err);
        if (plain == NULL || !plain_check(plain, err))
            return false;
    }

    bool good = true;

    for (size_t i = 0; good && i < 2; i++) {
        if (!import->wanted[i])
            continue;
        import->files[i].asides = asides;
        import->files[i].plain = plain;
        good = import_file_load(job, &import->files[i], &import->counts[i], err);
        count(import, i);
    }
    if (good && plain != NULL)
        good = plain_refresh(plain, err);

    Err later = {0};

    // Also after a failure: the rejects say where to look.
    if (!import_asides_end(asides, &later) && good) {
        *err = later;
        good = false;
    }
    return good;
}

static void
print_text(const Import *import)
{
    FILE *const out = import->job->out;

    for (size_t i = 0; i < 2; i++) {
        const ImportCounts *const counts = &import->counts[i];
        const PlainCounts *const plain = &counts->plain;

        if (!import->wanted[i])
            continue;
        fprintf(out, "%s: %" PRId64 " row%s, ", import->files[i].path, counts->rows,
            counts->rows == 1 ? "" : "s");
        if (import->job->dry_run)
            fprintf(out, "%" PRId64 " could be imported, ", counts->rows - counts->aside);
        else
            fprintf(out, "%" PRId64 " inserted, %" PRId64 " updated, %" PRId64 " unchanged, ",
                plain->inserted, plain->updated, plain->unchanged);
        fprintf(out, "%" PRId64 " set aside", counts->aside);
        if (plain->unknown > 0)
            fprintf(out, "; %" PRId64 " scan%s of shipments that are not there", plain->unknown,
                plain->unknown == 1 ? "" : "s");
        fputs("\n", out);
    }
}

static void
print_summary(const Import *import)
{
    const PlainCounts *const a = &import->counts[0].plain, *const b = &import->counts[1].plain;

    if (import->job->dry_run)
        fputs("nothing was written (dry run)\n", import->job->out);
    else if (a->inserted + a->updated + b->inserted == 0)
        fputs("nothing changed\n", import->job->out);
    else
        fputs("next: \"vigie check\" looks at the quality of the data\n", import->job->out);
}

static void
print_json(const Import *import)
{
    json_t *const summary = json_pack("{s:I, s:b, s:O}", "run", (json_int_t)import->run->number,
        "dry_run", import->job->dry_run, "counts", import->run->counts);

    json_dumpf(summary, import->job->out, JSON_COMPACT);
    json_decref(summary);
    fputc('\n', import->job->out);
}

static bool
import_run(Job *job, Err *err)
{
    Run run;
    Import import = {.job = job, .run = &run};

    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "option \"--format\": import prints text or json");
    if (!prepare(&import, err) || !look(&import, err) || !run_begin(job, &run, err))
        return false;
    if (!run_end(&run, load(&import, err), err))
        return false;
    if (job->format == FORMAT_JSON)
        print_json(&import);
    else {
        print_text(&import);
        print_summary(&import);
    }
    return true;
}

static const OptionSpec options[] = {
    {"separator", 0, "CHARACTER", "what separates fields: \",\" (default) or \";\""},
    {"time-zone", 'z', "ZONE",
        "zone of timestamps that name none; default is the setting source.time_zone"},
    {"rejects", 'r', "FILE", "write all rows that were set aside to this file, as CSV"},
    {0},
};

const Command command_import = {
    .name = "import",
    .summary = "fill the plain tables from CSV files",
    .usage = "SHIPMENTS.csv SCANS.csv",
    .description =
        "Reads shipments and scans from CSV files (UTF-8, RFC 4180) into the tables that vigie "
        "init made. \"-\" in place of a file leaves it out. The first line names the columns, in "
        "any order. Each file is loaded whole, in "
        "one transaction, or not at all; importing it again changes nothing."
        "\n\n"
        "Shipments: shipment_id, tracking_number, carrier, created_at; optional service, contract, "
        "origin_country, origin_zone, destination_country, destination_zone, "
        "destination_postcode, promised_at, cancelled_at, order_reference, customer_reference, "
        "customer_language, customer_email, customer_phone, declared_value, purchase_value, "
        "sale_value, freight_charge, currency, weight_grams, contents, invoice_reference, "
        "invoice_url, label_owner, customer_consent (true or false)."
        "\n\n"
        "Scans: shipment_id, occurred_at, and code or milestone (best both); optional subcode, "
        "text, place, country, carrier (when another one has the parcel), recorded_at (when the "
        "row became known)."
        "\n\n"
        "A row that cannot be used is set aside with its line and the reason, counted, recorded "
        "under the run, and written to the file of --rejects. When a file names a shipment twice, "
        "the last row counts. Scans of shipments that are not there (yet) are imported and "
        "counted. A promise that is a date ends with that day. Amounts may have a decimal comma. "
        "With more rows set aside than the setting tolerate.set_aside, the exit code is 3.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | WRITES | TAKES_FORMAT,
    .options = options,
    .arguments_min = 2,
    .arguments_max = 2,
    .examples = (const char *const[]){"vigie import shipments.csv scans.csv",
        "vigie import - scans.csv --separator ';' --rejects bad.csv",
        "vigie import shipments.csv - --dry-run", NULL},
    .run = import_run,
};
