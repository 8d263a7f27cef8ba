/*
 * How fast rows come in, single-row mode with binary results (sql/rows.h) against binary COPY parsed here, on the same rows
 * over the same kind of connection. scripts/bench runs it; docs/reading.md says what came out and what was chosen.
 *
 *     bench_reading CONNINFO QUERY
 */
#include "core/clock.h"
#include "sql/rows.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static int64_t checksum;  // so that no compiler leaves the reading out

static double
seconds_since(int64_t start)
{
    return (double)(clock_monotonic_micros() - start) / 1e6;
}

static int64_t
read_single_rows(const char *conninfo, const char *query)
{
    Arena *const arena = arena_create();
    Err err = {0};
    Db *const db = db_connect(arena,
        &(DbOptions){.url = conninfo,
            .schema = "public",
            .application_name = "bench",
            .connect_timeout_seconds = 5},
        &err);
    Rows *const rows = db == NULL ? NULL : rows_open(db, arena, "scans", query, NULL, &err);
    int64_t count = 0;

    for (; rows != NULL && rows_next(rows, &err); count++) {
        size_t length;

        checksum += *rows_raw(rows, 0, &length) + (int64_t)length + rows_instant(rows, 1);
    }
    if (err.kind != ERR_NONE)
        fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return err.kind == ERR_NONE ? count : -1;
}

// One tuple: a count of fields, then for each its length (-1 for null) and its bytes (PostgreSQL, COPY, "Binary Format").
static int64_t
parse_tuple(const char *bytes, int size)
{
    const unsigned char *at = (const unsigned char *)bytes;
    const unsigned char *const end = at + size;
    int64_t sum = 0;

    for (at += 2; at + 4 <= end;) {
        const int32_t length =
            (int32_t)((uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]);

        at += 4;
        if (length > 0) {
            sum += *at;
            at += length;
        }
    }
    return sum;
}

static int64_t
read_copy(const char *conninfo, const char *query)
{
    PGconn *const conn = PQconnectdb(conninfo);
    char sql[4096];
    char *bytes = NULL;
    int64_t count = 0;
    int size;

    snprintf(sql, sizeof sql, "copy (%s) to stdout (format binary)", query);
    PQclear(PQexec(conn, sql));
    for (; (size = PQgetCopyData(conn, &bytes, 0)) > 0; PQfreemem(bytes), count++)
        checksum += parse_tuple(bytes, size);
    if (size != -1)
        fprintf(stderr, "%s", PQerrorMessage(conn));
    PQfinish(conn);
    return size == -1 ? count - 1 : -1;  // the trailer is no row
}

static void
time_way(const char *name, int64_t (*read)(const char *, const char *), const char *conninfo,
    const char *query)
{
    const int64_t start = clock_monotonic_micros();
    const int64_t rows = read(conninfo, query);
    const double seconds = seconds_since(start);

    printf("%-40s %6.2f s, %5.2f million rows/s\n", name, seconds, (double)rows / seconds / 1e6);
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: bench_reading CONNINFO QUERY\n");
        return 2;
    }
    time_way("single-row mode, binary results", read_single_rows, argv[1], argv[2]);
    time_way("binary COPY, parsed", read_copy, argv[1], argv[2]);
    time_way("single-row mode, binary results, again", read_single_rows, argv[1], argv[2]);
    return checksum == 42;
}
