/*
 * claims_rows.h - what the files of the ledger share. Private to sql/.
 */
#ifndef SQL_CLAIMS_ROWS_H
#define SQL_CLAIMS_ROWS_H

#include "sql/claims.h"
#include "sql/rows.h"

#define LEDGER_COLUMNS 40  // of claim_select.sql and all that name its columns

// The claim of the current row. The caution is that of day.
LedgerClaim claim_row(const Rows *rows, Arena *arena, Day day);

// An amount of a column; unknown when it is null.
Money claim_money(const Rows *rows, int column, const char *currency);

// An amount as a parameter, in minor units; null when it is not known.
void param_minor(Params *params, Money money);

// Append the claims of a query.
bool
claims_read(Db *db, const char *sql, const Params *params, Day day, LedgerClaims *out, Err *err);

// Texts side by side, as arrays of a statement take them.
typedef struct TextColumn
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} TextColumn;

#define COLUMN_ADD(column, text) ARENA_PUSH((column), (text))
// As one parameter.
void param_column(Params *params, const TextColumn *column);

#endif
