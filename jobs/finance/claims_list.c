/*
 * claims list: finance sees first what expires first, then what brings most.
 */
#include "core/claim_words.h"
#include "core/csv.h"
#include "core/width.h"
#include "jobs/finance/claims.h"
#include "jobs/run/run.h"

#include <inttypes.h>
#include <string.h>

#define LIMIT_DEFAULT 50
#define LIMIT_MAX     1000000
#define DUE_MAX       36500

enum
{
    REFERENCE,
    STATE,
    GROUND,
    CARRIER,
    TRACKING,
    ACT_BY,
    BRINGS,
    TASK,
    COLUMN_COUNT
};

static const struct
{
    const char *heading;
    size_t cap;  // columns at most; one odd row must not take the room of all
} columns_known[COLUMN_COUNT] = {
    [REFERENCE] = {"CLAIM", 12},
    [STATE] = {"STATE", 20},
    [GROUND] = {"GROUND", 14},
    [CARRIER] = {"CARRIER", 18},
    [TRACKING] = {"TRACKING NUMBER", 24},
    [ACT_BY] = {"ACT BY", 24},
    [BRINGS] = {"BRINGS", 16},
    [TASK] = {"TO DO", 0},
};

typedef const char *Cells[COLUMN_COUNT];

static bool
read_filter(const Job *job, ClaimFilter *out, Err *err)
{
    const char *const state = job_option(job, "state"), *const ground = job_option(job, "ground");
    const char *const carrier = job_option(job, "carrier");
    const char *states[CLAIM_STATE_COUNT + 3] = {"live", "task", "all"};
    const char *grounds[GROUND_COUNT] = {0};
    ClaimFilter filter = {.state = "live", .ground = "", .carrier = "", .due = DAY_NONE};
    int64_t days = -1;
    size_t index;

    for (int i = CLAIM_ENQUIRY; i < CLAIM_STATE_COUNT; i++)
        states[i + 2] = claim_state_name((ClaimState)i);
    for (int i = GROUND_LOSS; i < GROUND_COUNT; i++)
        grounds[i - 1] = claim_ground_name((ClaimGround)i);
    if ((state && !job_choose("state", state, states, &index, err)) ||
        (ground && !job_choose("ground", ground, grounds, &index, err)) ||
        !job_option_int(job, "due", 0, DUE_MAX, -1, &days, err) ||
        !job_option_int(job, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &filter.limit, err))
        return false;
    if (state)
        filter.state = strcmp(state, "all") == 0 ? "" : state;
    filter.ground = ground ? ground : "";
    filter.carrier = carrier ? text_clean(job->arena, carrier) : "";
    filter.due = days < 0 ? DAY_NONE : job->day + (Day)days;
    *out = filter;
    return true;
}

static void
fill(const Job *job, const LedgerClaim *item, Cells cells)
{
    Arena *const arena = job->arena;
    const Claim *const claim = &item->claim;

    cells[REFERENCE] = claim->reference;
    cells[STATE] = words_claim_state(LANGUAGE_ENGLISH, claim->state);
    cells[GROUND] = words_claim_ground(LANGUAGE_ENGLISH, claim->ground);
    cells[CARRIER] = text_clean(arena, claim->carrier);
    cells[TRACKING] = text_clean(arena, claim->tracking_number);
    cells[ACT_BY] = claims_day(job, claim->act_by);
    cells[BRINGS] = words_money(arena, LANGUAGE_ENGLISH, claim->payable);
    cells[TASK] = text_clean(arena, claims_task(arena, item));
}

static void
measure(const Cells *rows, size_t count, size_t widths[COLUMN_COUNT])
{
    for (int column = 0; column < COLUMN_COUNT; column++) {
        widths[column] = 0;
        for (size_t i = 0; i < count; i++) {
            const size_t width = width_of(rows[i][column]);

            widths[column] = width > widths[column] ? width : widths[column];
        }
        if (columns_known[column].cap > 0 && widths[column] > columns_known[column].cap)
            widths[column] = columns_known[column].cap;
    }
}

static size_t
taken(const size_t widths[COLUMN_COUNT])
{
    size_t sum = 0;

    for (int column = 0; column < TASK; column++)
        sum += widths[column] > 0 ? widths[column] + 2 : 0;
    return sum;
}

// A narrow screen goes without these, in this order.
static void
make_room(size_t widths[COLUMN_COUNT], size_t screen)
{
    static const int leave[] = {GROUND, CARRIER, STATE};

    for (size_t i = 0; i < sizeof leave / sizeof leave[0]; i++)
        if (taken(widths) + 16 > screen)
            widths[leave[i]] = 0;
}

