// What a command line means, case by case, and how a wrong one is refused.
#include "jobs/frame/options.h"

#include "core/text.h"
#include "jobs/frame/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

// Split a line at spaces.
static char **
split(Arena *arena, const char *line, int *count)
{
    char **const words = ARENA_ARRAY(arena, char *, strlen(line) + 2);

    words[0] = arena_copy(arena, "vigie");
    *count = 1;
    for (const char *at = line; *at;) {
        const size_t length = strcspn(at, " ");

        if (length > 0)
            words[(*count)++] = arena_copy_bytes(arena, at, length);
        at += length + strspn(at + length, " ");
    }
    return words;
}

// Everything a request says, in one line.
static const char *
parse(Arena *arena, const char *line)
{
    Request request;
    Err err = {0};
    Text said = {.arena = arena};
    int count;
    char **const words = split(arena, line, &count);

    if (!options_parse(arena, count, words, &request, &err)) {
        assert_int_equal(err.kind, ERR_CONFIG);
        return arena_copy(arena, err.text);
    }

    const Job *const job = &request.job;

    text_add(&said, job->command ? job->command->name : "-");
    for (size_t i = 0; i < job->argument_count; i++)
        text_add_format(&said, " [%s]", job->arguments[i]);
    for (size_t i = 0; i < job->option_count; i++)
        text_add_format(&said, " %s=%s", job->options[i].name, job->options[i].value);
    for (size_t i = 0; i < job->override_count; i++)
        text_add_format(&said, " set %s to %s", job->overrides[i].path, job->overrides[i].value);
    if (job->config_path)
        text_add_format(&said, " config %s", job->config_path);
    if (job->as_of_text)
        text_add_format(&said, " as of %s", job->as_of_text);
    text_add(&said, job->dry_run ? " dry" : "");
    text_add(&said, job->quiet ? " quiet" : "");
    text_add(&said, job->verbose ? " verbose" : "");
    text_add(&said, job->format == FORMAT_JSON ? " json" : job->format == FORMAT_CSV ? " csv" : "");
    if (job->run_key && *job->run_key)
        text_add_format(&said, " key %s", job->run_key);
    text_add(&said, job->if_exists == IF_EXISTS_RESUME ? " resume"
                    : job->if_exists == IF_EXISTS_SKIP ? " skip"
                                                       : "");
    text_add(&said, job->skip_if_done ? " 99" : "");
    text_add(&said, request.log_format == LOG_JSON ? " log-json" : "");
    text_add(&said, request.help ? " help" : "");
    text_add(&said, request.version ? " version" : "");
    return text_get(&said);
}

