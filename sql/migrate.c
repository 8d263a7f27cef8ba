#include "sql/migrate.h"

#include "core/clock.h"
#include "core/hash.h"
#include "core/text.h"
#include "sql/migrations.h"
#include "sql/queries.h"
#include "sql/rows.h"

#include <string.h>

typedef struct Migration
{
    const char *name, *sql;
} Migration;

static const Migration migrations[] = {
#define X(name, file) {file, MIGRATION_##name},
    MIGRATION_EACH(X)
#undef X
};
#define MIGRATIONS (sizeof migrations / sizeof migrations[0])

typedef struct StatusList
{
    Arena *arena;
    MigrationStatus *items;
    size_t count, capacity;
} StatusList;

static bool
has_table(Db *db, Arena *arena, const char *table, bool *exists, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));
    param_text(&params, table);

    Rows *const rows = rows_open(db, arena, "migrations", SQL_MIGRATION_TABLE_EXISTS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *exists = rows_bool(rows, 0);
    return err->kind == ERR_NONE;
}

static MigrationStatus *
find(StatusList *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

static bool
mark_applied(Db *db, StatusList *list, Err *err)
{
    Rows *const rows = rows_open(db, list->arena, "migrations", SQL_MIGRATION_LIST, NULL, err);

    while (rows != NULL && rows_next(rows, err)) {
        const char *const name = rows_text(rows, list->arena, 0);
        const char *const sha256 = rows_text(rows, list->arena, 1);
        MigrationStatus *const known = find(list, name);

        if (known == NULL)
            ARENA_PUSH(list, ((MigrationStatus){.name = name, .sha256 = "", .applied = true}));
        else {
            known->applied = true;
            known->changed = strcmp(known->sha256, sha256) != 0;
        }
    }
    return err->kind == ERR_NONE;
}

bool
migrate_status(Db *db, Arena *arena, const MigrationStatus **items, size_t *count, Err *err)
{
    StatusList list = {.arena = arena};
    bool exists = false;

    for (size_t i = 0; i < MIGRATIONS; i++)
        ARENA_PUSH(
            &list, ((MigrationStatus){
                       .name = migrations[i].name,
                       .sha256 = text_sha256(arena, migrations[i].sql, strlen(migrations[i].sql)),
                   }));
    if (!has_table(db, arena, "migration", &exists, err) ||
        (exists && !mark_applied(db, &list, err)))
        return false;
    *items = list.items;
    *count = list.count;
    return true;
}

static bool
sound(const MigrationStatus *status, Err *err)
{
    if (*status->sha256 == '\0')
        return err_set(err, ERR_CONFIG,
            "the database has migration \"%s\", which this version of vigie does not know: use a "
            "newer vigie",
            status->name);
    if (status->changed)
        return err_set(err, ERR_CONFIG,
            "migration \"%s\" was applied with other contents than this vigie's", status->name);
    return true;
}

typedef struct Tally
{
    Arena *arena;
    MigrationRows *items;  // migration and after are not set
    size_t count, capacity;
} Tally;

static bool
take_tally(Db *db, Arena *arena, Tally *out, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));

    Rows *const rows = rows_open(db, arena, "rows of tables", SQL_MIGRATION_COUNT, &params, err);

    *out = (Tally){.arena = arena};
    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(out, ((MigrationRows){
                            .relation = rows_text(rows, arena, 0),
                            .before = rows_int(rows, 1),
                        }));
    return err->kind == ERR_NONE;
}

static int64_t
rows_in(const Tally *tally, const char *relation)
{
    for (size_t i = 0; i < tally->count; i++)
        if (strcmp(tally->items[i].relation, relation) == 0)
            return tally->items[i].before;
    return -1;
}

static bool
record_rows(
    Db *db, Arena *arena, const char *name, const Tally *before, const Tally *after, Err *err)
{
    bool good = true;

    for (size_t i = 0; good && i < before->count; i++) {
        const int64_t left = rows_in(after, before->items[i].relation);
        Params params = {.arena = arena};

        if (before->items[i].before == 0)
            continue;
        param_text(&params, name);
        param_text(&params, before->items[i].relation);
        param_int(&params, before->items[i].before);
        if (left < 0)
            param_text(&params, NULL);
        else
            param_int(&params, left);
        good = rows_run(db, "rows of tables", SQL_MIGRATION_ROWS_RECORD, &params, NULL, err);
    }
    return good;
}

