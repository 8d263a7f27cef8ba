#include "sql/state.h"

#include "sql/copy.h"
#include "sql/internal.h"
#include "sql/queries.h"
#include "sql/rows.h"

struct StateStream
{
    Db *db;
    const char *name;
    char *row;  // of libpq, until the next one
    bool stopped, ended;
};

bool
state_tables(Db *db, Arena *arena, const StateTable **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        StateTable *items;
        size_t count, capacity;
    } found = {.arena = arena};
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));

    Rows *const rows = rows_open(db, arena, "tables", SQL_STATE_TABLES, &params, err);

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&found, ((StateTable){
                               .name = rows_text(rows, arena, 0),
                               .columns = rows_text(rows, arena, 1),
                               .copy_out = rows_text(rows, arena, 2),
                               .copy_in = rows_text(rows, arena, 3),
                           }));
    *items = found.items;
    *count = found.count;
    return err->kind == ERR_NONE;
}

bool
state_filled(Db *db, Arena *arena, const StateTable *tables, size_t count,
    const char *const **names, size_t *name_count, Err *err)
{
    const char **const all = ARENA_ARRAY(arena, const char *, count);
    Params params = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        all[i] = tables[i].name;
    param_text(&params, db_schema(db));
    param_texts(&params, all, count);
    return rows_texts(rows_open(db, arena, "tables", SQL_STATE_FILLED, &params, err), arena, names,
        name_count, err);
}

// Read what the server says after the last row; that is where an error shows. Also cuts a stream short.
static bool
finish(StateStream *stream, Err *err)
{
    bool good = true;

    PQfreemem(stream->row);
    stream->row = NULL;
    stream->ended = true;
    for (PGresult *result; (result = db_next_result(stream->db, &stream->stopped)) != NULL;
         PQclear(result))
        if (PQresultStatus(result) != PGRES_COMMAND_OK && good && !stream->stopped)
            good = db_failed(stream->db, result, stream->name, err);
    if (!db_statement_ended(stream->db) && good && !stream->stopped)
        db_failed(stream->db, NULL, stream->name, err);
    if (stream->stopped)
        err_set(err, ERR_INTERRUPTED, "interrupted while reading %s", stream->name);
    return false;
}

static void
close_stream(void *data)
{
    StateStream *const stream = data;
    const char *bytes;
    size_t length;
    Err ignored = {0};

    while (!stream->ended && state_next(stream, &bytes, &length, &ignored))
        ;
}

StateStream *
state_open(Db *db, Arena *arena, const StateTable *table, Err *err)
{
    PGresult *const result = db_statement_begins(db) ? PQexec(db->conn, table->copy_out) : NULL;
    const bool ready = PQresultStatus(result) == PGRES_COPY_OUT;

    if (!ready)
        db_failed(db, result, table->name, err);
    PQclear(result);
    if (!ready)
        return NULL;

    StateStream *const stream = ARENA_NEW(arena, StateStream);

    *stream = (StateStream){.db = db, .name = table->name};
    arena_defer(arena, close_stream, stream);
    return stream;
}

bool
state_next(StateStream *stream, const char **bytes, size_t *length, Err *err)
{
    int size;

    if (stream->ended)
        return false;
    PQfreemem(stream->row);
    stream->row = NULL;
    while ((size = PQgetCopyData(stream->db->conn, &stream->row, 1)) == 0)
        if (!db_wait_input(stream->db, &stream->stopped))
            break;
    if (size <= 0 || stream->stopped) {
        if (size == -2 && !stream->stopped)
            db_failed(stream->db, NULL, stream->name, err);
        return finish(stream, err);
    }
    *bytes = stream->row;
    *length = (size_t)size;
    return true;
}

bool
state_fill(Db *db, Arena *arena, const StateTable *table, StateSource *next, void *data,
    int64_t *rows, Err *err)
{
    Copy *const copy = copy_begin(db, arena, table->name, table->copy_in, err);
    const char *bytes = NULL;
    size_t length = 0;

    if (copy == NULL)
        return false;
    do {
        next(data, &bytes, &length, err);
        if (err->kind != ERR_NONE || !copy_bytes(copy, bytes, length, err)) {
            copy_abort(copy);
            return false;
        }
    } while (length > 0);
    return copy_end(copy, rows, err);
}
