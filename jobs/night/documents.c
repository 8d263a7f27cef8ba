#include "jobs/night/documents.h"

#include "claims/claims.h"
#include "claims/dossier.h"
#include "core/file.h"
#include "jobs/frame/signals.h"
#include "jobs/night/ledger.h"
#include "sql/claims.h"

#include <string.h>

typedef struct Documents
{
    Run *run;
    Arena *arena;
    const char *folder;
    const LedgerClaim *items;
    const Claim *claims;  // the same, whole
    size_t count;
    int64_t written;
} Documents;

static bool
write_document(
    Documents *documents, const ClaimDocument *document, const char *bytes, size_t length, Err *err)
{
    Arena *const arena = documents->arena;
    ClaimDocument record = *document;

    record.size_bytes = (int64_t)length;
    record.sha256 = text_sha256(arena, bytes, length);
    documents->written++;
    return file_write(
               file_join(arena, documents->folder, document->file_name), bytes, length, err) &&
           claims_record_document(documents->run->db, documents->run->job->as_of, &record, err);
}

static bool
write_dossier(Documents *documents, size_t index, Err *err)
{
    const char *const xml = documents->items[index].dossier;
    const Claim *const claim = &documents->claims[index];

    return !interrupted(err) && write_document(documents,
                                    &(ClaimDocument){
                                        .file_name = claim_dossier_name(documents->arena, claim),
                                        .carrier = claim->carrier,
                                        .claim_count = 1,
                                        .total = claim->payable,
                                    },
                                    xml, strlen(xml), err);
}

// The bordereau of the carrier of claim `first`, which is the first of its carrier.
static bool
write_bordereau(Documents *documents, size_t first, Err *err)
{
    Arena *const arena = documents->arena;
    const char *const slug = documents->items[first].carrier_slug;
    Claim *const ready = ARENA_ARRAY(arena, Claim, documents->count);
    size_t count = 0, length;
    Money total = MONEY_NONE;

    for (size_t i = first; i < documents->count; i++)
        if (strcmp(documents->items[i].carrier_slug, slug) == 0 &&
            documents->claims[i].state == CLAIM_READY) {
            ready[count++] = documents->claims[i];
            if (!money_add(total, documents->claims[i].payable, &total, err))
                return err_context(err, "bordereau of %s", slug);
        }
    if (count == 0)
        return true;

    const char *const bytes = claims_bordereau(arena, ready, count, &length);

    return write_document(documents,
        &(ClaimDocument){
            .file_name = claims_bordereau_name(arena, slug, documents->run->job->day),
            .carrier = slug,
            .claim_count = (int64_t)count,
            .total = total,
        },
        bytes, length, err);
}

static bool
is_first_of_carrier(const Documents *documents, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(documents->items[i].carrier_slug, documents->items[index].carrier_slug) == 0)
            return false;
    return true;
}

bool
documents_write(Run *run, Arena *arena, Err *err)
{
    Documents documents = {.run = run, .arena = arena};
    size_t length;
    const char *const schema = dossier_schema(&length);

    if (!claims_select(run->db, arena, CLAIMS_OF_NIGHT, run->job->as_of, run->job->day,
            &documents.items, &documents.count, err) ||
        !ledger_claims(arena, documents.items, documents.count, &documents.claims, err))
        return false;
    if (documents.count == 0)
        return true;
    documents.folder = file_join(arena, run_folder(run->job, arena), "claims");
    if (!file_make_folder(documents.folder, err) ||
        !file_write(file_join(arena, documents.folder, "dossier.xsd"), schema, length, err))
        return false;
    for (size_t i = 0; i < documents.count; i++)
        if (documents.claims[i].state != CLAIM_TIME_BARRED && !write_dossier(&documents, i, err))
            return false;
    for (size_t i = 0; i < documents.count; i++)
        if (is_first_of_carrier(&documents, i) && !write_bordereau(&documents, i, err))
            return false;
    run_count(run, "claim", "documents", documents.written);
    return true;
}
