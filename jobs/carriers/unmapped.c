/*
 * The codes of the source that nobody mapped, and the carriers that nobody knows.
 */
#include "jobs/carriers/carriers.h"

#include "core/text.h"
#include "core/words.h"
#include "jobs/frame/screen.h"

#define LIMIT_DEFAULT 20
#define LIMIT_MAX     1000000

typedef struct Report
{
    const CarriersView *view;
    size_t carriers;
} Report;

static const char *
number(Arena *arena, int64_t count)
{
    return words_count(arena, LANGUAGE_ENGLISH, count);
}

// The day of a first or last sight there.
static const char *
sight(const CarriersView *view, Arena *arena, Instant at)
{
    return day_print(arena, zone_day(view->job->zone, at));
}

static const char *
examples(Arena *arena, const SourceCode *code)
{
    return text_equal(code->text, code->another) || text_is_empty(code->another)
               ? code->text
               : arena_printf(arena, "%s | %s", code->text, code->another);
}

static void
write_code(const CarriersView *view, Text *out, const LackingCode *code)
{
    Arena *const arena = out->arena;
    const size_t columns = screen_columns(view->job);
    const char *const shown =
        *code->said.subcode == '\0'
            ? code->said.code
            : arena_printf(arena, "%s / %s", code->said.code, code->said.subcode);
    const char *const why =
        code->left == NULL ? "" : arena_printf(arena, "(left out: %s) ", code->left->why);

    text_add(out, "  ");
    screen_cell(out, 24, *shown == '\0' ? "(no code)" : shown);
    text_add_format(out, "  %10s  %s  %s  ", number(arena, code->said.count),
        sight(view, arena, code->said.first), sight(view, arena, code->said.last));
    screen_wrap(
        out, columns, 64, 64, arena_printf(arena, "%s%s", why, examples(arena, &code->said)));
}

static void
write_head(const CarriersView *view, Text *out, const LackingCarrier *carrier)
{
    Arena *const arena = out->arena;
    const char *const id = carrier->index < 0
                               ? "unknown to the catalogue"
                               : catalogue_carrier(view->catalogue, (size_t)carrier->index)->id;

    text_add_format(out, "%s (%s): %s of %s scans have a code that nobody mapped\n",
        *carrier->name == '\0' ? "(no carrier)" : carrier->name, id,
        number(arena, carrier->unmapped), number(arena, carrier->scans));
    if (carrier->count > 0)
        text_add(out, "  CODE                           SCANS  FIRST       LAST        TEXT\n");
}

static void
print_text(void *data, const LackingCarrier *carrier)
{
    Report *const report = data;
    Text out = {.arena = carrier->arena};

    text_add(&out, report->carriers++ > 0 ? "\n" : "");
    write_head(report->view, &out, carrier);
    for (size_t i = 0; i < carrier->count; i++)
        write_code(report->view, &out, &carrier->items[i]);
    if (carrier->codes > carrier->count)
        text_add_format(&out, "  and %zu more codes (--limit)\n", carrier->codes - carrier->count);
    fputs(text_get(&out), report->view->job->out);
}

static json_t *
code_json(Arena *arena, const LackingCode *code)
{
    json_t *const texts = json_array();

    if (!text_is_empty(code->said.text))
        json_array_append_new(texts, json_of_text(arena, code->said.text));
    if (!text_is_empty(code->said.another) && !text_equal(code->said.text, code->said.another))
        json_array_append_new(texts, json_of_text(arena, code->said.another));
    return json_pack("{s:o, s:o, s:I, s:o, s:o, s:o, s:o}", "code",
        json_of_text(arena, code->said.code), "subcode", json_of_text(arena, code->said.subcode),
        "count", (json_int_t)code->said.count, "first", json_of_instant(arena, code->said.first),
        "last", json_of_instant(arena, code->said.last), "left_out",
        json_of_text(arena, code->left == NULL ? "" : code->left->why), "texts", texts);
}

// Each carrier is printed when it is complete, so that memory does not grow with the answer.
static void
print_json(void *data, const LackingCarrier *carrier)
{
    Report *const report = data;
    const Catalogue *const catalogue = report->view->catalogue;
    FILE *const out = report->view->job->out;
    json_t *const codes = json_array();

    for (size_t i = 0; i < carrier->count; i++)
        json_array_append_new(codes, code_json(carrier->arena, &carrier->items[i]));

    json_t *const json = json_pack("{s:o, s:o, s:I, s:I, s:I, s:o}", "carrier",
        json_of_text(carrier->arena, carrier->name), "id",
        carrier->index < 0 ? json_null()
                           : json_string(catalogue_carrier(catalogue, (size_t)carrier->index)->id),
        "scans", (json_int_t)carrier->scans, "unmapped_scans", (json_int_t)carrier->unmapped,
        "unmapped_codes", (json_int_t)carrier->codes, "codes", codes);

    fputs(report->carriers++ > 0 ? ",\n" : "", out);
    json_dumpf(json, out, JSON_INDENT(2));
    json_decref(json);
}

bool
carriers_unmapped(const CarriersView *view, Err *err)
{
    const bool json = view->job->format == FORMAT_JSON;
    Report report = {.view = view};
    int64_t limit;

    if (!job_option_int(view->job, "limit", 1, LIMIT_MAX, LIMIT_DEFAULT, &limit, err))
        return false;
    fputs(json ? "[\n" : "", view->job->out);
    if (!carriers_lacking(view, (size_t)limit, json ? print_json : print_text, &report, err))
        return false;
    if (json)
        fputs("\n]\n", view->job->out);
    else if (report.carriers == 0)
        fputs("every code of the source is mapped, every carrier known\n", view->job->out);
    else
        fputs(
            "\nvigie carriers suggest CARRIER drafts the rows that are lacking\n", view->job->out);
    return true;
}