static void
print_row(const Cells cells, const size_t widths[COLUMN_COUNT], size_t screen, Text *out)
{
    const size_t before = taken(widths);

    for (int column = 0; column < TASK; column++) {
        if (widths[column] == 0)
            continue;
        screen_cell(out, widths[column], cells[column]);
        text_add(out, "  ");
    }
    screen_cut(out, screen > before ? screen - before : 0, cells[TASK]);
    text_add(out, "\n");
}

// Which drafts only a rate would make ready, and how to give one.
static void
tell_rate(const LedgerClaim *items, size_t count, Text *out)
{
    size_t told = 0;

    for (size_t i = 0; i < count; i++)
        if (items[i].claim.state == CLAIM_DRAFT &&
            strstr(items[i].claim.missing, "rate of the SDR") != NULL)
            text_add_format(out, "%s%s",
                told++ == 0 ? "\ndrafts for want of a rate of the SDR: " : ", ",
                items[i].claim.reference);
    if (told > 0)
        text_add(out,
            "\ngive the day's rate in a file of the folder that claims.terms names (docs/terms.md, "
            "\"SDR\"); the next night makes them ready\n");
}

static void
print_text(const Job *job, const LedgerClaim *items, size_t count, bool more)
{
    Cells *const rows = ARENA_ARRAY(job->arena, Cells, count + 1);
    const size_t screen = screen_columns(job);
    size_t widths[COLUMN_COUNT];
    Text out = {.arena = job->arena};

    if (count == 0) {
        fputs("no such claim\n", job->out);
        return;
    }
    for (int column = 0; column < COLUMN_COUNT; column++)
        rows[0][column] = columns_known[column].heading;
    for (size_t i = 0; i < count; i++)
        fill(job, &items[i], rows[i + 1]);
    measure((const Cells *)rows, count + 1, widths);
    make_room(widths, screen);
    for (size_t i = 0; i <= count; i++)
        print_row(rows[i], widths, screen, &out);
    if (more)
        text_add_format(&out, "and more: --limit shows more than %zu\n", count);
    tell_rate(items, count, &out);
    fputs(text_get(&out), job->out);
}

static void
print_csv(const Job *job, const LedgerClaim *items, size_t count)
{
    static const char *const header[] = {"claim", "reference", "state", "ground", "carrier",
        "tracking_number", "act_by", "opens_on", "enquiry_by", "claim_deadline", "barred_after",
        "payable", "claimed", "granted", "credited", "currency", "missing", "approved_by", "to_do",
        NULL};
    Text out = {.arena = job->arena};

    for (size_t i = 0; header[i] != NULL; i++)
        csv_add(&out, header[i]);
    csv_end(&out);
    for (size_t i = 0; i < count; i++) {
        const Claim *const claim = &items[i].claim;

        csv_of_int(&out, claim->number);
        csv_add(&out, claim->reference);
        csv_add(&out, claim_state_name(claim->state));
        csv_add(&out, claim_ground_name(claim->ground));
        csv_add_outside(&out, text_clean(out.arena, claim->carrier));
        csv_add_outside(&out, text_clean(out.arena, claim->tracking_number));
        csv_add_day(&out, claim->act_by);
        csv_add_day(&out, claim->opens_on);
        csv_add_day(&out, claim->enquiry_by);
        csv_add_day(&out, claim->claim_deadline);
        csv_add_day(&out, claim->barred_after);
        csv_add_amount(&out, claim->payable);
        csv_add_amount(&out, claim->claimed);
        csv_add_amount(&out, claim->granted);
        csv_add_amount(&out, claim->credited);
        csv_add(&out, claim->payable.currency);
        csv_add(&out, claim->missing);
        csv_add_outside(&out, text_clean(out.arena, items[i].approved_by));
        csv_add_outside(&out, text_clean(out.arena, claims_task(out.arena, &items[i])));
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

static void
print_json(const Job *job, const LedgerClaim *items, size_t count)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(all, claims_json(job, &items[i]));
    screen_json(job, all);
}

static bool
list(Job *job, Err *err)
{
    LedgerClaims claims = {.arena = job->arena};
    ClaimFilter filter;

    if (!read_filter(job, &filter, err))
        return false;

    Db *const db = run_connect(job, job->arena, err);
    const size_t limit = (size_t)filter.limit++;  // one more tells whether there are more

    if (db == NULL || !claims_list(db, &filter, job->day, &claims, err))
        return false;

    const size_t shown = claims.count < limit ? claims.count : limit;

    if (job->format == FORMAT_JSON)
        print_json(job, claims.items, shown);
    else if (job->format == FORMAT_CSV)
        print_csv(job, claims.items, shown);
    else
        print_text(job, claims.items, shown, claims.count > limit);
    return true;
}

const ClaimsAction claims_action_list = {
    .name = "list",
    .run = list,
    .options = (const char *const[]){"state", "ground", "carrier", "due", "limit", NULL},
    .wanted = "",
};
