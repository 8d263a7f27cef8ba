#include "tests/harness/database.h"

#include "sql/migrate.h"

#include <libpq-fe.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// The one database of this test program: a test program is one process and one thread.
static char name[64], conninfo[1024];
static PGconn *connection;

static void
give_up(const char *what, PGconn *conn)
{
    fprintf(stderr, "harness: could not %s: %s", what, PQerrorMessage(conn));
    exit(1);
}

static PGconn *
open_connection(const char *target)
{
    PGconn *const conn = PQconnectdb(target);

    if (PQstatus(conn) != CONNECTION_OK)
        give_up("connect", conn);
    return conn;
}

// Outside of the test's database, which cannot be created or dropped from within.
static void
administer(const char *sql)
{
    PGconn *const conn =
        open_connection("dbname=postgres options='-c client_min_messages=warning'");
    PGresult *const result = PQexec(conn, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        give_up(sql, conn);
    PQclear(result);
    PQfinish(conn);
}

// A value of a connection string: within quotes, with quotes and backslashes escaped.
static void
add_keyword(const char *keyword, const char *value)
{
    size_t length = strlen(conninfo);

    length += (size_t)snprintf(conninfo + length, sizeof conninfo - length, "%s='", keyword);
    for (const char *c = value; *c != '\0' && length + 4 < sizeof conninfo; c++) {
        if (*c == '\'' || *c == '\\')
            conninfo[length++] = '\\';
        conninfo[length++] = *c;
    }
    snprintf(conninfo + length, sizeof conninfo - length, "' ");
}

const char *
test_database_create(void)
{
    static const char *const keywords[][2] = {
        {"host", "PGHOST"}, {"port", "PGPORT"}, {"user", "PGUSER"}};

    if (connection)
        return conninfo;
    if (!getenv("PGHOST")) {
        fprintf(
            stderr, "skipped: needs the private cluster; run it through ctest, or set PGHOST\n");
        exit(77);
    }

    char sql[128];

    snprintf(name, sizeof name, "test_%ld", (long)getpid());
    snprintf(sql, sizeof sql, "drop database if exists %s with (force)", name);
    administer(sql);
    snprintf(sql, sizeof sql, "create database %s template template0", name);
    administer(sql);

    conninfo[0] = '\0';
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (getenv(keywords[i][1]))
            add_keyword(keywords[i][0], getenv(keywords[i][1]));
    }
    add_keyword("dbname", name);
    connection = open_connection(conninfo);
    return conninfo;
}

void
test_database_drop(void)
{
    char sql[128];

    if (!connection)
        return;
    PQfinish(connection);
    connection = NULL;
    snprintf(sql, sizeof sql, "drop database if exists %s with (force)", name);
    administer(sql);
}

static PGresult *
ask(const char *sql)
{
    if (!connection) {
        fprintf(stderr, "harness: test_database_create() was not called\n");
        exit(1);
    }
    return PQexec(connection, sql);
}

static PGresult *
run(const char *sql)
{
    PGresult *const result = ask(sql);
    const ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        give_up(sql, connection);
    return result;
}

void
test_database_run(const char *sql)
{
    PQclear(run(sql));
}

char *
test_database_try(const char *sql)
{
    static const char broken_off[] = "broken off by the test";
    PGresult *result = ask(sql);
    char *message = NULL;

    if (PQresultStatus(result) == PGRES_COPY_IN) {
        PQclear(result);
        PQputCopyEnd(connection, broken_off);
        result = PQgetResult(connection);
        if (!strstr(PQresultErrorMessage(result), broken_off))
            message = strdup(PQresultErrorMessage(result));
        while (PQclear(result), (result = PQgetResult(connection)) != NULL)
            continue;
        return message;
    }
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        message = strdup(PQresultErrorMessage(result));
    PQclear(result);
    return message;
}

char *
test_database_value(const char *sql)
{
    PGresult *const result = run(sql);
    char *value = NULL;

    if (PQntuples(result) > 0 && PQnfields(result) > 0 && !PQgetisnull(result, 0, 0))
        value = strdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    return value;
}

Db *
test_database_connect(Arena *arena, const char *schema)
{
    const DbOptions options = {.url = test_database_create(),
        .schema = schema,
        .application_name = "vigie-test",
        .connect_timeout_seconds = 10};
    Err err = {0};
    Db *const db = db_connect(arena, &options, &err);

    if (!db) {
        fprintf(stderr, "harness: could not connect: %s\n", err.text);
        exit(1);
    }
    return db;
}

Db *
test_database_migrated(Arena *arena)
{
    int64_t applied;
    Err err = {0};

    test_database_create();
    test_database_run("set client_min_messages = warning; drop schema if exists vigie cascade; "
                      "create schema vigie");

    Db *const db = test_database_connect(arena, "vigie");

    if (!migrate_apply(db, &applied, &err)) {
        fprintf(stderr, "harness: could not migrate: %s\n", err.text);
        exit(1);
    }
    test_database_run("set search_path = vigie");
    return db;
}

void
must(bool done, const Err *err)
{
    if (!done || err->kind != ERR_NONE)
        fail_msg("%s", err->text);
}
