/*
 * Two passes of getopt_long: the first stops at the command's name and knows only the common options; the second
 * starts there, with the command's own options added. So nobody has to guess whether the word after an option
 * is its argument or the command.
 */
#include "jobs/frame/options.h"

#include "core/text.h"
#include "jobs/frame/command.h"

#include <getopt.h>
#include <string.h>

const CommonOption COMMON_OPTIONS[] = {
    {.option = {"config", 'c', "FILE", "read the settings from this file"},
        .needs = NEEDS_SETTINGS | TAKES_SETTINGS},
    {.option = {"set", 's', "PATH=VALUE", "override one setting; may be repeated"},
        .needs = NEEDS_SETTINGS | TAKES_SETTINGS},
    {.option = {"as-of", 0, "DATE|TIMESTAMP",
         "judge as of the end of this day in the configured time zone, or of this instant "
         "(2026-11-20T06:00:00Z); now by default"},
        .needs = TAKES_AS_OF,
        .promise = true},
    {.option = {"dry-run", 'n', NULL, "do everything but write and send"},
        .needs = WRITES,
        .promise = true},
    {.option = {"format", 0, "FORMAT", "print text (the default), csv or json"},
        .needs = TAKES_FORMAT,
        .promise = true},
    {.option = {"run-key", 0, "KEY", "what a scheduler calls this run; kept with it"},
        .needs = TAKES_SCHEDULE,
        .promise = true},
    {.option = {"if-exists", 0, "WHAT",
         "when this night ran before (with the same --run-key, if that is given): replace does it "
         "again (the default), resume does what is left, skip does nothing when it is done"},
        .needs = TAKES_SCHEDULE,
        .promise = true},
    {.option = {"skip-if-done", 0, NULL,
         "end with 99 when there is nothing to do; implies --if-exists skip"},
        .needs = TAKES_SCHEDULE,
        .promise = true},
    {.option = {"quiet", 'q', NULL, "log warnings and errors only, show no progress"}},
    {.option = {"verbose", 'v', NULL, "log details too"}},
    {.option = {"log-format", 0, "FORMAT", "log as text (the default) or json, on standard error"}},
    {.option = {"help", 'h', NULL, "explain the command and end"}},
    {.option = {"version", 'V', NULL, "print the version and end"}},
    {{0}},
};

bool
common_option_concerns(const CommonOption *common, const Command *command)
{
    return common->needs == 0 || command == NULL || (command->needs & common->needs) != 0;
}

// The options that one pass knows, in the form getopt_long wants. A long option's value is its place in specs
// plus PLACE, so that it cannot be mistaken for a letter.
typedef struct Known
{
    Arena *arena;
    const OptionSpec **items;
    size_t count, capacity;
    struct option *longs;
    Text letters;
} Known;

enum
{
    PLACE = 256
};

static void
known_prepare(Known *known, const char *mode)
{
    known->longs = ARENA_ARRAY(known->arena, struct option, known->count + 1);
    known->letters = (Text){.arena = known->arena};
    text_add(&known->letters, mode);
    for (size_t i = 0; i < known->count; i++) {
        const OptionSpec *const spec = known->items[i];

        known->longs[i] = (struct option){.name = spec->name,
            .has_arg = spec->argument ? required_argument : no_argument,
            .val = PLACE + (int)i};
        if (spec->letter != 0)
            text_add_format(&known->letters, "%c%s", spec->letter, spec->argument ? ":" : "");
    }
}

static void
known_add_common(Known *known)
{
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
        ARENA_PUSH(known, &common->option);
}

static void
known_add(Known *known, const OptionSpec *options)
{
    for (const OptionSpec *spec = options; spec && spec->name; spec++)
        ARENA_PUSH(known, spec);
}

// The option that getopt_long's answer means, NULL when it means none.
static const OptionSpec *
known_spec(const Known *known, int answer)
{
    if (answer >= PLACE && (size_t)(answer - PLACE) < known->count)
        return known->items[answer - PLACE];
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i]->letter != 0 && known->items[i]->letter == answer)
            return known->items[i];
    return NULL;
}

