/*
 * What a batch of claims writes, gathered and then written in one transaction.
 */
#include "jobs/claim/filing.h"

#include <string.h>

Sheet
sheet_begin(Arena *arena)
{
    return (Sheet){
        .arena = arena,
        .openings = {.arena = arena},
        .redrafts = {.arena = arena},
        .moves = {.arena = arena},
        .remarks = {.arena = arena},
        .found = {.arena = arena},
        .refusals = {.arena = arena},
        .conditions = {.arena = arena},
    };
}

static void
move_add(Sheet *sheet, ClaimKey key, ClaimState from, ClaimState to, const char *note)
{
    ARENA_PUSH(&sheet->moves, ((ClaimMove){key, from, to, note}));
}

bool
sheet_move(Sheet *sheet, ClaimKey key, ClaimState from, ClaimState to, const char *note)
{
    if (claim_move_allowed(from, to)) {
        move_add(sheet, key, from, to, note);
        return true;
    }
    if (!claim_move_allowed(from, CLAIM_DRAFT) || !claim_move_allowed(CLAIM_DRAFT, to))
        return false;
    move_add(sheet, key, from, CLAIM_DRAFT, "drafted anew");
    move_add(sheet, key, CLAIM_DRAFT, to, note);
    return true;
}

static bool
is_next_step(const ClaimMove *before, const ClaimMove *move)
{
    return before->key.ground == move->key.ground &&
           strcmp(before->key.shipment_id, move->key.shipment_id) == 0;
}

// A statement moves a claim once, so the second step of a claim begins the next statement.
static bool
write_moves(Db *db, const ClaimPen *pen, const ClaimMove *moves, size_t count, Err *err)
{
    size_t first = 0;

    for (size_t i = 1; i <= count; i++) {
        if (i < count && !is_next_step(&moves[i - 1], &moves[i]))
            continue;
        if (!claims_move(db, pen, moves + first, i - first, NULL, err))
            return false;
        first = i;
    }
    return true;
}

static bool
write_all(const Filing *filing, const Sheet *sheet, Err *err)
{
    Db *const db = filing->run->db;
    const ClaimPen *const pen = &filing->pen;

    return claims_open(db, pen, sheet->openings.items, sheet->openings.count, err) &&
           claims_redraft(db, pen, sheet->redrafts.items, sheet->redrafts.count, err) &&
           claims_found(db, pen, sheet->found.items, sheet->found.count, err) &&
           write_moves(db, pen, sheet->moves.items, sheet->moves.count, err) &&
           claims_remark(db, pen, sheet->remarks.items, sheet->remarks.count, err) &&
           claims_refuse(db, pen->as_of, sheet->refusals.items, sheet->refusals.count, err) &&
           claims_conditions_write(db, sheet->conditions.items, sheet->conditions.count, err);
}

bool
sheet_write(Filing *filing, const Sheet *sheet, Err *err)
{
    Db *const db = filing->run->db;

    if (filing->run->job->dry_run)
        return true;
    if (!db_begin(db, err))
        return false;
    if (!write_all(filing, sheet, err) || !db_commit(db, err)) {
        db_rollback(db);
        return false;
    }
    return true;
}
