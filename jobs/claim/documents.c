/*
 * Claims are read page by page, and their papers written and forgotten; of those that became ready only what a bordereau
 * states is kept until all of a carrier's are known. What the ledger says is written, so a night that is done again writes
 * the same bytes over the same names. The manifest is last: a folder that has one is whole.
 */
#include "jobs/claim/documents.h"

#include "claims/dossier.h"
#include "claims/papers/manifest.h"
#include "claims/papers/papers.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/map.h"
#include "jobs/claim/ledger.h"
#include "jobs/frame/signals.h"
#include "sql/claims.h"

#include <string.h>

#define PAGE 200  // claims at a time

typedef struct ReadyClaims
{
    Arena *arena;
    const char *carrier_slug;
    Dossier *items;
    size_t count, capacity;
} ReadyClaims;

typedef struct Records
{
    Arena *arena;
    ClaimDocument *items;
    size_t count, capacity;
} Records;

typedef struct Documents
{
    Run *run;
    Arena *arena;
    Press *press;        // NULL until the first paper
    const char *folder;  // likewise
    Map *by_carrier;     // index into carriers, in the order of their first claim
    struct
    {
        Arena *arena;
        ReadyClaims *items;
        size_t count, capacity;
    } carriers;
    struct
    {
        Arena *arena;
        ManifestFile *items;
        size_t count, capacity;
    } manifest;
    Records records;  // written, not recorded yet
} Documents;

static bool
write_document(
    Documents *documents, const ClaimDocument *document, const char *bytes, size_t length, Err *err)
{
    Arena *const arena = documents->arena;
    ClaimDocument record = *document;

    if (interrupted(err))
        return false;
    record.size_bytes = (int64_t)length;
    record.sha256 = text_sha256(arena, bytes, length);
    ARENA_PUSH(&documents->records, record);
    ARENA_PUSH(&documents->manifest, ((ManifestFile){
                                         .name = arena_copy(arena, record.file_name),
                                         .size_bytes = record.size_bytes,
                                         .sha256 = record.sha256,
                                     }));
    return file_write(file_join(documents->records.arena, documents->folder, record.file_name),
        bytes, length, err);
}

// Nothing is made for a night without papers: fonts are dear, and an empty folder says nothing.
static bool
begin_papers(Documents *documents, Err *err)
{
    Arena *const arena = documents->arena;
    size_t length;
    const char *const schema = dossier_schema(&length);

    if (documents->press != NULL)
        return true;
    documents->folder = file_join(arena, run_folder(documents->run->job, arena), "claims");
    documents->press = press_create(arena, documents->run->job->zone, err);
    return documents->press != NULL && file_make_folder(documents->folder, err) &&
           write_document(documents, &(ClaimDocument){.file_name = "dossier.xsd", .carrier = ""},
               schema, length, err);
}

static bool
record_page(Documents *documents, Err *err)
{
    return claims_record_documents(documents->run->db, documents->run->job->as_of,
        documents->records.items, documents->records.count, err);
}

static bool
write_papers(Documents *documents, const PaperList *papers, ClaimDocument about, Err *err)
{
    for (size_t i = 0; i < papers->count; i++) {
        about.file_name = papers->items[i].name;
        if (!write_document(
                documents, &about, papers->items[i].bytes, papers->items[i].length, err))
            return false;
    }
    return true;
}

static ReadyClaims *
ready_of(Documents *documents, const char *slug)
{
    Arena *const arena = documents->arena;
    const int64_t index = map_intern(
        documents->by_carrier, slug, strlen(slug), (int64_t)documents->carriers.count, NULL);

    if ((size_t)index == documents->carriers.count)
        ARENA_PUSH(&documents->carriers,
            ((ReadyClaims){.arena = arena, .carrier_slug = arena_copy(arena, slug)}));
    return &documents->carriers.items[index];
}

// The bordereau outlives the page, its rows with it.
static void
keep_ready(Documents *documents, const LedgerClaim *item, const Dossier *dossier)
{
    ReadyClaims *const ready = ready_of(documents, item->carrier_slug);
    const Dossier row =
        bordereau_row(documents->arena, dossier, ready->count > 0 ? ready->items : NULL);

    ARENA_PUSH(ready, row);
}

