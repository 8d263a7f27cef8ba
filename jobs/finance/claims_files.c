/*
 * claims export and verify: papers written again from the ledger, and files held against what the ledger remembers.
 */
#include "claims/papers/manifest.h"
#include "claims/papers/papers.h"
#include "core/file.h"
#include "core/hash.h"
#include "jobs/claim/ledger.h"
#include "jobs/finance/claims.h"
#include "jobs/run/run.h"

#include <inttypes.h>
#include <string.h>

static bool
write_papers(Job *job, const PaperList *papers, const char *to, Err *err)
{
    const char *const folder = file_real(job->arena, to);

    if (!job->dry_run && !file_make_folder(folder, err))
        return false;
    for (size_t i = 0; i < papers->count; i++) {
        const Paper *const paper = &papers->items[i];
        const char *const path = file_join(job->arena, folder, paper->name);

        if (!job->dry_run && !file_write(path, paper->bytes, paper->length, err))
            return false;
        fprintf(job->out, "%s  %s\n", text_sha256(job->arena, paper->bytes, paper->length),
            job->dry_run ? paper->name : path);
    }
    return true;
}

static bool
add_withdrawal(
    Press *press, const LedgerClaim *item, const Dossier *dossier, PaperList *papers, Err *err)
{
    Paper paper;

    if (item->claim.state != CLAIM_VOIDED || item->withdrawal.as_of == INSTANT_NONE)
        return true;
    if (!paper_withdrawal(press, papers->arena, dossier, &item->withdrawal, &paper, err))
        return false;
    ARENA_PUSH(papers, paper);
    return true;
}

static bool
export_papers(Job *job, Err *err)
{
    const char *const folder = job_option(job, "to");
    PaperList papers = {.arena = job->arena};
    const LedgerClaim *item;
    Dossier dossier;

    if (text_is_empty(folder))
        return err_set(err, ERR_CONFIG, "\"export\" needs its --to");

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !claims_of_words(job, db, job->arguments + 1, 1, &item, err))
        return false;
    if (text_is_empty(item->dossier))
        return err_set(err, ERR_CONFIG, "claim %s was opened before dossiers were kept",
            item->claim.reference);

    Press *const press = press_create(job->arena, job->zone, err);

    return press != NULL && ledger_dossier(job->arena, item, &dossier, err) &&
           papers_of_claim(press, &dossier, &papers, err) &&
           add_withdrawal(press, item, &dossier, &papers, err) &&
           write_papers(job, &papers, folder, err);
}

static const ClaimDocument *
find_document(const ClaimDocument *items, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(items[i].file_name, name) == 0)
            return &items[i];
    return NULL;
}

// The manifest could have been changed with the files: it must say what the ledger says.
static bool
hold_against_ledger(Job *job, Instant as_of, const char *folder, int64_t *faults, Err *err)
{
    const char *const path = file_join(job->arena, folder, MANIFEST_NAME);
    const char *const text = file_read(job->arena, path, 64 << 20, NULL, err);
    Db *const db = text == NULL ? NULL : run_connect(job, job->arena, err);
    const ClaimDocument *documents;
    const ManifestFile *files;
    size_t count, file_count;

    if (db == NULL || !manifest_read(job->arena, text, &files, &file_count, err) ||
        !claims_documents(db, job->arena, 0, as_of, &documents, &count, err))
        return false;
    for (size_t i = 0; i < file_count; i++) {
        const ClaimDocument *const known = find_document(documents, count, files[i].name);

        if (known != NULL && strcmp(known->sha256, files[i].sha256) == 0)
            continue;
        fprintf(job->out, "%s  %s\n", known ? "not as recorded" : "not recorded", files[i].name);
        (*faults)++;
    }
    if (file_count < count) {
        fprintf(job->out, "the ledger remembers %zu files, the manifest %zu\n", count, file_count);
        (*faults)++;
    }
    return true;
}

static bool
verify(Job *job, Err *err)
{
    const char *const word = job->argument_count > 1 ? job->arguments[1] : NULL;
    const ManifestFinding *findings;
    int64_t faults = 0;
    Job night = *job;
    size_t count;
    Day day;
    const bool dated = word == NULL || day_parse(word, &day);

    if (word != NULL && dated) {
        night.day = day;
        night.as_of = zone_day_end(job->zone, day);
    }

    const char *const folder =
        dated ? file_join(job->arena, run_folder(&night, job->arena), "claims") : word;

    if (!manifest_verify(job->arena, folder, &findings, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        fprintf(job->out, "%s  %s\n", manifest_fault_name(findings[i].fault),
            text_clean(job->arena, findings[i].name));
    faults += (int64_t)count;
    if (dated && !hold_against_ledger(job, night.as_of, folder, &faults, err))
        return false;
    if (faults > 0)
        return err_set(err, ERR_FAILED, "%" PRId64 " differences in %s", faults, folder);
    fprintf(job->out, "%s: every file is as it was written\n", folder);
    return true;
}

const ClaimsAction claims_action_export = {
    .name = "export",
    .run = export_papers,
    .options = (const char *const[]){"to", NULL},
    .words_min = 1,
    .words_max = 1,
    .wanted = "the number of a claim",
};

const ClaimsAction claims_action_verify = {
    .name = "verify",
    .run = verify,
    .options = (const char *const[]){NULL},
    .words_max = 1,
    .wanted = "",
};
