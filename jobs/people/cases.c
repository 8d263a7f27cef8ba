#include "jobs/people/cases.h"

#include "jobs/people/case_text.h"
#include "jobs/people/explain.h"
#include "jobs/report/explanation.h"
#include "reports/reports.h"

#include <inttypes.h>
#include <string.h>

extern const Command command_cases;

#define LIMIT_DEFAULT 50
#define LIMIT_MAX     1000000
#define WORDS_MAX     1000  // cases named in one command

enum
{
    ACTION_LIST,
    ACTION_SHOW,
    ACTION_ACK,
    ACTION_SNOOZE,
    ACTION_DISMISS,
    ACTION_RESOLVE,
};

// Which actions an option means something to.
static const struct
{
    const char *option;
    unsigned actions;
} meanings[] = {
    {"kind", 1U << ACTION_LIST},
    {"state", 1U << ACTION_LIST},
    {"carrier", 1U << ACTION_LIST},
    {"incident", 1U << ACTION_LIST},
    {"limit", 1U << ACTION_LIST},
    {"until", 1U << ACTION_SNOOZE},
    {"reason", 1U << ACTION_DISMISS},
    {"note", 1U << ACTION_ACK | 1U << ACTION_SNOOZE | 1U << ACTION_RESOLVE},
    {"actor", 1U << ACTION_ACK | 1U << ACTION_SNOOZE | 1U << ACTION_DISMISS | 1U << ACTION_RESOLVE},
};

static const char *
word_text(const Job *job, const char *word)
{
    return text_clean(job->arena, word);
}

// The match of a word among all matches; ERR_CONFIG when it has none or several.
static bool
pick(const Job *job, const char *const *words, size_t word, const CaseMatch *matches, size_t count,
    CaseRecord *out, Err *err)
{
    const CaseMatch *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (matches[i].word != word)
            continue;
        if (found == NULL)
            found = &matches[i];
        else if (!found->by_number)
            return err_set(err, ERR_CONFIG,
                "tracking number \"%s\" has several cases: name one of them by its number (%" PRId64
                ", %" PRId64 ")",
                word_text(job, words[word]), found->record.number, matches[i].record.number);
    }
    if (found == NULL)
        return err_set(err, ERR_CONFIG,
            "there is no case with the number or tracking number \"%s\"",
            word_text(job, words[word]));
    *out = found->record;
    return true;
}

bool
cases_of_words(
    Job *job, Db *db, const char *const *words, size_t count, const CaseRecord **records, Err *err)
{
    CaseRecord *const picked = ARENA_ARRAY(job->arena, CaseRecord, count);
    const CaseMatch *matches;
    size_t match_count;

    for (size_t i = 0; i < count; i++)
        if (!text_is_utf8(words[i], strlen(words[i])))
            return err_set(err, ERR_CONFIG, "\"%s\" is not valid UTF-8", word_text(job, words[i]));
    if (!cases_find(db, job->arena, words, count, &matches, &match_count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!pick(job, words, i, matches, match_count, &picked[i], err))
            return false;
    *records = picked;
    return true;
}

static bool
read_filter(const Job *job, CaseFilter *out, Err *err)
{
    const char *const kind = job_option(job, "kind"), *const state = job_option(job, "state");
    const char *const carrier = job_option(job, "carrier");
    const char *kinds[CASE_KIND_COUNT] = {0}, *states[CASE_STATE_COUNT + 2] = {"live", "all"};
    CaseFilter filter = {.kind = "", .state = "live", .carrier = "", .shipment_id = ""};
    size_t index;

    for (int i = CASE_NONE + 1; i < CASE_KIND_COUNT; i++)
        kinds[i - 1] = case_kind_name((CaseKind)i);
    for (int i = CASE_OPEN; i < CASE_STATE_COUNT; i++)
        states[i + 1] = case_state_name((CaseState)i);
    if ((kind && !job_choose("kind", kind, kinds, &index, err)) ||
        (state && !job_choose("state", state, states, &index, err)) ||
        !job_option_int(job, "incident", 1, INT64_MAX, 0, &filter.incident, err) ||
        !job_option_int(job, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &filter.limit, err))
        return false;
    if (kind)
        filter.kind = kind;
    if (state)
        filter.state = strcmp(state, "all") == 0 ? "" : state;
    if (carrier)
        filter.carrier = text_clean(job->arena, carrier);
    *out = filter;
    return true;
}

static void
print_table(const Job *job, const CaseRecord *cases, size_t count, bool more)
{
    if (count == 0)
        fputs("no such case\n", job->out);
    else
        fputs(report_table(job->arena, cases, count, job->zone, job->settings->currency,
                  screen_columns(job)),
            job->out);
    if (more)
        fprintf(job->out, "and more: --limit shows more than %zu\n", count);
}

static void
print_csv(const Job *job, const CaseRecord *cases, size_t count)
{
    const Digest digest = {.as_of = job->as_of,
        .day = job->day,
        .currency = job->settings->currency,
        .cases = cases,
        .case_count = count};

    report_csv(job->out, &digest);
}

static void
print_json(const Job *job, const CaseRecord *cases, size_t count)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(all, case_json(job, &cases[i]));
    screen_json(job, all);
}

