#include "jobs/detect/learn_shard.h"

#include "core/clock.h"
#include "core/json.h"
#include "sql/learn_parts.h"
#include "sql/migrate.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#define PARTS_MAX 1000

// One part at work.
typedef struct Shard
{
    Run *run;
    Arena *arena;
    LearnDivision division;
    int64_t part;
    LearnPart span;
    bool counted;  // by an earlier run
} Shard;

bool
learn_shard_asked(const Job *job, bool *asked, int64_t *part, int64_t *parts, Err *err)
{
    const char *const text = job_option(job, "shard");
    char *slash, *end;

    *asked = text != NULL;
    if (text == NULL)
        return true;
    *part = strtoll(text, &slash, 10);
    *parts = *slash == '/' ? strtoll(slash + 1, &end, 10) : 0;
    if (slash == text || *slash != '/' || end == slash + 1 || *end != '\0' || *parts < 2 ||
        *parts > PARTS_MAX || *part < 1 || *part > *parts)
        return err_set(err, ERR_CONFIG,
            "--shard \"%s\" is no part: expected K/N, as 2/3, with K from 1 to N and N from 2 to "
            "%d",
            text_clean(job->arena, text), PARTS_MAX);
    return true;
}

static const char *
end_of(const LearnEnds *ends, int64_t part)
{
    return part < 1 || (size_t)part > ends->count ? NULL : ends->items[part - 1];
}

// Where the part begins and ends. Whoever comes first divides, for all; a dry run only for itself.
static bool
find_span(Shard *shard, Db *source, Err *err)
{
    Run *const run = shard->run;
    LearnEnds ends = {.arena = shard->arena};
    bool known = false;

    if (!learn_parts_find(run->db, shard->arena, &shard->division, shard->part, &known,
            &shard->counted, &shard->span.after, &shard->span.upto, err))
        return false;
    if (known)
        return true;
    if (!learn_divide(
            run, source, run->job->as_of, shard->division.parts, shard->arena, &ends, err))
        return false;
    shard->span =
        (LearnPart){.after = end_of(&ends, shard->part - 1), .upto = end_of(&ends, shard->part)};
    if (run->job->dry_run)
        return true;
    return learn_parts_divide(run->db, &shard->division, ends.items, ends.count, err) &&
           learn_parts_find(run->db, shard->arena, &shard->division, shard->part, &known,
               &shard->counted, &shard->span.after, &shard->span.upto, err);
}

static bool
count(Shard *shard, Db *source, Err *err)
{
    Run *const run = shard->run;
    const int64_t started = clock_monotonic_micros();
    LearnSums sums;

    // Fewer parts than asked for may have shipments: the others begin nowhere.
    shard->span.empty = shard->part > 1 && shard->span.after == NULL;
    if (!learn_part(run, source, run->job->as_of, &shard->span, shard->arena, &sums, err))
        return false;
    sums.asides = run->asides.items;
    sums.aside_count = run->asides.count;
    log_info(run->job->log, "learned a part",
        FIELDS(field_int("part", shard->part), field_int("parts", shard->division.parts),
            field_int("shipments", sums.shipments), field_int("scans", sums.scans),
            field_int("ms", (clock_monotonic_micros() - started) / 1000)));
    if (run->job->dry_run)
        return true;

    const char *const text = learn_sums_print(shard->arena, &sums, err);

    return text != NULL && learn_parts_write(run->db, &shard->division, shard->part, text, err);
}

static bool
work(Shard *shard, Err *err)
{
    Job *const job = shard->run->job;
    Db *const source = run_connect_source(job, shard->arena, err);

    if (source == NULL || !find_span(shard, source, err))
        return false;
    if (!shard->counted || job->if_exists == IF_EXISTS_REPLACE)
        return count(shard, source, err);
    log_info(job->log, "nothing to do: this part was counted already",
        FIELDS(field_int("part", shard->part), field_int("parts", shard->division.parts)));
    job->exit_code = job->skip_if_done ? EXIT_NOTHING_TO_DO : EXIT_DONE;
    return true;
}

static const char *
summary(const Shard *shard, bool done, const Err *err)
{
    const Job *const job = shard->run->job;
    json_t *const json = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:i}", "job", job->command->name,
        "run_key", job->run_key, "as_of", instant_print(job->arena, job->as_of), "state",
        done && job->exit_code == EXIT_NOTHING_TO_DO ? "nothing to do" : run_state(job, done, err),
        "part", (json_int_t)shard->part, "parts", (json_int_t)shard->division.parts, "exit",
        done ? job->exit_code : job_exit_code(err));

    if (!done)
        json_object_set_new(json, "error", json_string(text_clean(job->arena, err->text)));

    return json_to_text(job->arena, json, JSON_COMPACT | JSON_SORT_KEYS);
}

bool
learn_shard(Job *job, int64_t part, int64_t parts, Err *err)
{
    Run run = {.job = job};
    Shard shard = {.run = &run,
        .arena = job->arena,
        .part = part,
        .division = {.as_of = job->as_of, .parts = parts}};
    bool done = run_begin_reading(job, &run, err) &&
                (run.db = run_connect(job, job->arena, err)) != NULL && migrate_check(run.db, err);

    if (done) {
        run.asides.all = true;
        shard.division.fingerprint = learn_fingerprint(&run, job->arena);
        done = work(&shard, err) || err_context(err, "learn, part %" PRId64, part);
    }
    if (job->format == FORMAT_JSON)
        job->last_line = summary(&shard, done, err);
    return done;
}

static bool
set_aside_all(Run *run, const LearnSums *parts, size_t count, Err *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < parts[i].aside_count; j++)
            if (!run_set_aside(run, &parts[i].asides[j], err))
                return false;
    return true;
}

static bool
tell_missing(Run *run, const LearnDivision *division, Err *err)
{
    int64_t counted, parts;

    if (!learn_parts_count(run->db, division, &counted, &parts, err))
        return false;
    if (parts > 0)
        log_warn(run->job->log, "not all parts of learning were counted: everything is read",
            FIELDS(field_int("counted", counted), field_int("parts", parts)));
    return true;
}

bool
learn_shards_read(Run *run, Arena *arena, bool *found, Learning *out, Err *err)
{
    const LearnDivision division = {
        .as_of = run->job->as_of, .fingerprint = learn_fingerprint(run, arena)};
    const char *const *texts;
    size_t count;

    *found = false;
    if (!learn_parts_read(run->db, arena, &division, &texts, &count, err))
        return false;
    if (count == 0)
        return tell_missing(run, &division, err);

    LearnSums *const parts = ARENA_ARRAY(arena, LearnSums, count);

    for (size_t i = 0; i < count; i++)
        if (!learn_sums_parse(arena, texts[i], run->job->as_of, &parts[i], err))
            return false;
    *found = learn_add_up(run, parts, count, arena, out);
    if (!*found)
        log_warn(run->job->log, "the source changed between the parts: everything is read", NULL);
    return !*found || set_aside_all(run, parts, count, err);
}
