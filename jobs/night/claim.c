/*
 * claim: a claim in the ledger for every lost parcel whose terms give a right, and the documents of the night.
 */
#include "claims/claims.h"
#include "claims/dossier.h"

#include "core/clock.h"
#include "core/file.h"
#include "detectors/history.h"
#include "jobs/frame/signals.h"
#include "jobs/night/claim_facts.h"
#include "jobs/night/documents.h"
#include "jobs/night/prepare.h"
#include "jobs/night/run.h"
#include "sql/claims.h"
#include "sql/nights.h"

#include <string.h>

extern const Command command_claim;

#define BATCH 1000  // shipments read at a time

typedef struct OpeningList
{
    Arena *arena;
    ClaimOpening *items;
    size_t count, capacity;
} OpeningList;

typedef struct TextItems
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} TextItems;

typedef struct Filing
{
    Run *run;
    ClaimContext context;
    OpeningList openings;
    int64_t last_number;                     // that a claim has
    TextItems refused_ids, refused_reasons;  // of parcels that no terms give a right for
} Filing;

static ClaimFacts
facts_of(const Filing *filing, Shipment *shipment, Scan *scans, Arena *arena)
{
    const Catalogue *const catalogue = filing->run->rulebook.catalogue;

    shipment_prepare(&filing->run->rulebook, shipment, scans);

    const History history = history_read(shipment, filing->run->job->as_of);
    return claim_facts(arena, catalogue, shipment, &history, filing->run->job->as_of);
}

// The first line of a claim's ledger says why it waits, hurries, or comes too late.
static const char *
note_of(const Claim *claim, Arena *arena)
{
    static const char lost[] = "the parcel is believed lost";

    return *claim->caution ? arena_printf(arena, "%s; %s", lost, claim->caution) : lost;
}

static DossierScan
dossier_scan(const Scan *scan, Arena *arena)
{
    return (DossierScan){
        .occurred_at = scan->occurred_at,
        .milestone = scan->milestone,
        .physical = scan->physical,
        .code = text_is_empty(scan->subcode)
                    ? scan->code
                    : arena_printf(arena, "%s/%s", scan->code, scan->subcode),
        .text = scan->text,
        .place = scan->place,
        .country = scan->country,
    };
}

static Dossier
dossier_of(const Filing *filing, const Shipment *shipment, const Claim *claim, Arena *arena)
{
    const Settings *const settings = filing->run->job->settings;
    DossierScan *const scans = ARENA_ARRAY(arena, DossierScan, shipment->scan_count);

    for (size_t i = 0; i < shipment->scan_count; i++)
        scans[i] = dossier_scan(&shipment->scans[i], arena);
    return (Dossier){
        .claim = *claim,
        .claimant = {.name = settings->merchant.name,
            .address = settings->merchant.address,
            .email = settings->merchant.email,
            .account = settings->merchant.account},
        .carrier = {.name = shipment->carrier, .address = "", .email = "", .account = ""},
        .time_zone = settings->time_zone,
        .as_of = filing->run->job->as_of,
        .scans = scans,
        .scan_count = shipment->scan_count,
        .normal = {.segment = ""},
    };
}

static bool
open_one(Filing *filing, const Shipment *shipment, const ClaimFacts *facts, Claim *claim, Err *err)
{
    Arena *const arena = filing->openings.arena;
    const char *xml;
    size_t length;

    claim->number = filing->last_number + 1;
    claim->reference = claim_reference(arena, claim->number);

    const Dossier dossier = dossier_of(filing, shipment, claim, arena);

    if (!dossier_write(arena, &dossier, &xml, &length, err))
        return false;
    filing->last_number++;
    ARENA_PUSH(&filing->openings, ((ClaimOpening){
                                      .claim = claim,
                                      .carrier_slug = facts->carrier_slug,
                                      .note = note_of(claim, arena),
                                      .dossier = xml,
                                  }));
    return true;
}

// Every lost parcel gets an answer: a claim, or the reason why there is none.
static bool
draft_one(Filing *filing, Shipment *shipment, Scan *scans, Err *err)
{
    Arena *const arena = filing->openings.arena;
    const ClaimFacts facts = facts_of(filing, shipment, scans, arena);
    Claim *const claim = ARENA_NEW(arena, Claim);
    const char *reason;

    if (claim_draft(&filing->context, &facts, GROUND_LOSS, arena, claim, &reason))
        return open_one(filing, shipment, &facts, claim, err);
    ARENA_PUSH(&filing->refused_ids, shipment->id);
    ARENA_PUSH(&filing->refused_reasons, reason);
    return true;
}

