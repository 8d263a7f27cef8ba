#include "sql/codes.h"

#include "core/text.h"
#include "sql/queries.h"
#include "sql/source_internal.h"

static const char *
clean(const Rows *rows, Arena *arena, int column)
{
    return text_clean(arena, rows_text(rows, arena, column));
}

static SourceCode
read_code(const Rows *rows, Arena *arena)
{
    return (SourceCode){
        .carrier = clean(rows, arena, 0),
        .code = clean(rows, arena, 1),
        .subcode = clean(rows, arena, 2),
        .milestone = clean(rows, arena, 3),
        .count = rows_int(rows, 4),
        .first = rows_instant(rows, 5),
        .last = rows_instant(rows, 6),
        .text = clean(rows, arena, 7),
        .another = clean(rows, arena, 8),
    };
}

bool
source_codes(
    Source *source, Instant from, Instant as_of, SourceCodeVisit *visit, void *data, Err *err)
{
    Arena *const arena = arena_create();
    Arena *const texts = arena_create();
    Params params = {.arena = arena};

    param_instant(&params, from);
    param_instant(&params, as_of);

    Rows *const rows = source_ask(source, arena, "codes", SQL_SOURCE_CODES, &params, err);
    bool good = rows != NULL;

    while (good && rows_next(rows, err)) {
        const SourceCode code = read_code(rows, texts);

        good = visit(data, &code, err);
        arena_reset(texts);
    }
    arena_destroy(texts);
    arena_destroy(arena);
    return good && err->kind == ERR_NONE;
}