static bool
list(Job *job, Err *err)
{
    CaseFilter filter;
    const CaseRecord *cases;
    size_t count;

    if (!read_filter(job, &filter, err))
        return false;

    Db *const db = run_connect(job, job->arena, err);
    const size_t limit = (size_t)filter.limit++;  // one more tells whether there are more

    if (db == NULL || !cases_list(db, job->arena, &filter, &cases, &count, err))
        return false;

    const size_t shown = count < limit ? count : limit;

    if (job->format == FORMAT_JSON)
        print_json(job, cases, shown);
    else if (job->format == FORMAT_CSV)
        print_csv(job, cases, shown);
    else
        print_table(job, cases, shown, count > limit);
    return true;
}

static bool
print_one(Job *job, Db *db, const CaseRecord *record, bool first, Err *err)
{
    const size_t columns = screen_columns(job);
    const CaseHistory *history;
    size_t count;
    Text out = {.arena = job->arena};

    if (!cases_history(db, job->arena, record->shipment_id, INSTANT_NONE, &history, &count, err))
        return false;
    if (!first)
        text_add(&out, "\n");
    case_text(job, &out, columns, record);

    const StoryPart life =
        explain_history(job->arena, LANGUAGE_ENGLISH, job->zone, "History", history, count);

    story_part_text(&out, columns, &life);
    fputs(text_get(&out), job->out);
    return true;
}

static bool
add_json(Job *job, Db *db, const CaseRecord *record, json_t *all, Err *err)
{
    const CaseHistory *history;
    size_t count;

    if (!cases_history(db, job->arena, record->shipment_id, INSTANT_NONE, &history, &count, err))
        return false;

    json_t *const json = case_json(job, record);

    json_object_set_new(json, "history", case_history_json(job, history, count));
    json_array_append_new(all, json);
    return true;
}

static bool
show_each(Job *job, Db *db, const CaseRecord *named, size_t count, json_t *all, Err *err)
{
    for (size_t i = 0; i < count; i++) {
        const CaseFilter filter = {.kind = "",
            .state = "",
            .carrier = "",
            .shipment_id = named[i].shipment_id,
            .limit = 1};
        const CaseRecord *records;
        size_t found;

        if (!cases_list(db, job->arena, &filter, &records, &found, err))
            return false;
        if (found == 1 && !(all ? add_json(job, db, records, all, err)
                                : print_one(job, db, records, i == 0, err)))
            return false;
    }
    return true;
}

