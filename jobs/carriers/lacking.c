/*
 * What the source's scans say that the catalogue does not know, carrier by carrier, in one pass over the server's counts.
 */
#include "jobs/carriers/carriers.h"

#include "core/text.h"
#include "jobs/run/run.h"

#include <string.h>

#define DAYS_MAX 36500

typedef struct Lacking
{
    const CarriersView *view;
    LackingCarrier carrier;
    size_t limit;
    LackingVisit *visit;
    void *data;
} Lacking;

static void
end_carrier(Lacking *lacking)
{
    LackingCarrier *const carrier = &lacking->carrier;

    if (carrier->name != NULL && (carrier->codes > 0 || carrier->index < 0))
        lacking->visit(lacking->data, carrier);
    arena_reset(carrier->arena);
    *carrier = (LackingCarrier){.arena = carrier->arena};
}

static void
begin_carrier(Lacking *lacking, const char *name)
{
    lacking->carrier.name = arena_copy(lacking->carrier.arena, name);
    lacking->carrier.index = catalogue_find(lacking->view->catalogue, name);
}

static void
keep(LackingCarrier *carrier, const SourceCode *code, const CodeRow *left)
{
    Arena *const arena = carrier->arena;
    LackingCode kept = {.said = *code, .left = left};

    kept.said.carrier = carrier->name;
    kept.said.code = arena_copy(arena, *code->code ? code->code : code->milestone);
    kept.said.subcode = arena_copy(arena, code->subcode);
    kept.said.milestone = arena_copy(arena, code->milestone);
    kept.said.text = arena_copy(arena, code->text);
    kept.said.another = arena_copy(arena, code->another);
    ARENA_PUSH(carrier, kept);
}

// As reading the source does: a stated milestone wins, and a word that is none is taken for a code.
static bool
take(void *data, const SourceCode *code, Err *err)
{
    Lacking *const lacking = data;
    LackingCarrier *const carrier = &lacking->carrier;
    Milestone stated;

    (void)err;
    if (carrier->name == NULL || strcmp(carrier->name, code->carrier) != 0) {
        end_carrier(lacking);
        begin_carrier(lacking, code->carrier);
    }
    carrier->scans += code->count;
    if (milestone_parse(code->milestone, &stated))
        return true;

    const CodeRow *const row = catalogue_row(lacking->view->catalogue, carrier->index,
        *code->code ? code->code : code->milestone, code->subcode);

    if (row != NULL && row->milestone != MILESTONE_UNMAPPED)
        return true;
    carrier->unmapped += code->count;
    carrier->codes++;
    if (carrier->count < lacking->limit)
        keep(carrier, code, row);
    return true;
}

bool
carriers_lacking(const CarriersView *view, size_t limit, LackingVisit *visit, void *data, Err *err)
{
    Job *const job = view->job;
    const SourceOptions options = run_source_options(job);
    Lacking lacking = {.view = view, .limit = limit, .visit = visit, .data = data};
    int64_t days;

    if (!job_option_int(job, "days", 1, DAYS_MAX, job->settings->learn.window_days, &days, err))
        return false;

    Db *const db = run_connect_source(job, job->arena, err);
    Source *const source = db == NULL ? NULL : source_open(db, job->arena, &options, NULL, err);

    if (source == NULL)
        return false;
    lacking.carrier.arena = arena_create();

    const bool read =
        source_codes(source, job->as_of - days * HOURS_24, job->as_of, take, &lacking, err);

    if (read)
        end_carrier(&lacking);
    arena_destroy(lacking.carrier.arena);
    return read;
}