static bool
refuse_long(const Known *known, const char *given, Err *err)
{
    const char *const names_end = strchr(given, '=');
    const size_t length = names_end ? (size_t)(names_end - given) : strlen(given);
    const char *const word =
        text_clean(known->arena, arena_copy_bytes(known->arena, given, length));
    const char **const names = ARENA_ARRAY(known->arena, const char *, known->count);
    size_t started = 0;

    for (size_t i = 0; i < known->count; i++) {
        names[i] = known->items[i]->name;
        started += text_starts_with(names[i], word);
    }
    if (started > 1)
        return err_set(err, ERR_CONFIG, "option \"--%s\" could mean several", word);

    const char *const nearest = text_nearest(word, names, known->count);

    if (nearest)
        return err_set(err, ERR_CONFIG, "unrecognized option \"--%s\" (did you mean \"--%s\"?)",
            word, nearest);
    return err_set(err, ERR_CONFIG, "unrecognized option \"--%s\"", word);
}

// Say why getopt_long answered '?' or ':'. It leaves the culprit in optopt, or, for a long option it does not
// know, in the argument it has just read.
static bool
refuse(const Known *known, int answer, char *const *argv, Err *err)
{
    const OptionSpec *const spec = known_spec(known, optopt);

    if (spec && answer == ':')
        return err_set(err, ERR_CONFIG, "option \"--%s\" needs its %s", spec->name, spec->argument);
    if (spec)
        return err_set(err, ERR_CONFIG, "option \"--%s\" takes no argument", spec->name);
    if (optopt != 0)
        return err_set(err, ERR_CONFIG, "unrecognized option \"-%s\"",
            text_clean(known->arena, arena_printf(known->arena, "%c", optopt)));
    return refuse_long(known, argv[optind - 1] + strlen("--"), err);
}

typedef struct GivenList
{
    Arena *arena;
    OptionGiven *items;
    size_t count, capacity;
} GivenList;

// One pass over argv, whose first word is skipped. mode is getopt's: "+:" stops at the first argument, ":" reads
// all and moves the arguments to the end of argv. *next is where the arguments begin.
static bool
read_options(
    Known *known, const char *mode, int argc, char **argv, GivenList *given, int *next, Err *err)
{
    known_prepare(known, mode);
    optind = 0;  // glibc: start afresh
    opterr = 0;
    for (;;) {
        const int answer = getopt_long(argc, argv, text_get(&known->letters), known->longs, NULL);

        if (answer == -1)
            break;
        if (answer == '?' || answer == ':')
            return refuse(known, answer, argv, err);

        const OptionSpec *const spec = known_spec(known, answer);
        const OptionGiven option = {.name = spec->name, .value = spec->argument ? optarg : ""};

        ARENA_PUSH(given, option);
    }
    *next = optind;
    return true;
}

static const char *
value_of(const GivenList *given, const char *name)
{
    const char *value = NULL;

    for (size_t i = 0; i < given->count; i++)
        if (strcmp(given->items[i].name, name) == 0)
            value = given->items[i].value;
    return value;
}

static bool
take_overrides(Job *job, const GivenList *given, Err *err)
{
    SettingOverride *const overrides = ARENA_ARRAY(given->arena, SettingOverride, given->count);
    size_t count = 0;

    for (size_t i = 0; i < given->count; i++) {
        if (strcmp(given->items[i].name, "set") != 0)
            continue;

        const char *const text = given->items[i].value;
        const char *const equals = strchr(text, '=');

        if (!equals || equals == text)
            return err_set(err, ERR_CONFIG,
                "option \"--set\": expected PATH=VALUE, such as learn.window_days=180, not \"%s\"",
                text_clean(given->arena, text));
        overrides[count++] =
            (SettingOverride){.path = arena_copy_bytes(given->arena, text, (size_t)(equals - text)),
                .value = equals + 1};
    }
    job->overrides = overrides;
    job->override_count = count;
    return true;
}

static bool
take_choice(
    const GivenList *given, const char *name, const char *const *choices, size_t *index, Err *err)
{
    const char *const word = value_of(given, name);

    return !word || job_choose(name, word, choices, index, err);
}

static bool
take_schedule(Job *job, const GivenList *given, Err *err)
{
    static const char *const choices[] = {[IF_EXISTS_REPLACE] = "replace",
        [IF_EXISTS_RESUME] = "resume",
        [IF_EXISTS_SKIP] = "skip",
        NULL};
    const char *const key = value_of(given, "run-key");
    size_t if_exists = IF_EXISTS_REPLACE;

    job->run_key = key == NULL ? "" : text_clean(job->arena, key);
    job->skip_if_done = value_of(given, "skip-if-done") != NULL;
    if (!take_choice(given, "if-exists", choices, &if_exists, err))
        return false;
    if (job->skip_if_done && if_exists == IF_EXISTS_REPLACE) {
        if (value_of(given, "if-exists"))
            return err_set(err, ERR_CONFIG,
                "options \"--skip-if-done\" and \"--if-exists replace\" exclude each other");
        if_exists = IF_EXISTS_SKIP;
    }
    job->if_exists = (JobIfExists)if_exists;
    return true;
}

