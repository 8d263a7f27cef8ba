#include "jobs/source/check.h"

#include <inttypes.h>

#define BIG_ROWS      10000  // below this a scan of the whole table costs nothing
#define VISIBLE_SHARE 0.9
#define STALE_SHARE   0.5  // autovacuum analyzes after a tenth, unless it is off or behind

// A table that was never analyzed may hold any number of rows.
static CheckSeverity
severity_of(const QualityTable *table)
{
    return table->rows > BIG_ROWS || table->rows < 0 ? CHECK_WARNING : CHECK_NOTE;
}

static void
check_index(const CheckData *data, const QualityTable *table, bool scans)
{
    CheckList *const list = data->list;
    const bool found = scans ? table->by_shipment_in_time : table->by_shipment;
    const char *const key = scans ? "(shipment_id, occurred_at)" : "(shipment_id)";
    const CheckSeverity severity = severity_of(table);

    if (!table->is_table)
        check_add(list, CHECK_NOTE, "indexes", "index",
            arena_printf(list->arena,
                "make sure that its tables have an index that begins with %s, or every page of "
                "a night reads all of them",
                key),
            "%s is a view or a SELECT: its indexes cannot be seen from here",
            scans ? "scans" : "shipments");
    else if (!found)
        check_add(list, severity, "indexes", "index",
            arena_printf(list->arena,
                scans ? "create index concurrently on %s (shipment_id, occurred_at) include (code, "
                        "subcode, milestone, carrier, recorded_at);"
                      : "create index concurrently on %s (shipment_id);",
                table->relation),
            "%s has no index that begins with %s", table->relation, key);
    else
        check_add(list, CHECK_OK, "indexes", "index", "", "%s has an index that begins with %s",
            table->relation, key);
}

// A night counts the promises that ended since the one before.
static void
check_promises(const CheckData *data, const QualityTable *table)
{
    CheckList *const list = data->list;

    if (!table->promises)
        return;
    if (table->by_promise)
        check_add(list, CHECK_OK, "indexes", "index", "",
            "%s has an index that begins with (promised_at)", table->relation);
    else
        check_add(list, severity_of(table), "indexes", "index",
            arena_printf(
                list->arena, "create index concurrently on %s (promised_at);", table->relation),
            "%s has no index that begins with (promised_at)", table->relation);
}

// A night asks what became known since the one before.
static void
check_time(const CheckData *data, const QualityTable *table, bool scans)
{
    CheckList *const list = data->list;
    const char *const columns = !scans            ? "created_at"
                                : table->recorded ? "recorded_at, occurred_at"
                                                  : "occurred_at";

    if (!table->is_table)
        return;
    if (table->by_time)
        check_add(
            list, CHECK_OK, "indexes", "index", "", "%s has an index by time", table->relation);
    else
        check_add(list, severity_of(table), "indexes", "index",
            arena_printf(list->arena, "create index concurrently on %s using brin (%s);",
                table->relation, columns),
            "%s has no index by time (%s): every night reads all of it to find what is new",
            table->relation, columns);
}

static void
check_visibility(const CheckData *data, const QualityTable *table)
{
    CheckList *const list = data->list;

    if (!table->is_table || table->rows < BIG_ROWS || table->pages <= 0 ||
        (double)table->visible_pages >= VISIBLE_SHARE * (double)table->pages)
        return;
    check_add(list, CHECK_WARNING, "indexes", "visibility",
        arena_printf(list->arena, "vacuum (analyze) %s;", table->relation),
        "only %s of the pages of %s are known to be all visible, so that reading the index alone "
        "is not enough",
        check_share(list->arena, table->visible_pages, table->pages), table->relation);
}

// Without statistics the server guesses how it had best read.
static void
check_statistics(const CheckData *data, const QualityTable *table)
{
    CheckList *const list = data->list;
    const char *const remedy = arena_printf(list->arena, "vacuum (analyze) %s;", table->relation);

    if (table->is_table && table->rows < 0)
        check_add(list, CHECK_WARNING, "indexes", "statistics", remedy,
            "%s was never analyzed: the server has no statistics of it, and may read all of it "
            "where an index would do",
            table->relation);
    else if (table->rows > BIG_ROWS && (double)table->changed > STALE_SHARE * table->rows)
        check_add(list, CHECK_WARNING, "indexes", "statistics", remedy,
            "%s has changed in %s of its rows since it was analyzed: the server takes it for "
            "another "
            "table, and may read all of it where an index would do",
            table->relation, check_share(list->arena, table->changed, (int64_t)table->rows));
}

static void
check_rights(const CheckData *data, const QualityTable *table)
{
    if (table->closed)
        check_unreadable(data->list,
            arena_printf(data->list->arena, "the role may not select from %s", table->relation));
    else if (table->writable)
        check_add(data->list, CHECK_NOTE, "privileges", "writable_source",
            "Vigie never writes there; a role that can only select is safer",
            "the role could write to %s", table->relation);
    else if (table->is_table)
        check_add(data->list, CHECK_OK, "privileges", "writable_source", "",
            "%s can be read and not be written", table->relation);
}

static bool
check_table(const CheckData *data, bool scans, Err *err)
{
    QualityTable table;

    if (!quality_table(data->source, scans, data->job->arena, &table, err))
        return false;
    check_index(data, &table, scans);
    check_time(data, &table, scans);
    check_statistics(data, &table);
    if (scans)
        check_visibility(data, &table);
    else
        check_promises(data, &table);
    check_rights(data, &table);
    return true;
}

void
check_unreadable(CheckList *list, const char *text)
{
    check_add(list, CHECK_ERROR, "privileges", "readable_source",
        "let the role select from what source.shipments and source.scans name: sql/roles.sql does "
        "so for vigie_job (docs/roles.md)",
        "%s", text);
}

bool
check_tables(const CheckData *data, Err *err)
{
    return check_table(data, false, err) && check_table(data, true, err);
}