static const struct
{
    const char *line, *means;
} CASES[] = {
    {"", "-"},
    {"--version", "- version"},
    {"-h", "- help"},
    {"version", "version"},
    {"config show", "config [show]"},

    // options before the command, after it, between and after arguments
    {"--config a.yaml config show", "config [show] config a.yaml"},
    {"config --config a.yaml show", "config [show] config a.yaml"},
    {"config show -c a.yaml", "config [show] config a.yaml"},
    {"config show --config=a.yaml", "config [show] config a.yaml"},
    {"-q config show -c b.yaml", "config [show] config b.yaml quiet"},
    {"--config version config show", "config [show] config version"},
    {"-c a -c b config show", "config [show] config b"},
    {"config -- show", "config [show]"},
    {"help -- --man", "help [--man]"},

    // abbreviations and bundles, as GNU programs take them
    {"--conf a.yaml config show", "config [show] config a.yaml"},
    {"-qca config show", "config [show] config a quiet"},

    // a command's own options
    {"help --man", "help man="},
    {"help --completion bash --man", "help completion=bash man="},
    {"help version --man", "help [version] man="},

    {"config show --set a.b=1 --set c=x=y --set d=",
        "config [show] set a.b to 1 set c to x=y set d to "},
    {"config show --format json --log-format json", "config [show] json log-json"},
    {"config show --format csv -v", "config [show] verbose csv"},

    // help is given even when the rest is unfinished
    {"config --help", "config help"},
    {"config nonsense --help", "config [nonsense] help"},

    // refused, with the nearest name
    {"confg show", "unrecognized command \"confg\" (did you mean \"config\"?)"},
    {"frobnicate", "unrecognized command \"frobnicate\""},
    {"--vresion", "unrecognized option \"--vresion\" (did you mean \"--version\"?)"},
    {"config --fromat json show",
        "config: unrecognized option \"--fromat\" (did you mean \"--format\"?)"},
    {"config --frmat=json show",
        "config: unrecognized option \"--frmat\" (did you mean \"--format\"?)"},
    {"config show --xyzzy", "config: unrecognized option \"--xyzzy\""},
    {"config show -x", "config: unrecognized option \"-x\""},
    {"config show -qx", "config: unrecognized option \"-x\""},
    {"--man help", "unrecognized option \"--man\""},
    {"config --ver show", "config: option \"--ver\" could mean several"},
    {"config show --config", "config: option \"--config\" needs its FILE"},
    {"config show -c", "config: option \"--config\" needs its FILE"},
    {"config show --quiet=yes", "config: option \"--quiet\" takes no argument"},
    {"config show --set a.b", "config: option \"--set\": expected PATH=VALUE, such as "
                              "learn.window_days=180, not \"a.b\""},
    {"config show --set =1",
        "config: option \"--set\": expected PATH=VALUE, such as learn.window_days=180, not \"=1\""},
    {"config show --format xml", "config: unrecognized format \"xml\": expected text, csv or json"},
    {"config show --format jsn", "config: unrecognized format \"jsn\" (did you mean \"json\"?)"},
    {"config show -q -v", "config: options \"--quiet\" and \"--verbose\" exclude each other"},
    {"config", "config: expected sample|schema|show|check"},
    {"config show all", "config: unexpected argument \"all\""},
    {"config chekc",
        "config: unrecognized action \"chekc\": expected sample, schema, show or check"},
    {"config chec", "config: unrecognized action \"chec\" (did you mean \"check\"?)"},

    // what schedulers say
    {"nightly --run-key scheduled__2026 --if-exists resume", "nightly key scheduled__2026 resume"},
    {"learn --skip-if-done", "learn skip 99"},
    {"nightly --skip-if-done --if-exists resume", "nightly resume 99"},
    {"nightly --if-exists replace", "nightly"},
    {"nightly --skip-if-done --if-exists replace",
        "nightly: options \"--skip-if-done\" and \"--if-exists replace\" exclude each other"},
    {"nightly --if-exists redo",
        "nightly: unrecognized if-exists \"redo\": expected replace, resume or skip"},
    {"cases --run-key x", "cases: option \"--run-key\" means nothing here"},

    // a promise that the command could not keep
    {"version --dry-run", "version: option \"--dry-run\" means nothing here"},
    {"--dry-run version", "version: option \"--dry-run\" means nothing here"},
    {"version --as-of 2026-11-20", "version: option \"--as-of\" means nothing here"},
    {"help --format json", "help: option \"--format\" means nothing here"},
    {"--config a.yaml version", "version config a.yaml"},
};

static void
lines_mean_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Arena *const arena = arena_create();
        const char *const said = parse(arena, CASES[i].line);

        if (strcmp(said, CASES[i].means) != 0)
            fail_msg("vigie %s\n  means    %s\n  expected %s", CASES[i].line, said, CASES[i].means);
        arena_destroy(arena);
    }
}

