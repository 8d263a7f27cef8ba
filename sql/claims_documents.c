/*
 * The papers of claims, as the ledger remembers them.
 */
#include "sql/claims_people.h"
#include "sql/claims_rows.h"
#include "sql/queries.h"

#include <inttypes.h>

// The columns of claim_document_record.sql.
typedef struct Columns
{
    TextColumn names, carriers, totals, currencies, hashes;
    struct
    {
        Arena *arena;
        int64_t *items;
        size_t count, capacity;
    } counts, numbers, sizes;
} Columns;

static Columns
columns_of(Arena *arena)
{
    return (Columns){.names = {.arena = arena},
        .carriers = {.arena = arena},
        .totals = {.arena = arena},
        .currencies = {.arena = arena},
        .hashes = {.arena = arena},
        .counts = {.arena = arena},
        .numbers = {.arena = arena},
        .sizes = {.arena = arena}};
}

static void
columns_add(Columns *columns, const ClaimDocument *document)
{
    Arena *const arena = columns->names.arena;
    const Money total = document->total;
    const bool known = money_is_known(total);

    COLUMN_ADD(&columns->names, document->file_name);
    COLUMN_ADD(&columns->carriers, document->carrier);
    COLUMN_ADD(&columns->totals, known ? arena_printf(arena, "%" PRId64, total.minor) : "");
    COLUMN_ADD(&columns->currencies, known ? arena_copy(arena, total.currency) : "");
    COLUMN_ADD(&columns->hashes, document->sha256);
    ARENA_PUSH(&columns->counts, document->claim_count);
    ARENA_PUSH(&columns->numbers, document->number);
    ARENA_PUSH(&columns->sizes, document->size_bytes);
}

bool
claims_record_documents(
    Db *db, Instant as_of, const ClaimDocument *documents, size_t count, Err *err)
{
    Arena *const arena = arena_create();
    Columns columns = columns_of(arena);
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        columns_add(&columns, &documents[i]);
    param_instant(&params, as_of);
    param_column(&params, &columns.names);
    param_column(&params, &columns.carriers);
    param_ints(&params, columns.counts.items, count);
    param_ints(&params, columns.numbers.items, count);
    param_column(&params, &columns.totals);
    param_column(&params, &columns.currencies);
    param_ints(&params, columns.sizes.items, count);
    param_column(&params, &columns.hashes);

    const bool done = count == 0 || rows_run(db, "claim documents", SQL_CLAIM_DOCUMENT_RECORD,
                                        &params, NULL, err);

    arena_destroy(arena);
    return done;
}

bool
claims_documents(Db *db, Arena *arena, int64_t number, Instant as_of, const ClaimDocument **items,
    size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        ClaimDocument *items;
        size_t count, capacity;
    } list = {.arena = arena};
    Params params = {.arena = arena};

    if (number > 0)
        param_int(&params, number);
    else
        param_text(&params, NULL);
    param_instant(&params, as_of);

    Rows *const rows = rows_open(db, arena, "claim documents", SQL_CLAIM_DOCUMENTS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, ((ClaimDocument){
                              .as_of = rows_instant(rows, 0),
                              .file_name = rows_text(rows, arena, 1),
                              .carrier = "",
                              .size_bytes = rows_int(rows, 2),
                              .sha256 = rows_text(rows, arena, 3),
                              .number = number,
                          }));
    *items = list.items;
    *count = list.count;
    return err->kind == ERR_NONE;
}
