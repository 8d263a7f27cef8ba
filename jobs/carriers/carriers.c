/*
 * carriers: what the catalogue knows of carriers and their codes, what it lacks for this source, and how carriers did.
 */
#include "jobs/carriers/carriers.h"

#include "core/text.h"
#include "jobs/frame/screen.h"

#include <string.h>

extern const Command command_carriers;

// The actions, with the arguments that each takes and the options that mean something to it.
static const struct
{
    bool (*run)(const CarriersView *view, Err *err);
    const char *name, *arguments;
    size_t least, most;
    const char *const options[4];
} ACTIONS[] = {
    {carriers_list, "list", "no arguments", 0, 0, {NULL}},
    {carriers_show, "show", "one CARRIER", 1, 1, {"codes"}},
    {carriers_test, "test", "CARRIER CODE [SUBCODE]", 2, 3, {NULL}},
    {carriers_unmapped, "unmapped", "no arguments", 0, 0, {"days", "limit"}},
    {carriers_suggest, "suggest", "one CARRIER", 1, 1, {"days"}},
    {carriers_scorecard, "scorecard", "[CARRIER]", 0, 1, {NULL}},
};

bool
carriers_find(const CarriersView *view, const char *name, int *out, Err *err)
{
    const size_t count = catalogue_count(view->catalogue);
    const char **const ids = ARENA_ARRAY(view->job->arena, const char *, count);
    const int index = catalogue_find(view->catalogue, name);

    if (index >= 0) {
        *out = index;
        return true;
    }
    for (size_t i = 0; i < count; i++)
        ids[i] = catalogue_carrier(view->catalogue, i)->id;

    const char *const slug = text_slug(view->job->arena, name);
    const char *const nearest = strlen(slug) > 64 ? NULL : text_nearest(slug, ids, count);

    return err_set(err, ERR_CONFIG, "the catalogue knows no carrier \"%s\"%s",
        text_clean(view->job->arena, name),
        nearest == NULL ? "" : arena_printf(view->job->arena, " (did you mean \"%s\"?)", nearest));
}

const char *
carriers_kind(const CarrierEntry *entry)
{
    return entry->vocabulary == VOCABULARY_NONE       ? "carrier"
           : entry->vocabulary == VOCABULARY_FALLBACK ? "vocabulary"
                                                      : "vocabulary, when named";
}

static size_t
left_out_of(const CarrierEntry *entry)
{
    size_t count = 0;

    for (size_t i = 0; i < entry->scheme_count; i++)
        count += entry->schemes[i].left_out_count;
    return count;
}

static void
list_json(const CarriersView *view)
{
    json_t *const all = json_array();

    for (size_t i = 0; i < catalogue_count(view->catalogue); i++)
        json_array_append_new(
            all, carriers_json(view->job->arena, catalogue_carrier(view->catalogue, i), false));
    screen_json(view->job, all);
}

bool
carriers_list(const CarriersView *view, Err *err)
{
    Text out = {.arena = view->job->arena};

    (void)err;
    if (view->job->format == FORMAT_JSON) {
        list_json(view);
        return true;
    }
    text_add(&out, "ID                    NAME                              CODES  LEFT OUT  "
                   "SERVICES  KIND\n");
    for (size_t i = 0; i < catalogue_count(view->catalogue); i++) {
        const CarrierEntry *const entry = catalogue_carrier(view->catalogue, i);

        screen_cell(&out, 22, entry->id);
        screen_cell(&out, 32, entry->name);
        text_add_format(&out, "%7zu  %8zu  %8zu  %s\n", entry->code_count, left_out_of(entry),
            entry->service_count, carriers_kind(entry));
    }
    fputs(text_get(&out), view->job->out);
    return true;
}