static bool
show(Job *job, Err *err)
{
    const size_t count = job->argument_count - 1;
    const CaseRecord *named;

    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"show\" prints text or json");

    Db *const db = run_connect(job, job->arena, err);

    if (db == NULL || !cases_of_words(job, db, job->arguments + 1, count, &named, err))
        return false;

    json_t *const all = job->format == FORMAT_JSON ? json_array() : NULL;
    const bool shown = show_each(job, db, named, count, all, err);

    if (shown && all)
        screen_json(job, all);
    else
        json_decref(all);
    return shown;
}

static bool
check_usage(const Job *job, unsigned action, Err *err)
{
    const char *const name = job->command->actions[action];

    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (job_option(job, meanings[i].option) && !(meanings[i].actions & 1U << action))
            return err_set(err, ERR_CONFIG, "option \"--%s\" means nothing to \"%s\"",
                meanings[i].option, name);
    if (action == ACTION_LIST && job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "\"list\" takes no more arguments (\"show\" does)");
    if (action != ACTION_LIST && job->argument_count < 2)
        return err_set(err, ERR_CONFIG, "\"%s\" needs the number of a case", name);
    return true;
}

static bool
cases_run(Job *job, Err *err)
{
    static const CaseEvent events[] = {
        [ACTION_ACK] = CASE_EVENT_ACKNOWLEDGED,
        [ACTION_SNOOZE] = CASE_EVENT_SNOOZED,
        [ACTION_DISMISS] = CASE_EVENT_DISMISSED,
        [ACTION_RESOLVE] = CASE_EVENT_RESOLVED,
    };
    size_t action = ACTION_LIST;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &action, err))
        return false;
    if (!check_usage(job, (unsigned)action, err))
        return false;
    return action == ACTION_LIST   ? list(job, err)
           : action == ACTION_SHOW ? show(job, err)
                                   : cases_change(job, events[action], err);
}

static const OptionSpec options[] = {
    {"kind", 'k', "KIND", "list: only lost, stuck, not_handed_over, late or at_risk"},
    {"state", 0, "STATE",
        "list: only live (the default: open, acknowledged, snoozed), all, or one of open, "
        "acknowledged, snoozed, dismissed, resolved, cleared"},
    {"carrier", 0, "NAME", "list: only this carrier, as the source spells it"},
    {"incident", 0, "NUMBER", "list: only cases that this incident concerns"},
    {"limit", 'l', "NUMBER", "list: at most so many (50 by default)"},
    {"until", 'u', "DATE", "snooze: wake the case on this day"},
    {"reason", 'r', "TEXT", "dismiss: why it is no anomaly; kept for ever"},
    {"note", 0, "TEXT", "ack, snooze, resolve: words for the history"},
    {"actor", 0, "NAME", "who acts; your login name by default"},
    {0},
};

const Command command_cases = {
    .name = "cases",
    .summary = "list cases, look at one, acknowledge, snooze, dismiss, resolve",
    .usage = "[ACTION] [NUMBER]...",
    .description =
        "ACTION is list (the default), which ranks the cases by what they cost if nobody acts; "
        "show prints a case with its history; ack says that somebody looks after it; snooze puts "
        "it out of sight until a day, unless it grows worse; dismiss says that it is no anomaly; "
        "resolve says that it is settled. A dismissed or resolved case comes back only when "
        "something graver "
        "happens.\n\n"
        "NUMBER is a case number or a tracking number; several may be given, and either all of "
        "them change or none. --format csv and json print the same as data.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | WRITES | TAKES_FORMAT,
    .options = options,
    .arguments_max = WORDS_MAX,
    .actions = (const char *const[]){"list", "show", "ack", "snooze", "dismiss", "resolve", NULL},
    .examples = (const char *const[]){"vigie cases --kind lost --format csv > lost.csv",
        "vigie cases show 12", "vigie cases list --incident 3",
        "vigie cases snooze 12 15 --until 2026-11-25",
        "vigie cases dismiss 6A12345678901 --reason \"customer has it\"", NULL},
    .run = cases_run,
};
