#include "jobs/source/import_asides.h"

#include "core/csv.h"
#include "core/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SHOWN_ROWS 10

struct ImportAsides
{
    Run *run;
    FILE *file;  // under its temporary name until the end
    const char *path, *temporary;
};

// A file that was not put in place is taken away again.
static void
remove_unfinished(void *data)
{
    ImportAsides *const asides = data;

    if (asides->file == NULL)
        return;
    fclose(asides->file);
    unlink(asides->temporary);
}

static bool
open_rejects(ImportAsides *asides, const char *path, Err *err)
{
    asides->path = file_real(asides->run->job->arena, path);
    asides->temporary =
        arena_printf(asides->run->job->arena, "%s.%ld.tmp", asides->path, (long)getpid());
    asides->file = file_create(asides->temporary, err);
    if (asides->file == NULL)
        return false;
    arena_defer(asides->run->job->arena, remove_unfinished, asides);
    fputs("file,line,shipment_id,reason,detail\n", asides->file);
    return true;
}

ImportAsides *
import_asides_begin(Run *run, const char *rejects, Err *err)
{
    ImportAsides *const asides = ARENA_NEW(run->job->arena, ImportAsides);

    *asides = (ImportAsides){.run = run};
    return rejects == NULL || open_rejects(asides, rejects, err) ? asides : NULL;
}

static void
write_reject(const ImportAsides *asides, Arena *arena, const SetAside *row)
{
    Text line = {.arena = arena};

    csv_add_outside(&line, row->source);
    csv_add(&line, arena_printf(arena, "%" PRId64, row->line));
    csv_add_outside(&line, row->key);
    csv_add_outside(&line, row->reason);
    csv_add_outside(&line, row->detail);
    csv_end(&line);
    fputs(text_get(&line), asides->file);
}

static void
show(const ImportAsides *asides, Arena *arena, const SetAside *row)
{
    const Log *const log = asides->run->job->log;

    if (asides->run->set_aside > SHOWN_ROWS)
        return;
    if (asides->run->set_aside == SHOWN_ROWS) {
        log_warn(
            log, "more rows are set aside than are shown here; --rejects FILE has them all", NULL);
        return;
    }
    log_warn(log, "row set aside",
        FIELDS(field_text("at", arena_printf(arena, "%s:%" PRId64, row->source, row->line)),
            field_text("reason", row->reason), field_text("detail", row->detail),
            field_text("shipment", row->key)));
}

bool
import_asides_add(ImportAsides *asides, const char *file, int64_t line, const char *key,
    const char *reason, const char *detail, Err *err)
{
    Arena *const arena = arena_create();
    const SetAside row = {
        .step = "import",
        .source = file,
        .line = line,
        .key = key,
        .reason = reason,
        .detail = detail,
    };

    show(asides, arena, &row);
    if (asides->file != NULL)
        write_reject(asides, arena, &row);
    arena_destroy(arena);
    return run_set_aside(asides->run, &row, err);
}

static bool
place_rejects(ImportAsides *asides, Err *err)
{
    FILE *const file = asides->file;
    const bool written = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;

    asides->file = NULL;
    if (fclose(file) == 0 && written && rename(asides->temporary, asides->path) == 0)
        return true;
    err_set(err, ERR_FAILED, "could not write \"%s\": %s", asides->path, strerror(errno));
    unlink(asides->temporary);
    return false;
}

bool
import_asides_end(ImportAsides *asides, Err *err)
{
    return asides->file == NULL || place_rejects(asides, err);
}
