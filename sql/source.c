#include "sql/source.h"

#include "core/text.h"
#include "sql/internal.h"
#include "sql/queries.h"
#include "sql/rows_copy.h"
#include "sql/source_columns.h"
#include "sql/source_internal.h"

#include <string.h>

// One part of "schema.table": a plain word, folded to lower case as SQL does, or "as written". *at moves past it and
// past a dot. NULL when it is neither.
static const char *
relation_part(Arena *arena, const char **at)
{
    Text part = {.arena = arena};
    const char *c = *at;

    if (*c == '"') {
        for (c++; *c != '\0' && !(*c == '"' && c[1] != '"'); c += *c == '"' ? 2 : 1)
            text_add_bytes(&part, c, 1);
        if (*c++ != '"')
            return NULL;
    } else
        for (; *c != '\0' && *c != '.' && *c != '"' && *c != ' '; c++) {
            const char folded = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;

            text_add_bytes(&part, &folded, 1);
        }
    if (*c == '.')
        c++;
    else if (*c != '\0')
        return NULL;
    *at = c;
    return part.length > 0 ? text_get(&part) : NULL;
}

static bool
is_select(const char *relation)
{
    while (*relation == ' ' || *relation == '\n' || *relation == '\t' || *relation == '(')
        relation++;

    const char word[] = {relation[0], *relation ? relation[1] : '\0', '\0'};

    return (text_equal_folded(word, "se") || text_equal_folded(word, "wi")) &&
           strchr(relation, ' ') != NULL;
}

// The relation as SQL: quoted name, or the user's SELECT in parentheses.
static const char *
relation_sql(Db *db, Arena *arena, const char *setting, const char *relation, Err *err)
{
    Text out = {.arena = arena};
    const char *at = relation;

    if (is_select(relation))
        return arena_printf(arena, "(%s\n)", relation);
    while (*at != '\0') {
        const char *const part = relation_part(arena, &at);
        const char *const quoted = part == NULL ? NULL : db_identifier(db, arena, part, err);

        if (quoted == NULL)
            break;
        text_add(&out, out.length > 0 ? "." : "");
        text_add(&out, quoted);
    }
    if (*at != '\0' || out.length == 0) {
        err_set(
            err, ERR_CONFIG, "%s: \"%s\" is neither a table name nor a SELECT", setting, relation);
        return NULL;
    }
    return text_get(&out);
}

typedef struct Found
{
    const char *name;
    Oid type;
} Found;

// The columns of a relation as the server describes them, without reading a row.
static bool
describe(Db *db, Arena *arena, const char *setting, const char *relation, const Found **found,
    int *count, Err *err)
{
    PGresult *result = PQprepare(
        db->conn, "", arena_printf(arena, "select * from %s as relation", relation), 0, NULL);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;

    if (good) {
        PQclear(result);
        result = PQdescribePrepared(db->conn, "");
        good = PQresultStatus(result) == PGRES_COMMAND_OK;
    }
    if (good) {
        *count = PQnfields(result);

        Found *const items = ARENA_ARRAY(arena, Found, (size_t)*count);

        for (int i = 0; i < *count; i++)
            items[i] = (Found){arena_copy(arena, PQfname(result, i)), PQftype(result, i)};
        *found = items;
    } else {
        db_failed(db, result, relation, err);
        err_context(err, "%s", setting);
    }
    PQclear(result);
    return good;
}

static const char *
type_name(Db *db, Arena *arena, Oid type, Err *err)
{
    const char *name = "";
    Params params = {.arena = arena};

    param_int(&params, (int64_t)type);

    Rows *const rows = rows_open(db, arena, "type names", SQL_TYPE_NAME, &params, err);

    while (rows != NULL && rows_next(rows, err))
        name = rows_text(rows, arena, 0);
    return err->kind == ERR_NONE ? name : NULL;
}

// What reading one relation needs, gathered column by column.
typedef struct Mapping
{
    Db *db;
    Arena *arena;
    const SourceOptions *options;
    const char *zone, *promise_zone;  // literals
    const char *unreadable;           // a contact column that the role may not read; NULL for none
    struct
    {
        Arena *arena;
        SourceColumn *items;
        size_t count, capacity;
    } columns;
} Mapping;

