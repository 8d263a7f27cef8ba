/*
 * Claims are read page by page, and their papers written and forgotten; of those that became ready only what a bordereau
 * states is kept until all of a carrier's are known. What the ledger says is written, so a night that is done again writes
 * the same bytes over the same names.
 */
#include "jobs/night/documents.h"

#include "claims/claims.h"
#include "claims/dossier.h"
#include "core/file.h"
#include "core/map.h"
#include "jobs/frame/signals.h"
#include "jobs/night/ledger.h"
#include "sql/claims.h"

#include <string.h>

#define PAGE 200  // claims at a time

typedef struct ReadyClaims
{
    Arena *arena;
    const char *carrier_slug;
    Claim *items;
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
    const char *folder;  // NULL until the first paper
    Map *by_carrier;     // index into carriers, in the order of their first claim
    struct
    {
        Arena *arena;
        ReadyClaims *items;
        size_t count, capacity;
    } carriers;
    Records records;  // written, not recorded yet
    int64_t written;
} Documents;

static bool
open_folder(Documents *documents, Err *err)
{
    Arena *const arena = documents->arena;
    size_t length;
    const char *const schema = dossier_schema(&length);

    if (documents->folder != NULL)
        return true;
    documents->folder = file_join(arena, run_folder(documents->run->job, arena), "claims");
    return file_make_folder(documents->folder, err) &&
           file_write(file_join(arena, documents->folder, "dossier.xsd"), schema, length, err);
}

static bool
write_document(
    Documents *documents, const ClaimDocument *document, const char *bytes, size_t length, Err *err)
{
    Arena *const arena = documents->records.arena;
    ClaimDocument record = *document;

    if (interrupted(err) || !open_folder(documents, err))
        return false;
    record.size_bytes = (int64_t)length;
    record.sha256 = text_sha256(arena, bytes, length);
    documents->written++;
    ARENA_PUSH(&documents->records, record);
    return file_write(file_join(arena, documents->folder, document->file_name), bytes, length, err);
}

static bool
record_page(Documents *documents, Err *err)
{
    return claims_record_documents(documents->run->db, documents->run->job->as_of,
        documents->records.items, documents->records.count, err);
}

static bool
write_papers(Documents *documents, const Dossier *dossier, const char *xml, Err *err)
{
    const Claim *const claim = &dossier->claim;

    return write_document(documents,
        &(ClaimDocument){
            .file_name = claim_dossier_name(documents->records.arena, claim),
            .carrier = claim->carrier,
            .number = claim->number,
            .claim_count = 1,
            .total = claim->payable,
        },
        xml, strlen(xml), err);
}

static ReadyClaims *
ready_of(Documents *documents, const char *slug)
{
    const int64_t index = map_intern(
        documents->by_carrier, slug, strlen(slug), (int64_t)documents->carriers.count, NULL);

    if ((size_t)index == documents->carriers.count)
        ARENA_PUSH(&documents->carriers, ((ReadyClaims){.arena = documents->arena,
                                             .carrier_slug = arena_copy(documents->arena, slug)}));
    return &documents->carriers.items[index];
}

// The bordereau outlives the page: its claims are read once more, into the step's arena.
static bool
keep_ready(Documents *documents, const LedgerClaim *item, Err *err)
{
    ReadyClaims *const ready = ready_of(documents, item->carrier_slug);
    Dossier dossier;

    if (!ledger_dossier(documents->arena, item, &dossier, err))
        return false;
    ARENA_PUSH(ready, dossier.claim);
    return true;
}

static bool
write_claim(Documents *documents, const LedgerClaim *item, Err *err)
{
    const ClaimState state = item->claim.state;
    Dossier dossier;

    if (state == CLAIM_TIME_BARRED || state == CLAIM_WAIVED || state == CLAIM_VOIDED)
        return true;
    if (!ledger_dossier(documents->records.arena, item, &dossier, err) ||
        !write_papers(documents, &dossier, item->dossier, err))
        return false;
    return state != CLAIM_READY || keep_ready(documents, item, err);
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

static bool
write_bordereau(Documents *documents, const ReadyClaims *ready, Err *err)
{
    Arena *const arena = documents->records.arena;
    Money total = MONEY_NONE;
    size_t length;

    for (size_t i = 0; i < ready->count; i++)
        if (!money_add(total, ready->items[i].payable, &total, err))
            return err_context(err, "bordereau of %s", ready->carrier_slug);

    const char *const bytes = claims_bordereau(arena, ready->items, ready->count, &length);

    return write_document(documents,
        &(ClaimDocument){
            .file_name =
                claims_bordereau_name(arena, ready->carrier_slug, documents->run->job->day),
            .carrier = ready->carrier_slug,
            .claim_count = (int64_t)ready->count,
            .total = total,
        },
        bytes, length, err);
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

bool
documents_write(Run *run, Arena *arena, Err *err)
{
    Documents documents = {
        .run = run,
        .arena = arena,
        .by_carrier = map_create(arena),
        .carriers = {.arena = arena},
    };
    int64_t after = 0;
    size_t count;

    do {
        if (!write_page(&documents, &after, &count, err))
            return false;
    } while (count == PAGE);
    if (!write_bordereaux(&documents, err))
        return false;
    run_count(run, "claim", "documents", documents.written);
    return true;
}
