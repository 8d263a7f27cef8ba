#include "sql/submissions.h"

#include "sql/claims_rows.h"
#include "sql/queries.h"

static Params
params_of(Arena *arena, const SubmissionFilter *filter)
{
    Params params = {.arena = arena};

    param_ints(&params, filter->numbers, filter->number_count);
    param_text(&params, filter->carrier);
    return params;
}

bool
submissions_ready(Db *db, Arena *arena, const SubmissionFilter *filter, Day day,
    const SubmissionClaim **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        SubmissionClaim *items;
        size_t count, capacity;
    } claims = {.arena = arena};
    const Params params = params_of(arena, filter);
    Rows *const rows = rows_open(db, arena, "claims to submit", SQL_SUBMISSION_READY, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&claims, ((SubmissionClaim){
                                .item = claim_row(rows, arena, day),
                                .round = rows_int(rows, LEDGER_COLUMNS),
                            }));
    if (err->kind != ERR_NONE)
        return false;
    *items = claims.items;
    *count = claims.count;
    return true;
}

static SubmissionAttempt
read_attempt(const Rows *rows, Arena *arena)
{
    SubmissionAttempt attempt = {
        .key = rows_text(rows, arena, 0),
        .carrier = rows_text(rows, arena, 1),
        .channel = rows_text(rows, arena, 2),
        .recipient = rows_text(rows, arena, 3),
        .outcome = rows_text(rows, arena, 5),
        .reply = rows_text(rows, arena, 6),
        .begun_at = rows_instant(rows, 7),
        .as_of = rows_instant(rows, 8),
        .still_ready = rows_int(rows, 9),
    };

    attempt.numbers = rows_ints(rows, arena, 4, &attempt.count);
    return attempt;
}

bool
submissions_open(Db *db, Arena *arena, const SubmissionFilter *filter,
    const SubmissionAttempt **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        SubmissionAttempt *items;
        size_t count, capacity;
    } attempts = {.arena = arena};
    const Params params = params_of(arena, filter);
    Rows *const rows = rows_open(db, arena, "attempts", SQL_SUBMISSION_OPEN, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&attempts, read_attempt(rows, arena));
    if (err->kind != ERR_NONE)
        return false;
    *items = attempts.items;
    *count = attempts.count;
    return true;
}

bool
submissions_begin(Db *db, const ClaimPen *pen, const SubmissionAttempt *attempt, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};
    int64_t begun = 0;

    param_text(&params, attempt->key);
    param_text(&params, attempt->carrier);
    param_text(&params, attempt->channel);
    param_text(&params, attempt->recipient);
    param_ints(&params, attempt->numbers, attempt->count);
    param_instant(&params, pen->as_of);
    param_instant(&params, pen->recorded_at);
    param_text(&params, pen->actor);

    bool done = rows_run(db, "attempts", SQL_SUBMISSION_BEGIN, &params, &begun, err);

    if (done && begun != 1)
        done = err_set(err, ERR_TEMPORARY, "a claim of submission %s changed", attempt->key);
    arena_destroy(arena);
    return done;
}

bool
submissions_end(
    Db *db, const ClaimPen *pen, const char *key, const char *outcome, const char *reply, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_text(&params, key);
    param_text(&params, outcome);
    param_text(&params, reply);
    param_instant(&params, pen->recorded_at);

    const bool done = rows_run(db, "attempts", SQL_SUBMISSION_END, &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
submissions_file(Db *db, const ClaimPen *pen, const int64_t *numbers, size_t count,
    const char *note, int64_t *filed, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_ints(&params, numbers, count);
    param_instant(&params, pen->as_of);
    param_instant(&params, pen->recorded_at);
    param_text(&params, pen->actor);
    param_text(&params, note);

    const bool done = rows_run(db, "claims", SQL_SUBMISSION_FILE, &params, filed, err);

    arena_destroy(arena);
    return done;
}

bool
submissions_decide(Db *db, const ClaimPen *pen, const char *key, const char *outcome, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_text(&params, key);
    param_text(&params, outcome);
    param_instant(&params, pen->recorded_at);
    param_text(&params, pen->actor);

    const bool done = rows_run(db, "attempts", SQL_SUBMISSION_RELEASE, &params, NULL, err);

    arena_destroy(arena);
    return done;
}