static bool
check_options(const Job *job, size_t action, Err *err)
{
    for (const OptionSpec *option = job->command->options; option->name != NULL; option++) {
        const char *const *meant = ACTIONS[action].options;

        while (*meant != NULL && strcmp(*meant, option->name) != 0)
            meant++;
        if (*meant == NULL && job_option(job, option->name) != NULL)
            return err_set(err, ERR_CONFIG, "option \"--%s\" means nothing to \"%s\"", option->name,
                ACTIONS[action].name);
    }
    return true;
}

static bool
load(CarriersView *view, Err *err)
{
    const Settings *const settings = view->job->settings;
    Problems problems = {.arena = view->job->arena};

    view->catalogue = catalogue_load(view->job->arena, settings->carriers.catalogues,
        settings->carriers.vocabularies, &problems, err);
    job_report_problems(view->job, &problems);
    return view->catalogue != NULL;
}

static bool
carriers_run(Job *job, Err *err)
{
    CarriersView view = {.job = job};
    size_t action = 0;

    if (job->argument_count > 0 &&
        !job_choose("action", job->arguments[0], job->command->actions, &action, err))
        return false;

    const size_t given = job->argument_count == 0 ? 0 : job->argument_count - 1;

    if (job->format == FORMAT_CSV)
        return err_set(err, ERR_CONFIG, "\"carriers\" prints text or json");
    if (given < ACTIONS[action].least || given > ACTIONS[action].most)
        return err_set(
            err, ERR_CONFIG, "\"%s\" takes %s", ACTIONS[action].name, ACTIONS[action].arguments);
    return check_options(job, action, err) && load(&view, err) && ACTIONS[action].run(&view, err);
}

static const OptionSpec options[] = {
    {"codes", 0, NULL, "show: every code with its meaning"},
    {"days", 0, "NUMBER",
        "unmapped, suggest: how far back to look; default is the setting learn.window_days"},
    {"limit", 'l', "NUMBER", "unmapped: at most so many codes of a carrier (20 by default)"},
    {0},
};

const Command command_carriers = {
    .name = "carriers",
    .summary = "tell what is known of carriers and codes, and what is not",
    .usage = "[ACTION] [CARRIER] [CODE] [SUBCODE]",
    .description =
        "ACTION is one of:\n\n"
        "list (the default) prints the carriers and vocabularies of the catalogue, the shipped "
        "ones and those of the setting carriers.catalogues.\n\n"
        "show CARRIER prints names, tracking link, time zone, days of delivery, services with "
        "their promises and sources, schemes of codes and known traps.\n\n"
        "test CARRIER CODE [SUBCODE] says what a code means and which row of which file says so, "
        "on whose word; or that it is left out and why, or that nobody mapped it.\n\n"
        "unmapped prints the codes of the source's scans that nobody mapped, with counts, when "
        "they were seen and what they say, and carriers that the catalogue does not know. Such "
        "codes never count as progress.\n\n"
        "suggest CARRIER prints a catalogue file with a draft of a row for each unmapped code, "
        "commented out: judge each, then name the file in carriers.catalogues.\n\n"
        "scorecard [CARRIER] prints how carriers did, as the newest night up to --as-of knew it: "
        "transit times, promises kept and parcels lost with 95% intervals; of one CARRIER also its "
        "services and lanes, whether its parcels come later than they used to, what claims came "
        "to, and why cases opened.\n\n"
        "--format json prints the same as data.",
    .needs = NEEDS_SETTINGS | NEEDS_DATABASE | TAKES_AS_OF | TAKES_FORMAT,
    .options = options,
    .arguments_max = 4,
    .actions =
        (const char *const[]){"list", "show", "test", "unmapped", "suggest", "scorecard", NULL},
    .examples = (const char *const[]){"vigie carriers show colissimo --codes",
        "vigie carriers test dhl_express DD", "vigie carriers unmapped --days 30",
        "vigie carriers suggest gls > carriers/gls.yaml", "vigie carriers scorecard colissimo",
        NULL},
    .run = carriers_run,
};
