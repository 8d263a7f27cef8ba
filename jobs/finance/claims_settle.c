/*
 * settle: one transaction for each file, so a file is booked whole or not at all. The claims that it could mean are held
 * from the moment they are read until all is written.
 */
#include "core/clock.h"
#include "core/file.h"
#include "core/hash.h"
#include "jobs/finance/claims.h"
#include "jobs/finance/settlement_file.h"
#include "jobs/frame/signals.h"
#include "jobs/people/actor.h"
#include "jobs/run/run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX      1000
#define FILE_BYTES_MAX ((size_t)64 << 20)

typedef struct Settling
{
    Job *job;
    Db *db;
    SettlementAct act;
    SettlementMaps maps;
} Settling;

static const char *
base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool
is_ubl(const Job *job, const char *path, bool *out, Err *err)
{
    static const char *const inputs[] = {"csv", "ubl", NULL};
    const char *const input = job_option(job, "input");
    const size_t length = strlen(path);
    size_t index = length > 4 && text_equal_folded(path + length - 4, ".xml") ? 1 : 0;

    if (input && !job_choose("input", input, inputs, &index, err))
        return false;
    *out = index == 1;
    return true;
}

static bool
read_file(const Settling *settling, const char *path, SettlementFile *file, Err *err)
{
    Arena *const arena = settling->job->arena;
    size_t length;
    bool ubl;
    const char *bytes;

    if (!is_ubl(settling->job, path, &ubl, err) ||
        !(bytes = file_read(arena, path, FILE_BYTES_MAX, &length, err)))
        return false;
    file->name = text_clean(arena, base_name(path));
    file->sha256 = text_sha256(arena, bytes, length);

    const bool read =
        ubl ? settlement_read_ubl(arena, bytes, length, &file->lines, err)
            : settlement_read_csv(arena, bytes, length,
                  settlement_map_of(&settling->maps, file->carrier), &file->lines, err);

    if (!read) {
        err->kind = ERR_CONFIG;  // the file as a whole is not what was said
        err_context(err, "%s", file->name);
    }
    return read;
}

static int
compare_lines(const void *a, const void *b)
{
    const int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;

    return first < second ? -1 : first > second;
}

static SettlementKeys
keys_of(Arena *arena, const SettlementLines *lines)
{
    int64_t *const numbers = ARENA_ARRAY(arena, int64_t, lines->count);
    const char **const tracking = ARENA_ARRAY(arena, const char *, lines->count);
    const char **const notes = ARENA_ARRAY(arena, const char *, lines->count);
    SettlementKeys keys = {.numbers = numbers, .tracking_keys = tracking, .credit_notes = notes};

    for (size_t i = 0; i < lines->count; i++) {
        const SettlementLine *const line = &lines->items[i];
        const int64_t number = settlement_reference_number(line->reference);

        if (number > 0)
            numbers[keys.number_count++] = number;
        if (*line->tracking_number != '\0')
            tracking[keys.tracking_count++] = settlement_tracking_key(arena, line->tracking_number);
        if (*line->credit_note != '\0')
            notes[keys.note_count++] = line->credit_note;
    }
    return keys;
}

// "credit note CN-1, line 3 of avoirs.csv: too late".
static const char *
note_of(Arena *arena, const SettlementFile *file, const SettlementLine *line)
{
    const char *const where =
        file->by_hand ? "by hand"
                      : arena_printf(arena, "line %" PRId64 " of %s", line->line, file->name);

    return arena_printf(arena, "%s%s%s%s%s%s", *line->credit_note ? "credit note " : "",
        line->credit_note, *line->credit_note ? ", " : "", where, *line->reason ? ": " : "",
        line->reason);
}

static bool
write_line(const Settling *settling, const SettlementFile *file, size_t index, Err *err)
{
    const SettlementLine *const line = &file->lines.items[index];
    const SettlementAnswer *const answer = &file->answers[index];
    const bool booked = answer->state == SETTLEMENT_MATCHED;
    const SettlementClaim *const claim =
        booked || answer->state == SETTLEMENT_REPEATED ? &file->claims[answer->claim] : NULL;
    const SettlementRecord record = {.file_sha256 = file->sha256,
        .file_name = file->name,
        .carrier = file->carrier,
        .line = *line,
        .state = answer->state,
        .why = answer->why,
        .claim = claim};

    return (!booked || settlements_apply(settling->db, &settling->act, claim, answer, line->amount,
                           note_of(settling->job->arena, file, line), err)) &&
           settlements_keep(settling->db, &settling->act, &record, NULL, err);
}

