/*
 * claim: the ledger of a night. What is open is looked at again, what the night found gets an answer, and the papers are
 * written.
 */
#include "core/clock.h"
#include "jobs/claim/documents.h"
#include "jobs/claim/filing.h"
#include "sql/nights.h"

// The source may have forgotten parcels whose claims still run: their dates go on without it.
static bool
sweep(Filing *filing, Err *err)
{
    Run *const run = filing->run;
    int64_t barred = 0, ready = 0;

    if (run->job->dry_run)
        return true;
    if (!db_begin(run->db, err))
        return false;
    if (!claims_bar(run->db, &filing->pen, run->job->day, &barred, err) ||
        !claims_make_ready(run->db, &filing->pen, run->job->day, &ready, err) ||
        !db_commit(run->db, err)) {
        db_rollback(run->db);
        return false;
    }
    filing->counts.barred += barred;
    filing->counts.made_ready += ready;
    return true;
}

bool
filing_begin(Filing *filing, Run *run, Arena *arena, Err *err)
{
    const Settings *const settings = run->job->settings;

    *filing = (Filing){
        .run = run,
        .arena = arena,
        .context = {.book = run->rulebook.terms,
            .calendar = run->rulebook.calendar,
            .zone = run->job->zone,
            .margin_days = (int32_t)settings->claims.margin_days},
        .pen = {.as_of = run->job->as_of, .recorded_at = clock_now(), .actor = "vigie"},
    };
    return money_parse(settings->claims.filing, settings->currency, &filing->cost, err) ||
           err_context(err, "claims.filing");
}

bool
filing_open_source(Filing *filing, Err *err)
{
    const SourceOptions options = run_source_options(filing->run->job);
    Db *const db = run_connect_source(filing->run->job, filing->arena, err);

    filing->source = db == NULL ? NULL : source_open(db, filing->arena, &options, NULL, err);
    return filing->source != NULL;
}

static bool
keep_ledger(Filing *filing, Err *err)
{
    return filing_open_source(filing, err) && filing_renew(filing, err) && sweep(filing, err) &&
           filing_open(filing, err);
}

static void
tell(const Filing *filing)
{
    const struct
    {
        const char *name;
        int64_t count;
    } counts[] = {
        {"opened", filing->counts.opened},
        {"opened_too_late", filing->counts.too_late},
        {"cannot_be_claimed", filing->counts.refused},
        {"redrafted", filing->counts.redrafted},
        {"made_ready", filing->counts.made_ready},
        {"waived", filing->counts.waived},
        {"voided", filing->counts.voided},
        {"withdrawn", filing->counts.withdrawn},
        {"found_after_filing", filing->counts.flagged},
        {"time_barred", filing->counts.barred},
        {"news", filing->counts.news},
    };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        run_count(filing->run, "claim", counts[i].name, counts[i].count);
    log_info(filing->run->job->log, "claims",
        FIELDS(field_int("opened", filing->counts.opened), field_int("ready", filing->counts.ready),
            field_int("draft", filing->counts.draft),
            field_int("too_late", filing->counts.too_late),
            field_int("cannot_be_claimed", filing->counts.refused),
            field_int("redrafted", filing->counts.redrafted),
            field_int("voided", filing->counts.voided),
            field_int("withdrawn", filing->counts.withdrawn),
            field_int("found_after_filing", filing->counts.flagged)));
}

bool
claim_step(Run *run, Err *err)
{
    Arena *const arena = arena_create();
    Filing filing;
    Instant newest;
    bool done = filing_begin(&filing, run, arena, err) && night_newest(run->db, &newest, err);

    // A night that is older than the newest one must not open claims that newer nights know nothing of.
    if (done && newest != INSTANT_NONE && newest <= run->job->as_of) {
        done = keep_ledger(&filing, err);
        tell(&filing);
    }
    done = done && (run->job->dry_run || documents_write(run, arena, err));
    arena_destroy(arena);
    return done || err_context(err, "claim");
}
