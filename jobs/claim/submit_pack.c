#include "jobs/claim/submit_pack.h"

#include "claims/papers/papers.h"
#include "core/file.h"
#include "core/hash.h"
#include "jobs/claim/ledger.h"
#include "jobs/outbox/mail.h"
#include "sql/claims_people.h"

#include <inttypes.h>
#include <string.h>

#define PAPER_BYTES_MAX      ((size_t)64 << 20)
#define MAIL_BYTES_MAX       ((size_t)15 << 20)  // as base64 20 MB, which common mail servers still take
#define HTTP_TIMEOUT_SECONDS 120

typedef struct Pack
{
    Run *run;
    Arena *arena;
    SubmissionFile *items;
    size_t count, capacity;
} Pack;

const char *
submit_channel_name(SubmissionChannel channel)
{
    static const char *const names[] = {
        [SUBMIT_FOLDER] = "folder", [SUBMIT_EMAIL] = "email", [SUBMIT_HTTP] = "http"};

    return names[channel];
}

const char *
submit_recipient(const Job *job, const Terms *terms)
{
    return terms->channel == SUBMIT_FOLDER ? job->settings->claims.drop_folder : terms->submit_to;
}

static void
add_file(Pack *pack, const char *name, const char *bytes, size_t length)
{
    ARENA_PUSH(
        pack, ((SubmissionFile){
                  .name = name, .type = submission_type(name), .bytes = bytes, .length = length}));
}

// What was recorded is what must go out.
static bool
add_paper(Pack *pack, const ClaimDocument *document, Err *err)
{
    const Job *const job = pack->run->job;
    const char *const folder =
        file_join(pack->arena, run_folder_of(job, document->as_of, pack->arena), "claims");
    size_t length = 0;
    const char *const bytes = file_read(pack->arena,
        file_join(pack->arena, folder, document->file_name), PAPER_BYTES_MAX, &length, err);

    if (bytes == NULL) {
        err->kind = ERR_DATA;
        return false;
    }
    if (strcmp(text_sha256(pack->arena, bytes, length), document->sha256) != 0)
        return err_set(err, ERR_DATA, "paper \"%s\" is not as it was written", document->file_name);
    add_file(pack, document->file_name, bytes, length);
    return true;
}

