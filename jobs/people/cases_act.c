/*
 * People act without the night's lock. Their cases are held from the moment they are read until the change is written,
 * as the night holds those it may touch, so neither overwrites the other.
 */
#include "core/clock.h"
#include "core/csv.h"
#include "core/words.h"
#include "jobs/people/actor.h"
#include "jobs/people/case_text.h"
#include "jobs/people/cases.h"
#include "jobs/run/run.h"

#include <inttypes.h>
#include <string.h>

// One action on some cases.
typedef struct Action
{
    Job *job;
    Db *db;
    CaseEvent event;
    Day until;
    const char *actor, *note;
    const CaseRecord *before;  // in the order given
    CaseChange *changes;
    size_t count;
} Action;

static bool
read_action(Action *action, Err *err)
{
    Job *const job = action->job;
    const bool dismissing = action->event == CASE_EVENT_DISMISSED;

    if (!job_option_day(job, "until", DAY_NONE, &action->until, err) ||
        !actor_words(job, dismissing ? "reason" : "note", dismissing, &action->note, err))
        return false;
    if (action->event == CASE_EVENT_SNOOZED && action->until == DAY_NONE)
        return err_set(err, ERR_CONFIG, "\"snooze\" needs its --until");
    return actor_read(job, &action->actor, err);
}

static CaseRecord *
find_record(CaseRecord *records, size_t count, const char *shipment_id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(records[i].shipment_id, shipment_id) == 0)
            return &records[i];
    return NULL;
}

// What is known of the named cases was read before they were held: their state counts as it is now.
static bool
hold(Action *action, CaseRecord *named, size_t count, Err *err)
{
    Arena *const arena = action->job->arena;
    const char **const ids = ARENA_ARRAY(arena, const char *, count);
    const CaseRecord *held;
    size_t held_count;

    for (size_t i = 0; i < count; i++)
        ids[i] = named[i].shipment_id;
    if (!cases_lock(action->db, arena, ids, count, &held, &held_count, err))
        return false;
    for (size_t i = 0; i < held_count; i++) {
        CaseRecord *const record = find_record(named, count, held[i].shipment_id);
        const char *const tracking_number = record->tracking_number;

        *record = held[i];
        record->tracking_number = tracking_number;
    }
    action->before = named;
    action->count = count;
    return held_count == count || err_set(err, ERR_TEMPORARY, "a case went away meanwhile");
}

// The cases that the words mean, each once, in the order given.
static bool
take_cases(Action *action, const char *const *words, size_t word_count, Err *err)
{
    CaseRecord *const named = ARENA_ARRAY(action->job->arena, CaseRecord, word_count);
    const CaseRecord *records;
    size_t count = 0;

    if (!cases_of_words(action->job, action->db, words, word_count, &records, err))
        return false;
    for (size_t i = 0; i < word_count; i++)
        if (find_record(named, count, records[i].shipment_id) == NULL)
            named[count++] = records[i];
    return hold(action, named, count, err);
}

static bool
apply(Action *action, Err *err)
{
    const Job *const job = action->job;

    action->changes = ARENA_ARRAY(job->arena, CaseChange, action->count);
    for (size_t i = 0; i < action->count; i++) {
        const CaseRecord *const before = &action->before[i];
        CaseChange *const change = &action->changes[i];

        *change = (CaseChange){.shipment_id = before->shipment_id,
            .number = before->number,
            .kind_before = before->kind,
            .note = action->note};
        if (!case_act(before, action->event, action->until, job->day, &change->step, err))
            return false;
    }
    for (size_t i = 0; i < action->count; i++)
        if (!cases_act(
                action->db, job->as_of, action->actor, clock_now(), &action->changes[i], err))
            return err_context(err, "case %" PRId64, action->changes[i].number);
    return true;
}

static void
say_text(const Job *job, const void *what)
{
    const Action *const action = what;

    for (size_t i = 0; i < action->count; i++) {
        const CaseRecord *const before = &action->before[i];
        const CaseStep *const after = &action->changes[i].step;

        fprintf(job->out, "case %" PRId64 " (%s, %s): %s -> %s%s\n", before->number,
            text_clean(job->arena, before->tracking_number),
            words_case_kind(LANGUAGE_ENGLISH, before->kind),
            words_case_standing(job->arena, LANGUAGE_ENGLISH, before->state, before->snoozed_until),
            words_case_standing(job->arena, LANGUAGE_ENGLISH, after->state, after->snoozed_until),
            job->dry_run ? " (dry run: nothing was written)" : "");
    }
}

static void
say_csv(const Job *job, const void *what)
{
    const Action *const action = what;
    static const char *const header[] = {
        "case", "kind", "state_before", "state", "snoozed_until", "actor", "note", NULL};
    Text out = {.arena = job->arena};

    for (size_t i = 0; header[i] != NULL; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < action->count; i++) {
        const CaseStep *const after = &action->changes[i].step;

        csv_of_int(&out, action->before[i].number);
        csv_add(&out, case_kind_name(action->before[i].kind));
        csv_add(&out, case_state_name(action->before[i].state));
        csv_add(&out, case_state_name(after->state));
        csv_add(&out,
            after->snoozed_until == DAY_NONE ? "" : day_print(out.arena, after->snoozed_until));
        csv_add_outside(&out, action->actor);
        csv_add_outside(&out, action->note);
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

static void
say_json(const Job *job, const void *what)
{
    const Action *const action = what;
    Arena *const arena = job->arena;
    json_t *const all = json_array();

    for (size_t i = 0; i < action->count; i++) {
        const CaseStep *const after = &action->changes[i].step;

        json_array_append_new(all,
            json_pack("{s:I, s:s, s:s, s:s, s:o, s:o, s:o}", "case",
                (json_int_t)action->before[i].number, "kind",
                case_kind_name(action->before[i].kind), "state_before",
                case_state_name(action->before[i].state), "state", case_state_name(after->state),
                "snoozed_until", json_of_day(arena, after->snoozed_until), "actor",
                json_of_text(arena, action->actor), "note", json_of_text(arena, action->note)));
    }
    screen_json(job, all);
}

static const ScreenForms forms = {say_text, say_csv, say_json};

static bool
change(void *context, Db *db, Err *err)
{
    Action *const action = context;
    const Job *const job = action->job;

    action->db = db;
    return take_cases(action, job->arguments + 1, job->argument_count - 1, err) &&
           apply(action, err);
}

bool
cases_change(Job *job, CaseEvent event, Err *err)
{
    Action action = {.job = job, .event = event};

    if (!read_action(&action, err) || !actor_change(job, change, &action, err))
        return false;
    screen_say(job, &forms, &action);
    return true;
}
