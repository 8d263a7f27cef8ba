/*
 * A parcel before the terms, asked by people: why it has no claim, or a claim that no night can know of.
 */
#include "core/claim_words.h"
#include "jobs/claim/filing.h"
#include "jobs/finance/claims.h"
#include "jobs/people/actor.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <string.h>

// The newest parcel of a tracking number.
static bool
find_parcel(Filing *filing, const char *tracking_number, Parcel *out, Err *err)
{
    Job *const job = filing->run->job;
    const char *const *ids;
    SourcePage page;
    size_t count;

    if (!source_find_tracking(
            filing->source, tracking_number, job->as_of, job->arena, &ids, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_CONFIG,
            "there is no claim with the number or tracking number \"%s\", and no shipment either",
            text_clean(job->arena, tracking_number));
    if (!source_read_ids(filing->source, ids, 1, job->as_of, job->arena, &page, err))
        return false;
    if (page.count == 0)
        return err_set(err, ERR_FAILED, "shipment \"%s\" cannot be used: %s",
            text_clean(job->arena, ids[0]),
            page.aside_count > 0 ? page.asides[0].reason : "it is gone");
    *out = filing_parcel(filing, &page.shipments[0], source_scans_of(&page, 0), job->arena);
    return true;
}

// One answer of the ledger or of the terms.
typedef struct Answer
{
    ClaimGround ground;
    Instant as_of;       // of the night that asked; INSTANT_NONE when the terms were asked now
    const char *reason;  // NULL when it can be claimed
    const ClaimCondition *conditions;
    size_t condition_count;
} Answer;

static void
answer_text(const Job *job, const char *tracking_number, const Answer *answer)
{
    Text out = {.arena = job->arena};
    const char *const ground = words_claim_ground(LANGUAGE_ENGLISH, answer->ground);
    const char *const when = answer->as_of == INSTANT_NONE
                                 ? "no night asked yet"
                                 : arena_printf(job->arena, "as of %s",
                                       zone_print(job->arena, job->zone, answer->as_of));

    screen_wrap(&out, screen_columns(job), 0, 2,
        answer->reason != NULL
            ? arena_printf(job->arena, "%s, %s: cannot be claimed, because %s (%s)",
                  tracking_number, ground, answer->reason, when)
            : arena_printf(job->arena, "%s, %s: could be claimed by the terms (%s)",
                  tracking_number, ground, when));
    claims_conditions_text(job, answer->conditions, answer->condition_count, &out);
    fputs(text_get(&out), job->out);
}

static json_t *
answer_json(const Job *job, const char *tracking_number, const Answer *answer)
{
    Arena *const arena = job->arena;
    json_t *const json = json_object();

    json_object_set_new(json, "claim", json_null());
    json_object_set_new(json, "tracking_number", json_of_text(arena, tracking_number));
    json_object_set_new(json, "ground", json_string(claim_ground_name(answer->ground)));
    json_object_set_new(json, "can_be_claimed", json_boolean(answer->reason == NULL));
    json_object_set_new(json, "because", json_of_text(arena, answer->reason ? answer->reason : ""));
    json_object_set_new(json, "as_of", json_of_instant(arena, answer->as_of));
    json_object_set_new(json, "conditions",
        claims_conditions_json(arena, answer->conditions, answer->condition_count));
    return json;
}

// What nights remembered; where none asked, what the terms say of a loss.
static bool
gather(Filing *filing, Db *db, const Parcel *parcel, Answer **out, size_t *count, Err *err)
{
    Arena *const arena = filing->arena;
    const ClaimRefusal *refusals;

    if (!claims_refusals(db, arena, parcel->shipment->id, &refusals, count, err))
        return false;

    Answer *const answers = ARENA_ARRAY(arena, Answer, *count + 1);

    for (size_t i = 0; i < *count; i++) {
        const ClaimKey key = {parcel->shipment->id, refusals[i].key.ground};

        answers[i] = (Answer){
            .ground = key.ground, .as_of = refusals[i].as_of, .reason = refusals[i].reason};
        if (!claims_conditions(
                db, arena, key, &answers[i].conditions, &answers[i].condition_count, err))
            return false;
    }
    if (*count == 0) {
        const Drafted drafted = filing_draft(filing, parcel, GROUND_LOSS, arena);

        answers[(*count)++] = (Answer){.ground = GROUND_LOSS,
            .as_of = INSTANT_NONE,
            .reason = drafted.granted ? NULL : drafted.reason,
            .conditions = drafted.conditions,
            .condition_count = drafted.condition_count};
    }
    *out = answers;
    return true;
}

bool
claims_show_parcel(Job *job, const char *tracking_number, Err *err)
{
    Run run;
    Filing filing;
    Parcel parcel;
    Answer *answers;
    size_t count;
    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !run_begin_reading(job, &run, err) ||
        !filing_begin(&filing, &run, job->arena, err) || !filing_open_source(&filing, err) ||
        !find_parcel(&filing, tracking_number, &parcel, err) ||
        !gather(&filing, db, &parcel, &answers, &count, err))
        return false;

    const char *const number = text_clean(job->arena, tracking_number);
    json_t *const all = job->format == FORMAT_JSON ? json_array() : NULL;

    for (size_t i = 0; i < count; i++)
        if (all)
            json_array_append_new(all, answer_json(job, number, &answers[i]));
        else
            answer_text(job, number, &answers[i]);
    if (all)
        screen_json(job, all);
    return true;
}