// *tally is what the tables held before; then what they hold after.
static bool
apply_one(
    Db *db, Arena *arena, const Migration *migration, const char *sha256, Tally *tally, Err *err)
{
    Params params = {.arena = arena};
    Tally after;

    param_text(&params, migration->name);
    param_text(&params, sha256);
    param_instant(&params, clock_now());
    if (!db_begin(db, err))
        return false;
    if (rows_script(db, migration->name, migration->sql, err) &&
        rows_run(db, "migrations", SQL_MIGRATION_RECORD, &params, NULL, err) &&
        take_tally(db, arena, &after, err) &&
        record_rows(db, arena, migration->name, tally, &after, err) && db_commit(db, err)) {
        *tally = after;
        return true;
    }
    db_rollback(db);
    return err_context(err, "migration \"%s\"", migration->name);
}

static bool
apply_missing(Db *db, Arena *arena, int64_t *applied, Err *err)
{
    const MigrationStatus *items;
    size_t count;
    Tally tally = {0};

    if (!migrate_status(db, arena, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!sound(&items[i], err))
            return false;
    for (size_t i = 0; i < MIGRATIONS; i++) {
        if (items[i].applied)
            continue;
        if ((tally.arena == NULL && !take_tally(db, arena, &tally, err)) ||
            !apply_one(db, arena, &migrations[i], items[i].sha256, &tally, err))
            return false;
        (*applied)++;
    }
    return true;
}

bool
migrate_rows(Db *db, Arena *arena, const MigrationRows **items, size_t *count, Err *err)
{
    Tally found = {.arena = arena};
    bool exists = false;

    if (!has_table(db, arena, "migration_rows", &exists, err))
        return false;

    Rows *const rows =
        exists ? rows_open(db, arena, "rows of tables", SQL_MIGRATION_ROWS_LIST, NULL, err) : NULL;

    while (rows != NULL && rows_next(rows, err))
        ARENA_PUSH(&found, ((MigrationRows){
                               .migration = rows_text(rows, arena, 0),
                               .relation = rows_text(rows, arena, 1),
                               .before = rows_int(rows, 2),
                               .after = rows_int(rows, 3),
                           }));
    *items = found.items;
    *count = found.count;
    return err->kind == ERR_NONE;
}

static bool
schema_exists(Db *db, Arena *arena, bool *exists, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));

    Rows *const rows = rows_open(db, arena, "schemas", SQL_SCHEMA_EXISTS, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *exists = rows_bool(rows, 0);
    return err->kind == ERR_NONE;
}

// The schema is made by name, so this is one of the few statements that are put together here, from a quoted
// identifier only.
bool
schema_make(Db *db, Err *err)
{
    Arena *const arena = arena_create();
    const char *const schema = db_identifier(db, arena, db_schema(db), err);
    bool exists = false;
    const bool made = schema != NULL && schema_exists(db, arena, &exists, err) &&
                      (exists || rows_run(db, "schema",
                                     arena_printf(arena, "create schema if not exists %s", schema),
                                     NULL, NULL, err));

    arena_destroy(arena);
    return made;
}

// The two tables that no migration makes.
static bool
make_tables(Db *db, Arena *arena, Err *err)
{
    static const char *const tables[][2] = {
        {"migration", SQL_MIGRATION_TABLE}, {"migration_rows", SQL_MIGRATION_ROWS_TABLE}};

    if (!schema_make(db, err))
        return false;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        bool exists = false;

        if (!has_table(db, arena, tables[i][0], &exists, err) ||
            (!exists && !rows_script(db, "table of migrations", tables[i][1], err)))
            return false;
    }
    return true;
}

bool
migrate_apply(Db *db, int64_t *applied, Err *err)
{
    Arena *const arena = arena_create();
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));
    *applied = 0;

    bool done = rows_run(db, "migration lock", SQL_MIGRATION_LOCK, &params, NULL, err);

    if (done) {
        Err ignored = {0};

        done = make_tables(db, arena, err) && apply_missing(db, arena, applied, err);
        rows_run(db, "migration lock", SQL_MIGRATION_UNLOCK, &params, NULL, &ignored);
    }
    arena_destroy(arena);
    return done;
}

bool
migrate_check(Db *db, Err *err)
{
    Arena *const arena = arena_create();
    const MigrationStatus *items;
    size_t count, missing = 0;
    bool good = migrate_status(db, arena, &items, &count, err);

    for (size_t i = 0; good && i < count; i++) {
        good = sound(&items[i], err);
        missing += items[i].applied ? 0 : 1;
    }
    if (good && missing > 0)
        good =
            err_set(err, ERR_CONFIG, "schema \"%s\" lacks %zu of %zu migrations: run vigie migrate",
                db_schema(db), missing, count);
    arena_destroy(arena);
    return good;
}
