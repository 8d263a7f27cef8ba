#include "core/text.h"
#include "sql/rows_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

// Type numbers are part of the wire protocol (PostgreSQL, pg_type.dat) and never change.
enum
{
    TYPE_BOOL = 16,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_FLOAT8 = 701,
    TYPE_DATE = 1082,
    TYPE_TIMESTAMPTZ = 1184,
};

#define POSTGRES_EPOCH      (INT64_C(946684800) * SECOND)  // 2000-01-01, from 1970-01-01
#define POSTGRES_EPOCH_DAYS 10957

bool
rows_is_null(const Rows *rows, int column)
{
    return rows->by_copy ? rows->fields[column].bytes == NULL
                         : PQgetisnull(rows->result, rows->row, column) == 1;
}

// The types of a COPY are not told; the query that is copied is prepared, and its types seen, by a test.
static bool
has_type(const Rows *rows, int column, Oid a, Oid b, Oid c)
{
    const Oid type = rows->by_copy ? a : PQftype(rows->result, column);

    return type == a || type == b || type == c;
}

static const char *
value_of(const Rows *rows, int column)
{
    return rows->by_copy ? rows->fields[column].bytes : PQgetvalue(rows->result, rows->row, column);
}

static int
length_of(const Rows *rows, int column)
{
    return rows->by_copy ? rows->fields[column].length
                         : PQgetlength(rows->result, rows->row, column);
}

static int64_t
big_endian(const char *bytes, int size)
{
    uint64_t value = (unsigned char)bytes[0] >= 0x80 ? UINT64_MAX : 0;

    for (int i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

int64_t
rows_int(const Rows *rows, int column)
{
    assert(has_type(rows, column, TYPE_INT8, TYPE_INT4, TYPE_INT2));
    return rows_is_null(rows, column) ? 0
                                      : big_endian(value_of(rows, column), length_of(rows, column));
}

double
rows_real(const Rows *rows, int column)
{
    assert(has_type(rows, column, TYPE_FLOAT8, TYPE_FLOAT8, TYPE_FLOAT8));
    if (rows_is_null(rows, column))
        return NAN;

    const int64_t bits = big_endian(value_of(rows, column), 8);
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

bool
rows_bool(const Rows *rows, int column)
{
    assert(has_type(rows, column, TYPE_BOOL, TYPE_BOOL, TYPE_BOOL));
    return !rows_is_null(rows, column) && *value_of(rows, column) != 0;
}

// YEAR_MIN to YEAR_MAX: what lies beyond could be added to nothing, nor read again from a text that it was written to.
#define INSTANT_LEAST INT64_C(0)
#define INSTANT_MOST  (84006 * HOURS_24 - 1)

Instant
rows_instant(const Rows *rows, int column)
{
    assert(has_type(rows, column, TYPE_TIMESTAMPTZ, TYPE_TIMESTAMPTZ, TYPE_TIMESTAMPTZ));
    if (rows_is_null(rows, column))
        return INSTANT_NONE;

    const int64_t micros = big_endian(value_of(rows, column), 8);

    return micros < INSTANT_LEAST - POSTGRES_EPOCH || micros > INSTANT_MOST - POSTGRES_EPOCH
               ? INSTANT_NONE
               : micros + POSTGRES_EPOCH;
}

Day
rows_day(const Rows *rows, int column)
{
    assert(has_type(rows, column, TYPE_DATE, TYPE_DATE, TYPE_DATE));
    if (rows_is_null(rows, column))
        return DAY_NONE;

    const int64_t days = big_endian(value_of(rows, column), 4);

    return days == INT32_MAX || days == INT32_MIN ? DAY_NONE : (Day)(days + POSTGRES_EPOCH_DAYS);
}

const char *
rows_raw(const Rows *rows, int column, size_t *length)
{
    *length = (size_t)length_of(rows, column);
    return value_of(rows, column);
}

const char *
rows_text(const Rows *rows, Arena *arena, int column)
{
    size_t length;
    const char *const bytes = rows_raw(rows, column, &length);

    return length == 0 ? "" : arena_copy_bytes(arena, bytes, length);
}

// Binary array: dimensions, null flag, element type, (length, lower bound), then (size, value) for each element.
const int64_t *
rows_ints(const Rows *rows, Arena *arena, int column, size_t *count)
{
    const char *const bytes = value_of(rows, column);

    *count = 0;
    if (rows_is_null(rows, column) || big_endian(bytes, 4) == 0)
        return NULL;

    *count = (size_t)big_endian(bytes + 12, 4);

    int64_t *const items = ARENA_ARRAY(arena, int64_t, *count);
    const char *at = bytes + 20;

    for (size_t i = 0; i < *count; i++) {
        const int size = (int)big_endian(at, 4);

        items[i] = big_endian(at + 4, size);
        at += 4 + size;
    }
    return items;
}

const char *
rows_array_text(const Rows *rows, Arena *arena, int column, size_t index)
{
    const char *const bytes = value_of(rows, column);

    if (rows_is_null(rows, column) || big_endian(bytes, 4) == 0 ||
        index >= (size_t)big_endian(bytes + 12, 4))
        return "";

    const char *at = bytes + 20;

    for (size_t i = 0; i < index; i++)
        at += 4 + (big_endian(at, 4) > 0 ? big_endian(at, 4) : 0);

    const int64_t size = big_endian(at, 4);

    return size <= 0 ? "" : arena_copy_bytes(arena, at + 4, (size_t)size);
}

bool
rows_texts(Rows *rows, Arena *arena, const char *const **items, size_t *count, Err *err)
{
    struct
    {
        Arena *arena;
        const char **items;
        size_t count, capacity;
    } list = {.arena = arena};

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&list, rows_text(rows, arena, 0));
    *items = list.items;
    *count = list.count;
    return rows != NULL && err->kind == ERR_NONE;
}
