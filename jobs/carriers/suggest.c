/*
 * A draft of the rows that are lacking for a carrier, as a catalogue file. Every row is commented out: a proposal is drawn
 * from likeness of words, and only a person who knows the carrier can say whether it is true.
 */
#include "jobs/carriers/carriers.h"

#include "config/likeness.h"
#include "core/map.h"
#include "core/text.h"
#include "jobs/frame/screen.h"

#include <inttypes.h>
#include <string.h>

#define CODES_MAX 100000

typedef struct Draft
{
    const CarriersView *view;
    Likeness *likeness;
    const char *slug;  // of the carrier asked for
    int index;         // in the catalogue, -1 when unknown
    Map *seen;         // codes drafted already, from another spelling of the carrier
    Text yaml;
    json_t *json;
    size_t rows;
} Draft;

// A text within double quotes of YAML: cleaned texts hold no controls, so two characters need care.
static const char *
quoted(Arena *arena, const char *text)
{
    Text out = {.arena = arena};

    text_add(&out, "\"");
    for (; *text != '\0'; text++) {
        text_add(&out, *text == '"' || *text == '\\' ? "\\" : "");
        text_add_bytes(&out, text, 1);
    }
    text_add(&out, "\"");
    return text_get(&out);
}

// The likest of a code's texts and the code itself.
static Like
propose(Draft *draft, const SourceCode *said)
{
    const char *const texts[] = {said->text, said->another, said->code};
    Like best = {.nearness = 0};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const Like like = likeness_find(draft->likeness, texts[i]);

        if (like.nearness > best.nearness)
            best = like;
    }
    return best;
}

static const char *
label_of(const SourceCode *said)
{
    return !text_is_empty(said->text) ? said->text : said->code;
}

static void
write_row(Draft *draft, const LackingCode *code, Like like)
{
    Text *const out = &draft->yaml;
    Arena *const arena = out->arena;
    const SourceCode *const said = &code->said;
    const Catalogue *const catalogue = draft->view->catalogue;

    text_add_format(out, "#\n#      # %" PRId64 " scans, last on %s", said->count,
        day_print(arena, zone_day(draft->view->job->zone, said->last)));
    if (code->left != NULL)
        text_add_format(out, "; left out by the catalogue: %s", code->left->why);
    if (like.row == NULL)
        text_add(out, "; no known label is like it");
    else
        text_add_format(out, "; %.0f %% like \"%s\" of %s", 100 * like.nearness, like.text,
            catalogue_carrier(catalogue, (size_t)like.row->carrier)->id);
    text_add_format(out, "\n#      - {code: %s, ", quoted(arena, said->code));
    if (*said->subcode != '\0')
        text_add_format(out, "subcode: %s, ", quoted(arena, said->subcode));
    text_add_format(out, "milestone: %s, label_en: %s}\n",
        like.row == NULL ? "?" : milestone_name(like.row->milestone),
        quoted(arena, label_of(said)));
}

static json_t *
row_json(const Draft *draft, const LackingCode *code, Like like)
{
    Arena *const arena = draft->view->job->arena;
    const SourceCode *const said = &code->said;

    return json_pack("{s:o, s:o, s:I, s:o, s:o, s:o, s:o}", "code", json_of_text(arena, said->code),
        "subcode", json_of_text(arena, said->subcode), "count", (json_int_t)said->count, "text",
        json_of_text(arena, said->text), "milestone",
        like.row == NULL ? json_null() : json_string(milestone_name(like.row->milestone)), "like",
        json_of_text(arena, like.row == NULL ? "" : like.text), "nearness",
        json_real(like.nearness));
}

static bool
is_asked_for(const Draft *draft, const LackingCarrier *carrier)
{
    return draft->index >= 0 ? carrier->index == draft->index
                             : strcmp(text_slug(carrier->arena, carrier->name), draft->slug) == 0;
}

static void
add_carrier(void *data, const LackingCarrier *carrier)
{
    Draft *const draft = data;

    for (size_t i = 0; i < carrier->count && is_asked_for(draft, carrier); i++) {
        const LackingCode *const code = &carrier->items[i];
        const char *const key =
            arena_printf(carrier->arena, "%s\n%s", code->said.code, code->said.subcode);
        bool is_new = false;

        map_intern(draft->seen, key, strlen(key), 1, &is_new);
        if (!is_new || *code->said.code == '\0')
            continue;

        const Like like = propose(draft, &code->said);

        draft->rows++;
        if (draft->json != NULL)
            json_array_append_new(draft->json, row_json(draft, code, like));
        else
            write_row(draft, code, like);
    }
}

static void
write_head(Draft *draft)
{
    const Job *const job = draft->view->job;
    Text *const out = &draft->yaml;

    text_add_format(out,
        "# Draft of %s for \"%s\". Nothing here is true until you say so: the milestones are "
        "guesses\n"
        "# from likeness of words. Judge each row against the carrier's own table, correct it, "
        "take away\n"
        "# its \"#\" and those of the lines from \"schemes\" to \"rows\", and name this file in "
        "the setting\n"
        "# carriers.catalogues. As it stands it changes no code.\n",
        day_print(job->arena, job->day), text_clean(job->arena, job->arguments[1]));
    if (draft->index >= 0)
        text_add_format(
            out, "id: %s\n", catalogue_carrier(draft->view->catalogue, (size_t)draft->index)->id);
    else
        text_add_format(out, "id: %s\nname: %s\n", draft->slug,
            quoted(job->arena, text_clean(job->arena, job->arguments[1])));
    text_add(
        out, "#schemes:\n#  - name: ours\n#    source: \"where the meanings stand\"\n#    rows:\n");
}

bool
carriers_suggest(const CarriersView *view, Err *err)
{
    Arena *const arena = view->job->arena;
    const char *const name = view->job->arguments[1];
    Draft draft = {.view = view,
        .slug = text_slug(arena, name),
        .index = catalogue_find(view->catalogue, name),
        .seen = map_create(arena),
        .yaml = {.arena = arena}};

    if (*draft.slug == '\0')
        return err_set(err, ERR_CONFIG, "\"%s\" has no letter or digit", text_clean(arena, name));
    draft.likeness = likeness_create(arena, view->catalogue);
    draft.json = view->job->format == FORMAT_JSON ? json_array() : NULL;
    write_head(&draft);
    if (!carriers_lacking(view, CODES_MAX, add_carrier, &draft, err)) {
        json_decref(draft.json);
        return false;
    }
    if (draft.json != NULL)
        screen_json(view->job, draft.json);
    else if (draft.rows == 0)
        fprintf(view->job->out, "# every code of \"%s\" is mapped, or it has no scan\n",
            text_clean(arena, name));
    else
        fputs(text_get(&draft.yaml), view->job->out);
    return true;
}
