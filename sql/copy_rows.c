#include "sql/copy_rows.h"

#define BUFFER_BYTES ((size_t)1 << 16)

static void
empty(CopyRows *rows)
{
    arena_reset(rows->arena);
    rows->buffer = (Text){.arena = rows->arena};
    rows->row = (Params){.arena = rows->arena};
}

bool
copy_rows_begin(CopyRows *rows, Db *db, Arena *arena, const char *what, const char *sql, Err *err)
{
    *rows = (CopyRows){.arena = arena_create()};
    empty(rows);
    rows->copy = copy_begin(db, arena, what, sql, err);
    return rows->copy != NULL;
}

static bool
flush(CopyRows *rows, Err *err)
{
    const bool sent = rows->buffer.length == 0 ||
                      copy_bytes(rows->copy, rows->buffer.bytes, rows->buffer.length, err);

    empty(rows);
    return sent;
}

bool
copy_rows_add(CopyRows *rows, Err *err)
{
    for (size_t i = 0; i < rows->row.count; i++) {
        copy_value(&rows->buffer, rows->row.items[i]);
        text_add(&rows->buffer, i + 1 < rows->row.count ? "\t" : "\n");
    }
    rows->row.count = 0;
    return rows->buffer.length < BUFFER_BYTES || flush(rows, err);
}

bool
copy_rows_end(CopyRows *rows, bool good, Err *err)
{
    if (good)
        good = flush(rows, err) && copy_end(rows->copy, NULL, err);
    else if (rows->copy != NULL)
        copy_abort(rows->copy);
    arena_destroy(rows->arena);
    return good;
}
