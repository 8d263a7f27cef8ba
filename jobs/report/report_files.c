#include "jobs/report/report_files.h"

#include "core/file.h"
#include "core/text.h"
#include "jobs/report/report_put.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

// Where the files of one night go; an empty folder writes nothing.
typedef struct Sheaf
{
    const Digest *digest;
    const ReportOptions *options;
    const char *folder;
    Arena *arena;    // of one file at a time
    size_t further;  // the further page that is made
    int64_t count;
} Sheaf;

static bool
make_further(FILE *file, void *data, Err *err)
{
    const Sheaf *const sheaf = data;

    return report_further(file, sheaf->digest, sheaf->options, sheaf->further, err);
}

static bool
make_night(FILE *file, void *data, Err *err)
{
    const Sheaf *const sheaf = data;

    return report_html(file, sheaf->digest, sheaf->options, err);
}

static bool
put(Sheaf *sheaf, const char *name, FileMaker *make, Err *err)
{
    sheaf->count++;
    return report_put(sheaf->folder, name, make, sheaf, err);
}

static bool
put_further(Sheaf *sheaf, Err *err)
{
    const size_t count = report_further_count(sheaf->digest);
    bool done = true;

    for (sheaf->further = 0; done && sheaf->further < count; sheaf->further++) {
        done = put(sheaf, report_further_name(sheaf->arena, sheaf->digest, sheaf->further),
            make_further, err);
        arena_reset(sheaf->arena);
    }
    return done;
}

static bool
put_bytes(Sheaf *sheaf, const char *name, const char *bytes, size_t length, Err *err)
{
    sheaf->count++;
    return report_put_bytes(sheaf->folder, name, bytes, length, err);
}

static bool
put_next(Sheaf *sheaf, const char *folder_after, Err *err)
{
    const char *bytes;
    size_t length;
    const bool done =
        report_next(sheaf->arena, sheaf->options->language, folder_after, &bytes, &length, err) &&
        put_bytes(sheaf, "next.html", bytes, length, err);

    arena_reset(sheaf->arena);
    return done;
}

static const NightCount *
night_after(const Digest *digest)
{
    for (size_t i = 0; i < digest->night_count; i++)
        if (digest->nights[i].as_of > digest->as_of)
            return &digest->nights[i];
    return NULL;
}

static const NightCount *
night_before(const Digest *digest)
{
    const NightCount *before = NULL;

    for (size_t i = 0; i < digest->night_count; i++)
        if (digest->nights[i].as_of < digest->as_of)
            before = &digest->nights[i];
    return before;
}

// A night whose folder somebody took away is not made again for a link.
static bool
lead_here(const Run *run, Sheaf *sheaf, const char *here, Err *err)
{
    const NightCount *const before = night_before(sheaf->digest);
    Arena *const arena = run->job->arena;

    if (!before)
        return true;

    const char *const output = run->job->settings->output;
    Sheaf other = *sheaf;

    other.folder = file_join(arena, output, before->folder);
    return !file_exists(file_join(arena, other.folder, "night.html")) ||
           put_next(&other, here, err);
}

static bool
put_index(const Run *run, Sheaf *sheaf, Err *err)
{
    const char *bytes;
    size_t length;
    Sheaf above = *sheaf;

    above.folder = run->job->settings->output;
    return report_index(sheaf->arena, sheaf->digest, sheaf->options, &bytes, &length, err) &&
           put_bytes(&above, "index.html", bytes, length, err);
}

// Further pages beyond those that there are now.
static bool
is_stale(const char *name, const char *const *kept, size_t count)
{
    if (!text_starts_with(name, "cases-") && !text_starts_with(name, "claims-"))
        return false;
    for (size_t i = 0; i < count; i++)
        if (text_equal(name, kept[i]))
            return false;
    return true;
}

static bool
drop_stale(Sheaf *sheaf, Err *err)
{
    const size_t kept_count = report_further_count(sheaf->digest);
    const char **const kept = ARENA_ARRAY(sheaf->arena, const char *, kept_count);
    size_t count;
    const char **const files = file_list(sheaf->arena, sheaf->folder, ".html", &count, err);

    for (size_t i = 0; i < kept_count; i++)
        kept[i] = report_further_name(sheaf->arena, sheaf->digest, i);
    for (size_t i = 0; files && i < count; i++)
        if (is_stale(file_name(files[i]), kept, kept_count) && remove(files[i]) != 0)
            return err_set(
                err, ERR_FAILED, "could not remove file \"%s\": %s", files[i], strerror(errno));
    arena_reset(sheaf->arena);
    return files != NULL;
}

bool
report_write(Run *run, const Digest *digest, const ReportOptions *options, int64_t *files, Err *err)
{
    const NightCount *const after = night_after(digest);
    const char *const folder = run_folder(run->job, run->job->arena);
    Sheaf sheaf = {.digest = digest, .options = options, .folder = folder, .arena = arena_create()};
    const bool done = put_further(&sheaf, err) &&
                      put_next(&sheaf, after ? after->folder : "", err) &&
                      put(&sheaf, "night.html", make_night, err) && drop_stale(&sheaf, err) &&
                      lead_here(run, &sheaf, file_name(folder), err) && put_index(run, &sheaf, err);

    *files = sheaf.count;
    arena_destroy(sheaf.arena);
    return done;
}

bool
report_try(const Digest *digest, const ReportOptions *options, Err *err)
{
    Sheaf sheaf = {.digest = digest, .options = options, .folder = "", .arena = arena_create()};
    const bool done = put_further(&sheaf, err) && put(&sheaf, "night.html", make_night, err);

    arena_destroy(sheaf.arena);
    return done;
}