static void
options_of_a_job_are_typed(void **state)
{
    (void)state;
    static const OptionSpec options[] = {
        {"seed", 0, "NUMBER", ""}, {"from", 0, "DATE", ""}, {"kind", 0, "KIND", ""}, {0}};
    static const Command command = {.name = "simulate", .options = options};
    Arena *const arena = arena_create();
    const OptionGiven given[] = {
        {"kind", "lost"}, {"seed", "41"}, {"from", "2026-02-30"}, {"kind", "late"}, {"seed", "42"}};
    const Job job = {.arena = arena, .command = &command, .options = given, .option_count = 5};
    int64_t seed = -1;
    double real = -1.0;
    Day day = 7;
    Err err = {0};

    assert_string_equal(job_option(&job, "kind"), "late");
    assert_int_equal(job_option_all(&job, "kind").count, 2);
    assert_string_equal(job_option_all(&job, "kind").items[0], "lost");
    assert_true(job_option_int(&job, "seed", 0, 42, 1, &seed, &err));
    assert_int_equal(seed, 42);
    assert_false(job_option_int(&job, "seed", 0, 41, 1, &seed, &err));
    assert_string_equal(err.text, "option \"--seed\": 42 is outside 0 to 41");
    assert_false(job_option_int(&job, "kind", 0, 41, 1, &seed, &err));
    assert_string_equal(err.text, "option \"--kind\": expected a whole number, not \"late\"");
    assert_int_equal(seed, 42);
    assert_false(job_option_real(&job, "kind", 0, 1, 0.5, &real, &err));
    assert_true(real < 0.0);
    assert_false(job_option_day(&job, "from", DAY_NONE, &day, &err));
    assert_int_equal(day, 7);
    arena_destroy(arena);
}

static void
absent_options_have_a_default(void **state)
{
    (void)state;
    static const OptionSpec options[] = {{"seed", 0, "NUMBER", ""}, {0}};
    static const Command command = {.name = "simulate", .options = options};
    const Job job = {.command = &command};
    int64_t seed = -1;
    double real = -1.0;
    Day day = 7;
    Err err = {0};

    assert_null(job_option(&job, "seed"));
    assert_true(job_option_int(&job, "seed", 10, 42, 1, &seed, &err));
    assert_int_equal(seed, 1);
    assert_true(job_option_real(&job, "seed", 10, 42, 0.25, &real, &err));
    assert_true(real == 0.25);
    assert_true(job_option_day(&job, "seed", DAY_NONE, &day, &err));
    assert_int_equal(day, DAY_NONE);
}

// The logical date and instant that --as-of gives in a zone; the program began at 2026-03-29T22:30:00Z.
static const char *
as_of(Arena *arena, const char *zone, const char *text)
{
    Err err = {0};
    Job job = {.arena = arena,
        .zone = zone_load(arena, zone, &err),
        .now = 1774823400 * SECOND,
        .as_of_text = text};

    assert_non_null(job.zone);
    if (!job_set_as_of(&job, &err))
        return arena_copy(arena, err.text);
    assert_int_equal(job.as_of_given, text != NULL);
    return arena_printf(
        arena, "%s of %s", instant_print(arena, job.as_of), day_print(arena, job.day));
}

static void
a_date_is_the_end_of_its_day(void **state)
{
    (void)state;
    Arena *const arena = arena_create();

    // Paris is an hour ahead until 2026-03-29 01:00 UTC, then two.
    assert_string_equal(as_of(arena, "Europe/Paris", NULL), "2026-03-29T22:30:00Z of 2026-03-30");
    assert_string_equal(as_of(arena, "UTC", NULL), "2026-03-29T22:30:00Z of 2026-03-29");
    assert_string_equal(
        as_of(arena, "Europe/Paris", "2026-03-28"), "2026-03-28T22:59:59.999999Z of 2026-03-28");
    assert_string_equal(
        as_of(arena, "Europe/Paris", "2026-03-29"), "2026-03-29T21:59:59.999999Z of 2026-03-29");
    assert_string_equal(as_of(arena, "Europe/Paris", "2026-03-29T23:30:00-01:00"),
        "2026-03-30T00:30:00Z of 2026-03-30");
    assert_string_equal(as_of(arena, "Europe/Paris", "2026-11-20T06:00"),
        "option \"--as-of\": timestamp \"2026-11-20T06:00\" needs its zone, as in "
        "2026-11-20T06:00:00Z or 2026-11-20T06:00:00+01:00");
    assert_string_equal(as_of(arena, "UTC", "yesterday"),
        "option \"--as-of\": expected a date such as 2026-11-20 or a timestamp such as "
        "2026-11-20T06:00:00Z, not \"yesterday\"");
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_mean_what_they_say),
        cmocka_unit_test(options_of_a_job_are_typed),
        cmocka_unit_test(absent_options_have_a_default),
        cmocka_unit_test(a_date_is_the_end_of_its_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
