#include "sql/migrate.h"

#include "core/clock.h"
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
has_table(Db *db, Arena *arena, bool *exists, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, db_schema(db));

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
    if (!has_table(db, arena, &exists, err) || (exists && !mark_applied(db, &list, err)))
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

static bool
apply_one(Db *db, Arena *arena, const Migration *migration, const char *sha256, Err *err)
{
    Params params = {.arena = arena};

    param_text(&params, migration->name);
    param_text(&params, sha256);
    param_instant(&params, clock_now());
    if (!db_begin(db, err))
        return false;
    if (rows_script(db, migration->name, migration->sql, err) &&
        rows_run(db, "migrations", SQL_MIGRATION_RECORD, &params, NULL, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    return err_context(err, "migration \"%s\"", migration->name);
}

static bool
apply_missing(Db *db, Arena *arena, int64_t *applied, Err *err)
{
    const MigrationStatus *items;
    size_t count;

    if (!migrate_status(db, arena, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!sound(&items[i], err))
            return false;
    for (size_t i = 0; i < MIGRATIONS; i++) {
        if (items[i].applied)
            continue;
        if (!apply_one(db, arena, &migrations[i], items[i].sha256, err))
            return false;
        (*applied)++;
    }
    return true;
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

static bool
make_table(Db *db, Arena *arena, Err *err)
{
    bool exists = false;

    if (!schema_make(db, err) || !has_table(db, arena, &exists, err))
        return false;
    return exists || rows_script(db, "table of migrations", SQL_MIGRATION_TABLE, err);
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

        done = make_table(db, arena, err) && apply_missing(db, arena, applied, err);
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