// Each line in turn, because one may change what the next one means.
static bool
book_lines(const Settling *settling, SettlementFile *file, Err *err)
{
    Arena *const arena = settling->job->arena;
    const SettlementKeys keys = keys_of(arena, &file->lines);
    const int64_t *done;
    size_t done_count, count;

    if (!settlements_done(settling->db, arena, file->sha256, &done, &done_count, err) ||
        !settlements_claims(settling->db, arena, &keys, &file->claims, &count, err))
        return false;

    SettlementBook *const book = settlement_book(arena, file->claims, count, file->carrier);

    for (size_t i = 0; i < file->lines.count; i++) {
        const SettlementLine *const line = &file->lines.items[i];

        if (done_count > 0 && bsearch(&line->line, done, done_count, sizeof *done, compare_lines)) {
            file->before++;
            continue;
        }
        file->answers[i] = settlement_book_line(book, line);
        file->counts[file->answers[i].state]++;
        if (interrupted(err) || !write_line(settling, file, i, err))
            return false;
    }
    return true;
}

// All that a transaction does, and nothing of it in a dry run.
static bool
within_transaction(Settling *settling, bool (*act)(const Settling *, SettlementFile *, Err *),
    SettlementFile *file, Err *err)
{
    const bool dry_run = settling->job->dry_run;
    const bool done = db_begin(settling->db, err) && act(settling, file, err) &&
                      (dry_run || db_commit(settling->db, err));

    if (!done || dry_run)
        db_rollback(settling->db);
    return done;
}

static bool
settle_files(Settling *settling, const char *carrier, Err *err)
{
    Job *const job = settling->job;
    const size_t count = job->argument_count - 1;
    SettlementFile *const files = ARENA_ARRAY(job->arena, SettlementFile, count);

    for (size_t i = 0; i < count; i++) {
        files[i].carrier = carrier;
        if (!read_file(settling, job->arguments[i + 1], &files[i], err))
            return false;
        files[i].answers = ARENA_ARRAY(job->arena, SettlementAnswer, files[i].lines.count);
    }
    for (size_t i = 0; i < count; i++) {
        if (!within_transaction(settling, book_lines, &files[i], err))
            return err_context(err, "%s", files[i].name);
        if (files[i].counts[SETTLEMENT_AMBIGUOUS] + files[i].counts[SETTLEMENT_UNMATCHED] +
                files[i].counts[SETTLEMENT_SET_ASIDE] >
            0)
            job->exit_code = EXIT_INCOMPLETE;
    }
    settlement_say(job, files, count);
    return true;
}

static bool
read_amount(const Job *job, SettlementLine *line, Err *err)
{
    const char *const amount = job_option(job, "amount"), *currency = job_option(job, "currency");

    currency = currency ? currency : job->settings->currency;
    if (!amount)
        return true;
    line->amount_text = text_clean(job->arena, amount);
    if (*line->credit_note == '\0')
        return err_set(err, ERR_CONFIG,
            "\"settle\" needs the --credit-note that credits, so that it is booked once");
    if (settlement_amount(line->amount_text, DECIMAL_EITHER, currency, &line->amount, err))
        return true;
    err->kind = ERR_CONFIG;
    return false;
}

// What the options say, as a line of a file of its own.
static bool
line_by_hand(const Job *job, int64_t number, SettlementFile *file, Err *err)
{
    Arena *const arena = job->arena;
    SettlementLine *const line = ARENA_NEW(arena, SettlementLine);

    *line = (SettlementLine){.line = 1,
        .reference = claim_reference(arena, number),
        .tracking_number = "",
        .amount_text = "",
        .problem = ""};
    if (!actor_words(job, "credit-note", false, &line->credit_note, err) ||
        !actor_words(job, "refused", false, &line->reason, err) || !read_amount(job, line, err) ||
        !job_option_day(job, "date", DAY_NONE, &line->day, err))
        return false;
    if (!money_is_known(line->amount) && *line->reason == '\0')
        return err_set(err, ERR_CONFIG, "\"settle\" needs --amount, --refused or --line");

    const char *const words = arena_printf(arena, "%s\n%s\n%s\n%s", line->reference,
        money_is_known(line->amount) ? money_print(arena, line->amount) : "", line->credit_note,
        line->reason);

    *file = (SettlementFile){.name = "by hand",
        .by_hand = true,
        .sha256 = text_sha256(arena, words, strlen(words)),
        .carrier = "",
        .lines = {.items = line, .count = 1}};
    return true;
}