static bool
add_papers(Pack *pack, const Claim *claim, Err *err)
{
    const ClaimDocument *documents;
    size_t count;

    if (!claims_documents(
            pack->run->db, pack->arena, claim->number, INSTANT_NONE, &documents, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_DATA, "claim %s has no papers", claim->reference);
    for (size_t i = 0; i < count && documents[i].as_of == documents[0].as_of; i++)
        if (!add_paper(pack, &documents[i], err))
            return err_context(err, "claim %s", claim->reference);
    return true;
}

static bool
add_bordereau(Pack *pack, const Bordereau *bordereau, Err *err)
{
    Paper paper;

    if (!paper_bordereau_csv(pack->arena, bordereau, &paper, err))
        return false;
    add_file(pack, paper.name, paper.bytes, paper.length);
    return true;
}

bool
submit_pack(Run *run, Arena *arena, Instant as_of, const LedgerClaim *const *items, size_t count,
    Submission *out, Err *err)
{
    Pack pack = {.run = run, .arena = arena};
    Dossier *const dossiers = ARENA_ARRAY(arena, Dossier, count);
    const Bordereau bordereau = {.carrier_slug = items[0]->carrier_slug,
        .day = zone_day(run->job->zone, as_of),
        .dossiers = dossiers,
        .count = count};

    for (size_t i = 0; i < count; i++)
        if (!ledger_dossier(arena, items[i], &dossiers[i], err))
            return false;
    if (!submission_words(arena, dossiers, count, bordereau.day, out, err) ||
        !add_bordereau(&pack, &bordereau, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add_papers(&pack, &dossiers[i].claim, err))
            return false;
    out->as_of = as_of;
    out->files = pack.items;
    out->file_count = pack.count;
    return true;
}

static const Attachment *
attachments_of(Arena *arena, const Submission *submission, size_t *bytes)
{
    Attachment *const attachments = ARENA_ARRAY(arena, Attachment, submission->file_count);

    *bytes = 0;
    for (size_t i = 0; i < submission->file_count; i++) {
        const SubmissionFile *const file = &submission->files[i];

        attachments[i] = (Attachment){
            .name = file->name, .type = file->type, .bytes = file->bytes, .length = file->length};
        *bytes += file->length;
    }
    return attachments;
}

static bool
deliver_mail(Run *run, Arena *arena, const Terms *terms, const Submission *submission,
    DeliveryOutcome *outcome, const char **words, Err *err)
{
    const Settings *const settings = run->job->settings;
    SmtpOptions smtp;
    size_t bytes;
    Message message = {
        .key = submission->key,
        .channel = "email",
        .recipient = terms->submit_to,
        .reply_to = *settings->merchant.email ? settings->merchant.email : settings->alerts.from,
        .subject = submission->subject,
        .text = submission->text,
        .html = "",
        .as_of = submission->as_of,
        .attachment_count = submission->file_count,
    };

    if (*settings->alerts.smtp_url == '\0')
        return err_set(err, ERR_CONFIG, "claims go by e-mail, but alerts.smtp_url is not set");
    if (!mail_options(run->job, &smtp, err))
        return false;
    message.attachments = attachments_of(arena, submission, &bytes);
    if (bytes > MAIL_BYTES_MAX) {
        *outcome = DELIVERY_REFUSED;
        *words = "the files are larger than 15 MiB together: submit fewer claims at a time";
        return true;
    }
    *words = "accepted by the mail server";
    *outcome = alert_send_email(arena, &smtp, &message, words);
    return true;
}

static bool
deliver_http(Run *run, Arena *arena, const Terms *terms, const Submission *submission,
    DeliveryOutcome *outcome, const char **words, Err *err)
{
    const char *const folder = run->job->settings->claims.tokens;
    const char *const path = *folder == '\0' ? "" : file_join(arena, folder, terms->id);
    size_t ignored;
    HttpPost post = {.url = terms->submit_to,
        .key = submission->key,
        .subject = submission->subject,
        .text = submission->text,
        .files = attachments_of(arena, submission, &ignored),
        .file_count = submission->file_count,
        .timeout_seconds = HTTP_TIMEOUT_SECONDS};

    if (!mail_secret(run->job, "claims.tokens", path, &post.token, err))
        return false;
    *outcome = alert_send_http(arena, &post, words);
    return true;
}

// The folder appears whole under its key, and once: what stands there already was delivered.
static bool
deliver_folder(Run *run, Arena *arena, const char *carrier_slug, const Submission *submission,
    DeliveryOutcome *outcome, const char **words, Err *err)
{
    const char *const carrier =
        file_join(arena, file_real(arena, run->job->settings->claims.drop_folder), carrier_slug);
    const char *const folder = file_join(arena, carrier, submission->key);
    const char *const part = arena_printf(arena, "%s.part", folder);
    size_t ignored;
    Err absent = {0};

    *words = folder;
    *outcome = DELIVERY_SENT;
    if (file_list(arena, folder, "", &ignored, &absent) != NULL)
        return true;

    bool done = file_make_folder(part, err) && file_write(file_join(arena, part, "message.txt"),
                                                   submission->text, strlen(submission->text), err);

    for (size_t i = 0; done && i < submission->file_count; i++)
        done = file_write(file_join(arena, part, submission->files[i].name),
            submission->files[i].bytes, submission->files[i].length, err);
    done = done && file_publish_folder(part, folder, err);
    if (!done) {
        *outcome = DELIVERY_RETRY;
        *words = arena_copy(arena, err->text);
        *err = (Err){0};
    }
    return true;
}

bool
submit_deliver(Run *run, Arena *arena, const Terms *terms, const char *carrier_slug,
    const Submission *submission, DeliveryOutcome *outcome, const char **words, Err *err)
{
    switch (terms->channel) {
    case SUBMIT_EMAIL:
        return deliver_mail(run, arena, terms, submission, outcome, words, err);
    case SUBMIT_HTTP:
        return deliver_http(run, arena, terms, submission, outcome, words, err);
    default:
        return deliver_folder(run, arena, carrier_slug, submission, outcome, words, err);
    }
}