// A SELECT reads what it reads, whoever asks; of a table or view the role may be given some columns only.
static bool
may_read(Mapping *mapping, const char *relation, const char *column, bool *may, Err *err)
{
    Params params = {.arena = mapping->arena};

    *may = true;
    if (*relation == '(')
        return true;
    param_text(&params, relation);
    param_text(&params, column);

    Rows *const rows =
        rows_open(mapping->db, mapping->arena, "privileges", SQL_SOURCE_MAY_READ, &params, err);

    while (rows != NULL && rows_next(rows, err))
        *may = rows_bool(rows, 0);
    return err->kind == ERR_NONE;
}

static bool
map_column(Mapping *mapping, const char *relation_name, const char *relation,
    const ContractColumn *contract, const Found *found, int found_count, Text *out, Err *err)
{
    SourceColumn column = {.relation = relation_name,
        .name = contract->name,
        .type = "",
        .problem = "",
        .note = "",
        .required = contract->required};
    const char *expression = contract_absent(contract);
    bool may = true;
    int i = 0;

    while (i < found_count && strcmp(found[i].name, contract->name) != 0)
        i++;
    if (contract->contact && !mapping->options->contacts)
        i = found_count;
    if (i < found_count && contract->contact &&
        !may_read(mapping, relation, contract->name, &may, err))
        return false;
    if (!may) {
        column.note = "this role may not read it: customers are not reached by it";
        mapping->unreadable = mapping->unreadable ? mapping->unreadable : contract->name;
        i = found_count;
    }
    if (i < found_count) {
        column.type = type_name(mapping->db, mapping->arena, found[i].type, err);
        if (column.type == NULL)
            return false;
        expression = contract_expression(mapping->arena, contract,
            db_identifier(mapping->db, mapping->arena, contract->name, err), column.type,
            mapping->zone, mapping->promise_zone, mapping->options, &column);
    } else if (contract->required)
        column.problem = "is missing";
    ARENA_PUSH(&mapping->columns, column);
    text_add_format(out, "%s%s as %s", out->length > 0 ? ", " : "",
        expression == NULL ? contract_absent(contract) : expression, contract->name);
    return true;
}

static bool
has_column(const Found *found, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(found[i].name, name) == 0)
            return true;
    return false;
}

static const char *
map_relation(Mapping *mapping, const char *relation_name, const char *relation,
    const ContractColumn *contract, size_t contract_count, Err *err)
{
    const char *const setting = arena_printf(mapping->arena, "source.%s", relation_name);
    const Found *found;
    int found_count;
    Text out = {.arena = mapping->arena};

    if (!describe(mapping->db, mapping->arena, setting, relation, &found, &found_count, err))
        return NULL;
    for (size_t i = 0; i < contract_count; i++)
        if (!map_column(
                mapping, relation_name, relation, &contract[i], found, found_count, &out, err))
            return NULL;
    // A scan must say something: what the carrier called it, or what it means.
    if (contract == contract_scans && !has_column(found, found_count, "code") &&
        !has_column(found, found_count, "milestone"))
        mapping->columns.items[mapping->columns.count - contract_count + 2].problem =
            "is missing, and so is milestone: one of the two is needed";
    return arena_printf(
        mapping->arena, "(select %s from %s as relation)", text_get(&out), relation);
}

static const char *
literal(Db *db, Arena *arena, const char *text)
{
    char *const quoted = PQescapeLiteral(db->conn, text, strlen(text));
    const char *const copy = arena_copy(arena, quoted);

    PQfreemem(quoted);
    return copy;
}

static bool
is_text(const char *type)
{
    return strcmp(type, "text") == 0 || strcmp(type, "character varying") == 0;
}

