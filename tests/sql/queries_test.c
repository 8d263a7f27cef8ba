/*
 * Every query of sql/queries against a freshly migrated schema with the plain tables: it is prepared with the types that
 * its comment promises for its parameters, so a renamed column, a typing error or a comment that lies fails here, with
 * the server's own words. Statements that cannot be prepared are run.
 */
#include "core/text.h"
#include "sql/migrations.h"
#include "sql/plain.h"
#include "sql/queries.h"
#include "tests/harness/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Query
{
    const char *file, *sql;
} Query;

// The plain tables stand for the user's, under the names that the WITH clause of sql/source.c gives them.
static const char source[] = "with source_shipment as not materialized (select * from shipments), "
                             "source_scan as not materialized (select * from scans)\n";

// What the statement begins with, after the comment.
static const char *
statement_of(const char *sql)
{
    while (text_starts_with(sql, "--") || *sql == '\n')
        sql = strchr(sql, '\n') + 1;
    return sql;
}

// "text, bigint[]" from lines such as "-- $1 text  meaning"; the type "id" is that of the user's shipment_id.
static const char *
parameter_types(Arena *arena, const char *sql)
{
    Text types = {.arena = arena};
    int number = 0;

    for (const char *line = sql; text_starts_with(line, "--"); line = strchr(line, '\n') + 1) {
        char type[64];
        int found = 0;

        if (sscanf(line, "-- $%d %63[^\n]", &found, type) != 2)
            continue;
        assert_int_equal(found, ++number);  // in order, none left out

        char *const end = strstr(type, "  ");  // two spaces part the type from the meaning

        if (end)
            *end = '\0';
        text_add_format(&types, "%s%s", number > 1 ? ", " : "(",
            strcmp(type, "id") == 0     ? "text"
            : strcmp(type, "id[]") == 0 ? "text[]"
                                        : type);
    }
    if (number > 0)
        text_add(&types, ")");
    return text_get(&types);
}

static bool
can_be_prepared(const char *statement)
{
    static const char *const others[] = {
        "copy ", "create ", "drop ", "analyze ", "vacuum ", "lock ", NULL};

    for (const char *const *other = others; *other; other++) {
        if (text_starts_with(statement, *other))
            return false;
    }
    return true;
}

// NULL, or what the server has against the query.
static char *
complaint(Arena *arena, const Query *query)
{
    const char *const statement = statement_of(query->sql);
    const bool of_source = strstr(statement, "source_shipment") || strstr(statement, "source_scan");

    if (!can_be_prepared(statement))
        return test_database_try(query->sql);
    test_database_run("deallocate all");
    return test_database_try(arena_printf(arena, "prepare query %s as %s%s",
        parameter_types(arena, query->sql), of_source ? source : "", statement));
}

static void
every_query_is_sound(void **state)
{
    static const Query queries[] = {
#define X(name, file) {file, SQL_##name},
        SQL_EACH(X)
#undef X
    };
    // What others need comes first: rows of a file are staged before they are brought in. Rolled back one by one, so
    // that the order of all others does not matter.
    static const char *const stages[] = {SQL_PLAIN_STAGE_SHIPMENTS, SQL_PLAIN_STAGE_SCANS};
    Arena *const arena = arena_create();
    size_t unsound = 0;

    (void)state;
    test_database_create();
    test_database_run(
        "create schema vigie; set search_path = vigie; set client_min_messages = warning");
    test_database_run(SQL_MIGRATION_TABLE);
#define X(name, file) test_database_run(MIGRATION_##name);
    MIGRATION_EACH(X)
#undef X
#define X(name, file) test_database_run(PLAIN_##name);
    PLAIN_EACH(X)
#undef X

    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        const char *const statement = statement_of(queries[i].sql);
        const bool alone = text_starts_with(statement, "vacuum ");  // refuses a transaction

        if (!alone)
            test_database_run("begin");
        for (size_t s = 0;
             !alone && s < 2 && queries[i].sql != stages[0] && queries[i].sql != stages[1]; s++)
            test_database_run(stages[s]);

        char *const words = complaint(arena, &queries[i]);

        if (words) {
            print_error("sql/queries/%s: %s", queries[i].file, words);
            unsound++;
        }
        free(words);
        if (!alone)
            test_database_run("rollback");
    }
    arena_destroy(arena);
    test_database_drop();
    assert_int_equal(unsound, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_query_is_sound)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