static bool
read_ground(const Job *job, ClaimGround *out, Err *err)
{
    const char *const ground = job_option(job, "ground");
    const char *grounds[GROUND_COUNT] = {0};
    size_t index = GROUND_NOT_RECEIVED - 1;

    for (int i = GROUND_LOSS; i < GROUND_COUNT; i++)
        grounds[i - 1] = claim_ground_name((ClaimGround)i);
    if (ground && !job_choose("ground", ground, grounds, &index, err))
        return false;
    *out = (ClaimGround)(index + 1);
    return true;
}

static bool
check_new(const Filing *filing, const Parcel *parcel, ClaimGround ground, Err *err)
{
    const Job *const job = filing->run->job;
    LedgerClaims claims = {.arena = job->arena};

    if (!claims_of_shipment(
            filing->run->db, parcel->shipment->id, job->as_of, job->day, &claims, err))
        return false;
    for (size_t i = 0; i < claims.count; i++)
        if (claims.items[i].claim.ground == ground)
            return err_set(err, ERR_CONFIG, "the parcel has a claim on that ground already: %s",
                claims.items[i].claim.reference);
    return true;
}

static void
say_opened(const Filing *filing, const Drafted *drafted, const Sheet *sheet)
{
    const Job *const job = filing->run->job;
    const Claim *const claim = sheet->openings.items[0].claim;

    fprintf(job->out, "claim %s (%s, %s): %s, brings %s%s%s%s\n", claim->reference,
        text_clean(job->arena, claim->tracking_number),
        words_claim_ground(LANGUAGE_ENGLISH, claim->ground),
        words_claim_state(LANGUAGE_ENGLISH, drafted->claim.state),
        words_money(job->arena, LANGUAGE_ENGLISH, claim->payable),
        text_is_empty(claim->missing) ? "" : "; missing: ", claim->missing,
        job->dry_run ? " (dry run: nothing was written)" : "");
}

static bool
open_parcel(Run *run, Err *err)
{
    Job *const job = run->job;
    Filing filing;
    Parcel parcel;
    Drafted drafted;
    ClaimGround ground;
    const char *note;
    Sheet sheet = sheet_begin(job->arena);

    if (!filing_begin(&filing, run, job->arena, err) || !read_ground(job, &ground, err) ||
        !actor_read(job, &filing.pen.actor, err) || !actor_words(job, "note", false, &note, err) ||
        !filing_open_source(&filing, err) ||
        !find_parcel(&filing, job->arguments[1], &parcel, err) ||
        !check_new(&filing, &parcel, ground, err) ||
        !claims_last_number(run->db, &filing.last_number, err) ||
        !filing_answer(&filing, &sheet, &parcel, ground,
            text_is_empty(note) ? filing_why(ground) : note, &drafted, err) ||
        !sheet_write(&filing, &sheet, err))
        return false;
    if (!drafted.granted)
        return err_set(err, ERR_CONFIG, "cannot be claimed, because %s", drafted.reason);
    say_opened(&filing, &drafted, &sheet);
    return true;
}

static bool
open_claim(Job *job, Err *err)
{
    if (!text_is_utf8(job->arguments[1], strlen(job->arguments[1])))
        return err_set(err, ERR_CONFIG, "\"%s\" is not valid UTF-8",
            text_clean(job->arena, job->arguments[1]));
    return run_step(job, open_parcel, err);
}

const ClaimsAction claims_action_open = {
    .name = "open",
    .run = open_claim,
    .options = (const char *const[]){"ground", "note", "actor", NULL},
    .words_min = 1,
    .words_max = 1,
    .wanted = "a tracking number",
};
