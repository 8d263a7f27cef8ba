/*
 * What a code means, and who says so.
 */
#include "jobs/carriers/carriers.h"

#include "core/text.h"
#include "jobs/frame/screen.h"

// A code that was asked for, and the answer.
typedef struct Answer
{
    const char *name, *code, *subcode;  // as given
    int carrier;                        // -1 when the catalogue does not know it
    const CodeRow *row;                 // NULL when nobody knows the code
} Answer;

static Answer
answer_of(const CarriersView *view)
{
    const Job *const job = view->job;
    Answer answer = {.name = job->arguments[1],
        .code = job->arguments[2],
        .subcode = job->argument_count > 3 ? job->arguments[3] : ""};

    answer.carrier = catalogue_find(view->catalogue, answer.name);
    answer.row = catalogue_row(view->catalogue, answer.carrier, answer.code, answer.subcode);
    return answer;
}

static const char *
verdict(const Answer *answer)
{
    return answer->row == NULL                            ? "unmapped"
           : answer->row->milestone == MILESTONE_UNMAPPED ? "left out"
                                                          : "mapped";
}

static void
print_json(const CarriersView *view, const Answer *answer)
{
    Arena *const arena = view->job->arena;
    json_t *const json = json_object();

    json_object_set_new(json, "carrier",
        answer->carrier < 0
            ? json_null()
            : json_string(catalogue_carrier(view->catalogue, (size_t)answer->carrier)->id));
    json_object_set_new(json, "code", json_of_text(arena, answer->code));
    json_object_set_new(json, "subcode", json_of_text(arena, answer->subcode));
    json_object_set_new(json, "verdict", json_string(verdict(answer)));
    json_object_set_new(json, "says",
        answer->row == NULL
            ? json_null()
            : json_string(catalogue_carrier(view->catalogue, (size_t)answer->row->carrier)->id));
    json_object_set_new(
        json, "row", answer->row == NULL ? json_null() : carriers_row_json(arena, answer->row));
    screen_json(view->job, json);
}

static void
write_row(const CarriersView *view, Text *out, const CodeRow *row)
{
    Arena *const arena = view->job->arena;
    const size_t columns = screen_columns(view->job);
    const CarrierEntry *const place = catalogue_carrier(view->catalogue, (size_t)row->carrier);

    if (row->milestone == MILESTONE_UNMAPPED)
        screen_line(out, columns, "why", row->why);
    else {
        screen_line(out, columns, "milestone", milestone_name(row->milestone));
        screen_line(out, columns, "label", code_row_label(row, view->job->settings->language));
        screen_line(out, columns, "physical",
            row->physical ? "yes: somebody handled the parcel; ends its silence"
                          : "no: proves nothing; its silence goes on");
        screen_line(out, columns, "dead",
            row->dead ? "yes: the number is unknown, invalid or given up" : "");
    }
    screen_line(out, columns, "says",
        arena_printf(
            arena, "%s, scheme %s, %s:%zu", place->name, row->scheme, row->file, row->line));
    screen_line(out, columns, "source", row->source);
    screen_line(out, columns, "judged", row->judged);
}

static void
print_text(const CarriersView *view, const Answer *answer)
{
    Arena *const arena = view->job->arena;
    Text out = {.arena = arena};

    text_add_format(&out, "%s%s%s of %s: %s\n", text_clean(arena, answer->code),
        *answer->subcode ? " / " : "", text_clean(arena, answer->subcode),
        answer->carrier < 0
            ? arena_printf(arena, "\"%s\", a carrier that the catalogue does not know",
                  text_clean(arena, answer->name))
            : catalogue_carrier(view->catalogue, (size_t)answer->carrier)->name,
        verdict(answer));
    if (answer->row != NULL)
        write_row(view, &out, answer->row);
    else
        screen_line(&out, screen_columns(view->job), "so",
            "it never counts as progress; say what it means in a catalogue file of yours "
            "(docs/carriers.md)");
    fputs(text_get(&out), view->job->out);
}

bool
carriers_test(const CarriersView *view, Err *err)
{
    const Answer answer = answer_of(view);

    (void)err;
    if (view->job->format == FORMAT_JSON)
        print_json(view, &answer);
    else
        print_text(view, &answer);
    return true;
}