static bool
take_common(Request *request, const GivenList *given, Err *err)
{
    static const char *const formats[] = {
        [FORMAT_TEXT] = "text", [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json", NULL};
    static const char *const log_formats[] = {[LOG_TEXT] = "text", [LOG_JSON] = "json", NULL};
    Job *const job = &request->job;
    size_t format = FORMAT_TEXT, log_format = LOG_TEXT;

    if (!take_choice(given, "format", formats, &format, err) ||
        !take_choice(given, "log-format", log_formats, &log_format, err) ||
        !take_overrides(job, given, err) || !take_schedule(job, given, err))
        return false;
    job->format = (JobFormat)format;
    request->log_format = (LogFormat)log_format;
    job->config_path = value_of(given, "config");
    job->as_of_text = value_of(given, "as-of");
    job->dry_run = value_of(given, "dry-run") != NULL;
    job->quiet = value_of(given, "quiet") != NULL;
    job->verbose = value_of(given, "verbose") != NULL;
    request->help = value_of(given, "help") != NULL;
    request->version = value_of(given, "version") != NULL;
    if (job->quiet && job->verbose)
        return err_set(err, ERR_CONFIG, "options \"--quiet\" and \"--verbose\" exclude each other");
    return true;
}

static bool
is_own(const Command *command, const char *name)
{
    for (const OptionSpec *spec = command->options; spec && spec->name; spec++)
        if (strcmp(spec->name, name) == 0)
            return true;
    return false;
}

static bool
check_promises(const Command *command, const GivenList *given, Err *err)
{
    for (const CommonOption *common = COMMON_OPTIONS; common->option.name; common++)
        if (common->promise && !common_option_concerns(common, command) &&
            value_of(given, common->option.name))
            return err_set(
                err, ERR_CONFIG, "option \"--%s\" means nothing here", common->option.name);
    return true;
}

static bool
check_arguments(const Job *job, Err *err)
{
    const Command *const command = job->command;
    size_t index;

    if (job->argument_count < command->arguments_min)
        return err_set(err, ERR_CONFIG, "expected %s", command->usage);
    if (job->argument_count > command->arguments_max)
        return err_set(err, ERR_CONFIG, "unexpected argument \"%s\"",
            text_clean(job->arena, job->arguments[command->arguments_max]));
    if (command->actions && job->argument_count > 0)
        return job_choose("action", job->arguments[0], command->actions, &index, err);
    return true;
}

static void
take_own(Job *job, const GivenList *given)
{
    OptionGiven *const own = ARENA_ARRAY(given->arena, OptionGiven, given->count);
    size_t count = 0;

    for (size_t i = 0; i < given->count; i++)
        if (is_own(job->command, given->items[i].name))
            own[count++] = given->items[i];
    job->options = own;
    job->option_count = count;
}

// The part of the line that begins with the command's name.
static bool
parse_command(Request *request, int argc, char **argv, GivenList *given, Err *err)
{
    Job *const job = &request->job;
    const char *nearest;
    int next;

    job->command = command_find(argv[0], &nearest);
    if (!job->command)
        return command_unrecognized(argv[0], nearest, err);

    Known known = {.arena = given->arena};

    known_add(&known, job->command->options);
    known_add_common(&known);
    if (!read_options(&known, ":", argc, argv, given, &next, err) ||
        !check_promises(job->command, given, err) || !take_common(request, given, err))
        return err_context(err, "%s", job->command->name);
    take_own(job, given);
    job->arguments = (const char *const *)(argv + next);
    job->argument_count = (size_t)(argc - next);
    if (!request->help && !request->version && !check_arguments(job, err))
        return err_context(err, "%s", job->command->name);
    return true;
}

bool
options_parse(Arena *arena, int argc, char *const *argv, Request *out, Err *err)
{
    Request request = {.job.arena = arena};
    GivenList given = {.arena = arena};
    Known common = {.arena = arena};
    char **const words = ARENA_ARRAY(arena, char *, (size_t)argc + 1);  // getopt reorders them
    int next;

    for (int i = 0; i < argc; i++)
        words[i] = argv[i];
    known_add_common(&common);
    if (!read_options(&common, "+:", argc, words, &given, &next, err))
        return false;
    if (next < argc ? !parse_command(&request, argc - next, words + next, &given, err)
                    : !take_common(&request, &given, err))
        return false;
    *out = request;
    return true;
}