// Ids are compared as the bytes the server sends, so both relations must declare them alike.
static void
compare_ids(const Mapping *mapping)
{
    const SourceColumn *const shipment = &mapping->columns.items[0];
    SourceColumn *const scan = &mapping->columns.items[contract_shipment_count];

    if (*shipment->type != '\0' && *scan->type != '\0' && *scan->problem == '\0' &&
        strcmp(shipment->type, scan->type) != 0 &&
        !(is_text(shipment->type) && is_text(scan->type)))
        scan->problem = arena_printf(
            mapping->arena, "must have the type of shipments.shipment_id, %s", shipment->type);
}

static bool
judge_columns(const Mapping *mapping, SourceColumns *columns, Err *err)
{
    const SourceColumn *first = NULL;
    size_t problems = 0;

    for (size_t i = 0; i < mapping->columns.count; i++)
        if (*mapping->columns.items[i].problem != '\0') {
            first = first == NULL ? &mapping->columns.items[i] : first;
            problems++;
        }
    if (columns != NULL)
        *columns = (SourceColumns){mapping->columns.items, mapping->columns.count};
    return first == NULL ||
           err_set(err, ERR_CONFIG, "source.%s: column \"%s\"%s%s%s: %s%s", first->relation,
               first->name, *first->type ? " of type " : "", first->type, "", first->problem,
               problems > 1 ? " (and more: vigie check lists them all)" : "");
}

Source *
source_open(Db *db, Arena *arena, const SourceOptions *options, SourceColumns *columns, Err *err)
{
    Mapping mapping = {
        .db = db,
        .arena = arena,
        .options = options,
        .zone = literal(db, arena, options->time_zone),
        .promise_zone = literal(db, arena, options->promise_time_zone),
        .columns = {.arena = arena},
    };
    const char *const shipments =
        relation_sql(db, arena, "source.shipments", options->shipments, err);
    const char *const scans =
        shipments == NULL ? NULL : relation_sql(db, arena, "source.scans", options->scans, err);

    if (scans == NULL)
        return NULL;

    const char *const shipment_select = map_relation(
        &mapping, "shipments", shipments, contract_shipments, contract_shipment_count, err);
    const char *const scan_select =
        shipment_select == NULL
            ? NULL
            : map_relation(&mapping, "scans", scans, contract_scans, contract_scan_count, err);

    if (scan_select == NULL)
        return NULL;
    compare_ids(&mapping);
    if (!judge_columns(&mapping, columns, err))
        return NULL;

    const char *const id_type = mapping.columns.items[0].type;
    Source *const source = ARENA_NEW(arena, Source);

    *source = (Source){
        .db = db,
        .options = *options,
        .with = arena_printf(arena,
            "with source_shipment as not materialized %s, source_scan as not materialized %s, "
            "source_range as (select current_setting('vigie.first', true)::%s as first, "
            "current_setting('vigie.last', true)::%s as last, "
            "current_setting('vigie.as_of', true)::timestamptz as as_of)\n",
            shipment_select, scan_select, id_type, id_type),
        .shipments = shipments,
        .scans = scans,
        .unreadable = mapping.unreadable ? mapping.unreadable : "",
        .interned = arena,
        .words = map_create(arena),
    };
    return source;
}

const char *
source_unreadable(const Source *source)
{
    return source->unreadable;
}

Source *
source_on(const Source *source, Db *db, Arena *arena)
{
    Source *const copy = ARENA_NEW(arena, Source);

    *copy = (Source){
        .db = db,
        .options = source->options,
        .with = source->with,
        .shipments = source->shipments,
        .scans = source->scans,
        .unreadable = source->unreadable,
        .interned = arena,
        .words = map_create(arena),
    };
    return copy;
}

// The WITH clause is made of quoted identifiers and our own words only; the question itself stands in a file.
Rows *
source_ask(
    Source *source, Arena *arena, const char *what, const char *sql, const Params *params, Err *err)
{
    return rows_open(
        source->db, arena, what, arena_printf(arena, "%s%s", source->with, sql), params, err);
}

Rows *
source_ask_copy(Source *source, Arena *arena, const char *what, const char *sql, Err *err)
{
    const char *const end = strrchr(sql, ';');

    return rows_open_copy(source->db, arena, what,
        arena_printf(
            arena, "copy (%s%.*s) to stdout (format binary)", source->with, (int)(end - sql), sql),
        err);
}
