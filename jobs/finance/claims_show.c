/*
 * claims show and history: one claim whole, or why a parcel has none.
 */
#include "jobs/finance/claims.h"
#include "jobs/run/run.h"

#include <string.h>

// One that no claim answers to is a parcel's tracking number, of which the reason is told.
static bool
is_claim(Job *job, Db *db, const char *word, bool *known, Err *err)
{
    const ClaimMatch *matches;
    size_t count;

    if (!text_is_utf8(word, strlen(word)))
        return err_set(err, ERR_CONFIG, "\"%s\" is not valid UTF-8", text_clean(job->arena, word));
    if (!claims_find(db, job->arena, &word, 1, job->day, &matches, &count, err))
        return false;
    *known = count > 0;
    return true;
}

// A tracking number may have claims on several grounds: all are shown.
static bool
print_each(Job *job, Db *db, const char *word, json_t *all, Err *err)
{
    const ClaimMatch *matches;
    size_t count;
    Text out = {.arena = job->arena};

    if (!claims_find(db, job->arena, &word, 1, job->day, &matches, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        ClaimFile file;

        if (!claims_file(job, db, &matches[i].item, &file, err))
            return false;
        if (all)
            json_array_append_new(all, claims_file_json(job, &file));
        else
            claims_file_text(job, &file, &out);
        text_add(&out, !all && i + 1 < count ? "\n" : "");
    }
    fputs(text_get(&out), job->out);
    return true;
}

static bool
refuse_csv(const Job *job, Err *err)
{
    return job->format != FORMAT_CSV ||
           err_set(err, ERR_CONFIG, "\"%s\" prints text or json", job->arguments[0]);
}

static bool
show(Job *job, Err *err)
{
    const char *const word = job->arguments[1];
    Db *const db = refuse_csv(job, err) ? run_connect(job, job->arena, err) : NULL;
    bool known = false;

    if (db == NULL || !is_claim(job, db, word, &known, err))
        return false;
    if (!known)
        return claims_show_parcel(job, word, err);

    json_t *const all = job->format == FORMAT_JSON ? json_array() : NULL;
    const bool shown = print_each(job, db, word, all, err);

    if (shown && all)
        screen_json(job, all);
    else
        json_decref(all);
    return shown;
}

static bool
history(Job *job, Err *err)
{
    Db *const db = refuse_csv(job, err) ? run_connect(job, job->arena, err) : NULL;
    const LedgerClaim *item;
    ClaimFile file;
    Text out = {.arena = job->arena};

    if (db == NULL || !claims_of_words(job, db, job->arguments + 1, 1, &item, err) ||
        !claims_file(job, db, item, &file, err))
        return false;
    if (job->format == FORMAT_JSON) {
        screen_json(job, claims_history_json(job, &file));
        return true;
    }
    text_add_format(&out, "Claim %s\n", item->claim.reference);
    claims_history_text(job, &file, &out);
    fputs(text_get(&out), job->out);
    return true;
}

const ClaimsAction claims_action_show = {
    .name = "show",
    .run = show,
    .options = (const char *const[]){NULL},
    .words_min = 1,
    .words_max = 1,
    .wanted = "the number of a claim or a tracking number",
};

const ClaimsAction claims_action_history = {
    .name = "history",
    .run = history,
    .options = (const char *const[]){NULL},
    .words_min = 1,
    .words_max = 1,
    .wanted = "the number of a claim",
};