static bool
draft_all(Filing *filing, Err *err)
{
    Run *const run = filing->run;
    Arena *const arena = filing->openings.arena;
    const SourceOptions options = run_source_options(run->job);
    const char *const *ids;
    size_t count;

    if (!claims_candidates(run->db, arena, run->job->as_of, &ids, &count, err) ||
        !claims_last_number(run->db, &filing->last_number, err))
        return false;
    if (count == 0)
        return true;

    Db *const db = run_connect_source(run->job, arena, err);
    Source *const source = db == NULL ? NULL : source_open(db, arena, &options, NULL, err);

    for (size_t i = 0; source != NULL && i < count && err->kind == ERR_NONE; i += BATCH) {
        SourcePage page;

        if (interrupted(err) ||
            !source_read_ids(source, ids + i, count - i < BATCH ? count - i : BATCH,
                run->job->as_of, arena, &page, err))
            return false;
        for (size_t j = 0; j < page.count; j++) {
            Shipment *const shipment = &page.shipments[j];

            if (!draft_one(filing, shipment, source_scans_of(&page, j), err))
                return false;
        }
    }
    return err->kind == ERR_NONE;
}

static int64_t
count_opened(const Filing *filing, ClaimState state)
{
    int64_t count = 0;

    for (size_t i = 0; i < filing->openings.count; i++)
        count += filing->openings.items[i].claim->state == state ? 1 : 0;
    return count;
}

static bool
keep_ledger(Filing *filing, Err *err)
{
    Run *const run = filing->run;
    const Job *const job = run->job;
    const Instant now = clock_now();
    int64_t voided = 0, barred = 0, made_ready = 0;

    if (!db_begin(run->db, err))
        return false;
    if (!claims_void_found(run->db, job->as_of, "vigie", now, &voided, err) ||
        !claims_bar(run->db, job->as_of, job->day, "vigie", now, &barred, err) ||
        !claims_make_ready(run->db, job->as_of, job->day, "vigie", now, &made_ready, err) ||
        !claims_open(run->db, job->as_of, "vigie", now, filing->openings.items,
            filing->openings.count, err) ||
        !claims_refuse(run->db, job->as_of, GROUND_LOSS, filing->refused_ids.items,
            filing->refused_reasons.items, filing->refused_ids.count, err) ||
        !db_commit(run->db, err)) {
        db_rollback(run->db);
        return false;
    }
    run_count(run, "claim", "opened", (int64_t)filing->openings.count);
    run_count(run, "claim", "opened_too_late", count_opened(filing, CLAIM_TIME_BARRED));
    run_count(run, "claim", "cannot_be_claimed", (int64_t)filing->refused_ids.count);
    run_count(run, "claim", "voided", voided);
    run_count(run, "claim", "made_ready", made_ready);
    run_count(run, "claim", "time_barred", barred);
    return true;
}

bool
claim_step(Run *run, Err *err)
{
    Arena *const arena = arena_create();
    Filing filing = {
        .run = run,
        .context = {.book = run->rulebook.terms,
            .calendar = run->rulebook.calendar,
            .zone = run->job->zone,
            .margin_days = (int32_t)run->job->settings->claims.margin_days},
        .openings = {.arena = arena},
        .refused_ids = {.arena = arena},
        .refused_reasons = {.arena = arena},
    };
    Instant newest;
    bool done = night_newest(run->db, &newest, err);

    // A night that is older than the newest one must not open claims that newer nights know nothing of.
    if (done && newest != INSTANT_NONE && newest <= run->job->as_of) {
        done = draft_all(&filing, err) && (run->job->dry_run || keep_ledger(&filing, err));
        log_info(run->job->log, "claims",
            FIELDS(field_int("opened", (int64_t)filing.openings.count),
                field_int("ready", count_opened(&filing, CLAIM_READY)),
                field_int("draft", count_opened(&filing, CLAIM_DRAFT)),
                field_int("too_late", count_opened(&filing, CLAIM_TIME_BARRED)),
                field_int("cannot_be_claimed", (int64_t)filing.refused_ids.count)));
    }
    done = done && (run->job->dry_run || documents_write(run, arena, err));
    arena_destroy(arena);
    return done || err_context(err, "claim");
}

static bool
run_claim(Job *job, Err *err)
{
    return run_step(job, claim_step, err);
}

const Command command_claim = {
    .name = "claim",
    .summary = "open claims for lost parcels and write their documents",
    .usage = "",
    .description = "For every parcel that the night found lost and whose terms give a right, opens "
                   "a claim in the ledger, values it "
                   "by the terms, and writes an XML dossier for each claim of the night and one "
                   "CSV bordereau per carrier, with the claims that became ready in it.\n\n"
                   "Voids claims whose parcel was found, makes drafts ready once the loss may be "
                   "asserted, and marks those whose right the law has ended; a deadline of the "
                   "carrier's that passed is a caution, not the end. The papers state neither: "
                   "the carrier reads them. "
                   "Doing it again changes nothing.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_LOCK | TAKES_AS_OF | WRITES,
    .examples = (const char *const[]){"vigie claim --as-of 2026-11-20", NULL},
    .run = run_claim,
};