// A line that was kept, named as "SHA:LINE".
static bool
line_kept(const Settling *settling, const char *name, SettlementFile *file, Err *err)
{
    Arena *const arena = settling->job->arena;
    const size_t length = strspn(name, "0123456789abcdef");
    SettlementRecord record;
    int64_t number;

    if (length < 8 || name[length] != ':' || !text_parse_int(name + length + 1, &number))
        return err_set(err, ERR_CONFIG, "\"%.80s\" names no line (--list open does)", name);
    if (!settlements_kept(
            settling->db, arena, arena_copy_bytes(arena, name, length), number, &record, err))
        return false;
    if (record.state == SETTLEMENT_MATCHED || record.state == SETTLEMENT_REPEATED)
        return err_set(err, ERR_CONFIG, "line %s was booked before", name);
    if (!money_is_known(record.line.amount) && !settlement_is_refusal(&record.line))
        return err_set(
            err, ERR_CONFIG, "line %s has no amount that could be booked: use --amount", name);

    SettlementLine *const line = ARENA_NEW(arena, SettlementLine);

    *line = record.line;
    *file = (SettlementFile){.name = record.file_name,
        .sha256 = record.file_sha256,
        .carrier = record.carrier,
        .lines = {.items = line, .count = 1}};
    return true;
}

static bool
book_by_hand(const Settling *settling, SettlementFile *file, Err *err)
{
    Job *const job = settling->job;
    const char *const kept = job_option(job, "line");
    const int64_t *done;
    int64_t number = 0;
    size_t count, done_count = 0;

    if (!claims_number(job->arguments[1], &number, err) ||
        !(kept ? line_kept(settling, kept, file, err) : line_by_hand(job, number, file, err)) ||
        (!kept &&
            !settlements_done(settling->db, job->arena, file->sha256, &done, &done_count, err)) ||
        !settlements_claims(settling->db, job->arena,
            &(SettlementKeys){.numbers = &number, .number_count = 1}, &file->claims, &count, err))
        return false;
    if (count == 0)
        return err_set(
            err, ERR_CONFIG, "there is no claim %s", claim_reference(job->arena, number));

    file->answers = ARENA_NEW(job->arena, SettlementAnswer);
    if (done_count > 0) {
        file->before = 1;
        return true;
    }

    SettlementBook *const book = settlement_book(job->arena, file->claims, count, "");

    *file->answers = settlement_book_on(book, 0, file->lines.items);
    if (file->answers->state == SETTLEMENT_SET_ASIDE)
        return err_set(err, ERR_CONFIG, "%s", file->answers->why);
    file->counts[file->answers->state]++;
    return write_line(settling, file, 0, err);
}

static bool
settle_by_hand(Settling *settling, Err *err)
{
    SettlementFile file = {0};

    if (settling->job->argument_count != 2)
        return err_set(err, ERR_CONFIG, "one claim is settled by hand at a time");
    if (!within_transaction(settling, book_by_hand, &file, err))
        return false;
    settlement_say(settling->job, &file, 1);
    return true;
}

static bool
print_list(Settling *settling, const char *what, const char *carrier, Err *err)
{
    static const char *const lists[] = {"open", "underpaid", NULL};
    size_t index;

    if (settling->job->argument_count > 1)
        return err_set(err, ERR_CONFIG, "--list takes no file and no claim");
    if (!job_choose("list", what, lists, &index, err))
        return false;
    return index == 0 ? settlement_list_open(settling->job, settling->db, carrier, err)
                      : settlement_list_underpaid(settling->job, settling->db, carrier, err);
}

static bool
run_settle(Job *job, Err *err)
{
    Settling settling = {.job = job, .act = {.as_of = job->as_of, .recorded_at = clock_now()}};
    Problems problems = {.arena = job->arena};
    const char *const list = job_option(job, "list"), *const name = job_option(job, "carrier");
    const char *const carrier = name ? text_slug(job->arena, name) : "";
    int64_t number;
    Err ignored = {0};

    if (!list && job->argument_count < 2)
        return err_set(err, ERR_CONFIG, "\"settle\" needs a file, a claim's number or --list");

    const bool loaded = settlement_maps_load(
        job->arena, job->settings->claims.settlements, &settling.maps, &problems, err);

    job_report_problems(job, &problems);
    if (!loaded || !actor_read(job, &settling.act.actor, err) ||
        !(settling.db = run_connect(job, job->arena, err)))
        return false;
    if (list)
        return print_list(&settling, list, carrier, err);
    return claims_number(job->arguments[1], &number, &ignored)
               ? settle_by_hand(&settling, err)
               : settle_files(&settling, carrier, err);
}

const ClaimsAction claims_action_settle = {
    .name = "settle",
    .run = run_settle,
    .words_max = FILES_MAX,
    .wanted = "a file, a claim's number or --list",
    .options = (const char *const[]){"carrier", "input", "list", "amount", "currency",
        "credit-note", "date", "refused", "line", "actor", NULL},
};