// The papers of a claim that stands, or that it is withdrawn; none of one that never reached the carrier and is over.
static bool
make_papers(Documents *documents, const LedgerClaim *item, const Dossier *dossier,
    PaperList *papers, Err *err)
{
    Paper paper;

    if (item->claim.state != CLAIM_VOIDED)
        return papers_of_claim(documents->press, dossier, papers, err);
    if (!paper_withdrawal(documents->press, papers->arena, dossier, &item->withdrawal, &paper, err))
        return false;
    ARENA_PUSH(papers, paper);
    return true;
}

static bool
has_papers(const LedgerClaim *item)
{
    switch (item->claim.state) {
    case CLAIM_TIME_BARRED:
    case CLAIM_WAIVED:
        return false;
    case CLAIM_VOIDED:
        return item->withdrawal.as_of != INSTANT_NONE && !text_is_empty(item->dossier);
    default:
        return !text_is_empty(item->dossier);
    }
}

static bool
write_claim(Documents *documents, const LedgerClaim *item, Err *err)
{
    const ClaimState state = item->claim.state;
    PaperList papers = {.arena = documents->records.arena};
    Dossier dossier;

    if (!has_papers(item))
        return true;
    if (!begin_papers(documents, err) || !ledger_dossier(papers.arena, item, &dossier, err) ||
        !make_papers(documents, item, &dossier, &papers, err) ||
        !write_papers(documents, &papers,
            (ClaimDocument){.carrier = item->claim.carrier,
                .number = item->claim.number,
                .claim_count = 1,
                .total = dossier.claim.payable},
            err))
        return err_context(err, "claim %s", item->claim.reference);
    if (state == CLAIM_READY)
        keep_ready(documents, item, &dossier);
    return true;
}

static bool
write_page(Documents *documents, int64_t *after, size_t *count, Err *err)
{
    const Job *const job = documents->run->job;
    Arena *const arena = arena_create();
    LedgerClaims page = {.arena = arena};

    documents->records = (Records){.arena = arena};

    bool done = claims_of_night(documents->run->db, job->as_of, job->day, *after, PAGE, &page, err);

    for (size_t i = 0; done && i < page.count; i++)
        done = write_claim(documents, &page.items[i], err);
    done = done && record_page(documents, err);
    *count = page.count;
    *after = page.count > 0 ? page.items[page.count - 1].claim.number : *after;
    arena_destroy(arena);
    return done;
}

// Of claims in several currencies no total is told; the bordereau itself has one for each.
static Money
total_of(const ReadyClaims *ready)
{
    Money total = MONEY_NONE;
    Err err = {0};

    for (size_t i = 0; i < ready->count; i++)
        if (!money_add(total, ready->items[i].claim.payable, &total, &err))
            return MONEY_NONE;
    return total;
}

static bool
write_bordereau(Documents *documents, const ReadyClaims *ready, Err *err)
{
    PaperList papers = {.arena = documents->records.arena};
    const Bordereau bordereau = {
        .carrier_slug = ready->carrier_slug,
        .day = documents->run->job->day,
        .dossiers = ready->items,
        .count = ready->count,
    };

    return (papers_of_bordereau(documents->press, &bordereau, &papers, err) &&
               write_papers(documents, &papers,
                   (ClaimDocument){.carrier = ready->carrier_slug,
                       .claim_count = (int64_t)ready->count,
                       .total = total_of(ready)},
                   err)) ||
           err_context(err, "bordereau of %s", ready->carrier_slug);
}

static bool
write_bordereaux(Documents *documents, Err *err)
{
    documents->records = (Records){.arena = documents->arena};
    for (size_t i = 0; i < documents->carriers.count; i++)
        if (!write_bordereau(documents, &documents->carriers.items[i], err))
            return false;
    return record_page(documents, err);
}

static bool
write_manifest(Documents *documents, Err *err)
{
    size_t length;
    const char *const text = manifest_print(
        documents->arena, documents->manifest.items, documents->manifest.count, &length);

    return file_write(
        file_join(documents->arena, documents->folder, MANIFEST_NAME), text, length, err);
}

bool
documents_write(Run *run, Arena *arena, Err *err)
{
    Documents documents = {
        .run = run,
        .arena = arena,
        .by_carrier = map_create(arena),
        .carriers = {.arena = arena},
        .manifest = {.arena = arena},
    };
    int64_t after = 0;
    size_t count;

    do {
        if (!write_page(&documents, &after, &count, err))
            return false;
    } while (count == PAGE);
    run_count(run, "claim", "documents", (int64_t)documents.manifest.count);
    return documents.press == NULL ||
           (write_bordereaux(&documents, err) && write_manifest(&documents, err));
}
