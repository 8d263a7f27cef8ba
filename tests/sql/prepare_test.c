/*
 * Every query file means something to the server: prepared on a freshly migrated database, those about the source
 * behind the WITH clause that source_open() makes for the plain tables.
 */
#include "core/text.h"
#include "sql/internal.h"
#include "sql/migrate.h"
#include "sql/plain_tables.h"
#include "sql/queries.h"
#include "sql/rows.h"
#include "sql/source_internal.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct Bench
{
    Arena *arena;
    Db *db;     // finds Vigie's own tables
    Db *plain;  // finds the plain ones
    Source *source;
} Bench;

static Bench bench;

static int
set_up(void **state)
{
    Err err = {0};
    int64_t applied;

    (void)state;
    bench.arena = arena_create();
    bench.db = test_database_connect(bench.arena, "vigie");
    bench.plain = test_database_connect(bench.arena, "vigie_source");
    if (!migrate_apply(bench.db, &applied, &err) || !plain_create(bench.plain, &err) ||
        !rows_run(bench.plain, "stage", "begin", NULL, NULL, &err) ||
        !rows_run(bench.plain, "stage", SQL_PLAIN_STAGE_SHIPMENTS, NULL, NULL, &err) ||
        !rows_run(bench.plain, "stage", SQL_PLAIN_STAGE_SCANS, NULL, NULL, &err))
        fail_msg("%s", err.text);
    bench.source = source_open(bench.db, bench.arena,
        &(SourceOptions){.shipments = "vigie_source.shipments",
            .scans = "vigie_source.scans",
            .time_zone = "Europe/Paris",
            .promise_time_zone = "Europe/Paris",
            .currency = "EUR"},
        NULL, &err);
    if (bench.source == NULL)
        fail_msg("%s", err.text);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(bench.arena);
    test_database_drop();
    return 0;
}

// Whether some other text of the file than its comments has the word.
static bool
says(const char *sql, const char *word)
{
    for (const char *line = sql; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;

        const size_t length = strcspn(line, "\n");
        const char *const comment = strstr(line, "--");
        const char *const found = strstr(line, word);

        if (found != NULL && found < line + length && (comment == NULL || found < comment))
            return true;
    }
    return false;
}

static void
prepares(const char *file, const char *sql)
{
    const bool source = says(sql, "source_shipment") || says(sql, "source_scan");
    const bool plain = text_starts_with(file, "plain_") || text_starts_with(file, "simulated_");
    Db *const db = plain ? bench.plain : bench.db;
    PGresult *const result = PQprepare(db->conn, "",
        source ? arena_printf(bench.arena, "%s%s", bench.source->with, sql) : sql, 0, NULL);

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", file, PQresultErrorMessage(result));
    PQclear(result);
}

static void
every_query_prepares(void **state)
{
    (void)state;
#define X(name, file) prepares(file, SQL_##name);
    SQL_EACH(X)
#undef X
}

// The test can fail: what the server does not know is found, with and without the source.
static void
a_wrong_query_would_be_found(void **state)
{
    static const char *const wrong[] = {
        "select no_such_column from run", "select no_such_column from source_scan"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const bool source = says(wrong[i], "source_scan");
        PGresult *const result = PQprepare(bench.db->conn, "",
            source ? arena_printf(bench.arena, "%s%s", bench.source->with, wrong[i]) : wrong[i], 0,
            NULL);

        assert_int_equal(PQresultStatus(result), PGRES_FATAL_ERROR);
        PQclear(result);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_query_prepares),
        cmocka_unit_test(a_wrong_query_would_be_found),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
