#include "core/csv.h"
#include "core/words.h"
#include "jobs/frame/help.h"
#include "jobs/frame/screen.h"
#include "jobs/source/check.h"

#include <jansson.h>
#include <string.h>

#define TEXT_COLUMN 11

static const char *const severities[CHECK_SEVERITY_COUNT] = {
    [CHECK_OK] = "ok",
    [CHECK_NOTE] = "note",
    [CHECK_WARNING] = "warning",
    [CHECK_ERROR] = "error",
};

void
check_add(CheckList *list, CheckSeverity severity, const char *group, const char *name,
    const char *remedy, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *const text = arena_vprintf(list->arena, format, args);
    va_end(args);
    ARENA_PUSH(list, ((CheckFinding){severity, group, name, text_clean(list->arena, text),
                         remedy == NULL ? "" : remedy}));
}

size_t
check_count(const CheckList *list, CheckSeverity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += list->items[i].severity == severity ? 1 : 0;
    return count;
}

const char *
check_share(Arena *arena, int64_t part, int64_t whole)
{
    return words_share(arena, LANGUAGE_ENGLISH, whole > 0 ? (double)part / (double)whole : 0.0);
}

static void
add_count(Text *out, size_t count, const char *noun, const char *after)
{
    text_add_format(out, "%zu %s%s%s", count, noun, count == 1 ? "" : "s", after);
}

static void
print_text(const Job *job, const void *what)
{
    const CheckList *const list = what;
    Text out = {.arena = job->arena};
    const char *group = "";

    for (size_t i = 0; i < list->count; i++) {
        const CheckFinding *const finding = &list->items[i];

        if (strcmp(finding->group, group) != 0) {
            group = finding->group;
            text_add_format(&out, "%s%s\n", i > 0 ? "\n" : "", group);
        }
        text_add_format(&out, "  %-*s", TEXT_COLUMN - 3, severities[finding->severity]);
        help_wrap(&out, TEXT_COLUMN - 1, TEXT_COLUMN, finding->text);
        // What is to be done about several findings in a row is said once, after the last.
        if (*finding->remedy != '\0' &&
            (i + 1 == list->count || strcmp(finding->remedy, list->items[i + 1].remedy) != 0)) {
            text_add_format(&out, "%*s->", TEXT_COLUMN, "");
            help_wrap(&out, TEXT_COLUMN + 2, TEXT_COLUMN + 3, finding->remedy);
        }
    }
    text_add(&out, "\n");
    add_count(&out, check_count(list, CHECK_ERROR), "error", ", ");
    add_count(&out, check_count(list, CHECK_WARNING), "warning", ", ");
    add_count(&out, check_count(list, CHECK_NOTE), "note", "\n");
    fputs(text_get(&out), job->out);
}

static void
print_csv(const Job *job, const void *what)
{
    const CheckList *const list = what;
    Text out = {.arena = job->arena};

    text_add(&out, "severity,group,name,text,remedy\n");
    for (size_t i = 0; i < list->count; i++) {
        const CheckFinding *const finding = &list->items[i];

        csv_add(&out, severities[finding->severity]);
        csv_add(&out, finding->group);
        csv_add(&out, finding->name);
        csv_add_outside(&out, finding->text);
        csv_add_outside(&out, finding->remedy);
        csv_end(&out);
    }
    fputs(text_get(&out), job->out);
}

static void
print_json(const Job *job, const void *what)
{
    const CheckList *const list = what;
    json_t *const findings = json_array();

    for (size_t i = 0; i < list->count; i++) {
        const CheckFinding *const finding = &list->items[i];

        json_array_append_new(
            findings, json_pack("{s:s, s:s, s:s, s:s, s:s}", "severity",
                          severities[finding->severity], "group", finding->group, "name",
                          finding->name, "text", finding->text, "remedy", finding->remedy));
    }

    json_t *const all =
        json_pack("{s:I, s:I, s:I, s:o}", "errors", (json_int_t)check_count(list, CHECK_ERROR),
            "warnings", (json_int_t)check_count(list, CHECK_WARNING), "notes",
            (json_int_t)check_count(list, CHECK_NOTE), "findings", findings);

    json_dumpf(all, job->out, JSON_COMPACT);
    json_decref(all);
    fputc('\n', job->out);
}

static bool
same(const CheckFinding *a, const CheckFinding *b, bool name)
{
    return strcmp(a->group, b->group) == 0 && (!name || strcmp(a->name, b->name) == 0);
}

// Take over what follows item i and is like it.
static void
take(CheckList *sorted, const CheckList *list, bool *taken, size_t i)
{
    for (size_t j = i; j < list->count; j++)
        if (!taken[j] && same(&list->items[i], &list->items[j], true)) {
            ARENA_PUSH(sorted, list->items[j]);
            taken[j] = true;
        }
}

// Groups in the order in which they were begun, each in one piece; within a group likewise by name.
static CheckList
grouped(const Job *job, const CheckList *list)
{
    CheckList sorted = {.arena = job->arena};
    bool *const taken = ARENA_ARRAY(job->arena, bool, list->count);

    for (size_t i = 0; i < list->count; i++)
        for (size_t j = i; j < list->count; j++)
            if (!taken[j] && same(&list->items[i], &list->items[j], false))
                take(&sorted, list, taken, j);
    return sorted;
}

void
check_print(const Job *job, const CheckList *list)
{
    const CheckList sorted = grouped(job, list);

    screen_say(job, &(ScreenForms){print_text, print_csv, print_json}, &sorted);
}
