// Settings: where a value comes from, and what is refused beside what tests/config/bad shows.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/settings.h"
#include "core/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Case
{
    Arena *arena;
    Problems problems;
    SettingsLoaded loaded;
    Err err;
    char folder[64];
} Case;

static char *const NO_ENVIRONMENT[] = {NULL};

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    c->arena = arena;
    c->problems.arena = arena;
    memcpy(c->folder, "/tmp/vigie-settings-XXXXXX", sizeof "/tmp/vigie-settings-XXXXXX");
    *state = c;
    return mkdtemp(c->folder) == NULL;
}

static int
tear_down(void **state)
{
    Case *const c = *state;

    unlink(file_join(c->arena, c->folder, "vigie.yaml"));
    rmdir(c->folder);
    arena_destroy(c->arena);
    return 0;
}

static const char *
write_settings(Case *c, const char *text)
{
    const char *const path = file_join(c->arena, c->folder, "vigie.yaml");

    assert_true(file_write(path, text, strlen(text), &c->err));
    return path;
}

static void
assert_loads(Case *c, const char *path, const SettingOverride *overrides, size_t count,
    char *const *environment)
{
    const bool loaded = settings_load(
        c->arena, path, overrides, count, environment, &c->loaded, &c->problems, &c->err);

    for (size_t i = 0; i < c->problems.count; i++)
        print_error("%s\n", c->problems.items[i]);
    assert_true(loaded);
}

static const SettingOrigin *
origin_of(const Case *c, const char *path)
{
    for (size_t i = 0; i < c->loaded.origin_count; i++)
        if (strcmp(c->loaded.origins[i].path, path) == 0)
            return &c->loaded.origins[i];
    fail_msg("no origin of %s", path);
    return NULL;
}

static bool
has_problem(const Case *c, const char *problem)
{
    for (size_t i = 0; i < c->problems.count; i++)
        if (strcmp(c->problems.items[i], problem) == 0)
            return true;
    return false;
}

static void
an_option_wins_over_the_environment_over_the_file_over_the_default(void **state)
{
    Case *const c = *state;
    static char workers[] = "VIGIE_SOURCE_WORKERS=4", page[] = "VIGIE_SOURCE_PAGE_SHIPMENTS=200";
    char *const environment[] = {workers, page, NULL};
    const SettingOverride option = {"source.workers", "8"};
    const char *const path =
        write_settings(c, "source:\n  workers: 3\n  page_shipments: 100\n  scans: mine.scans\n");

    assert_loads(c, path, &option, 1, environment);
    assert_int_equal(c->loaded.settings->source.workers, 8);
    assert_int_equal(c->loaded.settings->source.page_shipments, 200);
    assert_string_equal(c->loaded.settings->source.scans, "mine.scans");
    assert_string_equal(c->loaded.settings->source.shipments, "vigie_source.shipments");
    assert_string_equal(origin_of(c, "source.workers")->origin, "option");
    assert_string_equal(
        origin_of(c, "source.page_shipments")->origin, "environment VIGIE_SOURCE_PAGE_SHIPMENTS");
    assert_string_equal(origin_of(c, "source.scans")->origin, arena_printf(c->arena, "%s:4", path));
    assert_string_equal(origin_of(c, "source.shipments")->origin, "default");
}

static void
defaults_are_those_of_the_manual(void **state)
{
    Case *const c = *state;

    assert_loads(c, NULL, NULL, 0, NO_ENVIRONMENT);

    const Settings *const s = c->loaded.settings;

    assert_string_equal(s->file, "");
    assert_string_equal(s->database.schema, "vigie");
    assert_int_equal(s->database.connect_timeout_seconds, 10);
    assert_int_equal(s->database.statement_timeout_seconds, 0);
    assert_int_equal(s->database.lock_timeout_seconds, 30);
    assert_int_equal(s->source.page_shipments, 20000);
    assert_int_equal(s->source.workers, 2);
    assert_string_equal(s->time_zone, "Europe/Paris");
    assert_string_equal(s->calendar, "FR");
    assert_string_equal(s->currency, "EUR");
    assert_string_equal(s->language, "en");
    assert_int_equal(s->learn.window_days, 365);
    assert_int_equal(s->learn.half_life_days, 60);
    assert_int_equal(s->learn.loss_half_life_days, 120);
    assert_int_equal(s->learn.loss_horizon_days, 30);
    assert_true(s->learn.minimum_events == 30.0);
    assert_true(s->detect.at_risk_probability == 0.5 && s->detect.lost_probability == 0.8);
    assert_true(s->detect.stuck_false_alarms == 2.0);
    assert_string_equal(s->cost.contact, "5.00");
    assert_string_equal(s->claims.filing, "5.00");
    assert_int_equal(s->alerts.deliver_within_days, 7);
    assert_int_equal(s->alerts.attempts, 8);
    assert_int_equal(s->tolerate.set_aside, 1000);
    assert_int_equal(s->alerts.to.count, 0);
}

static void
relative_paths_start_from_the_folder_of_the_file(void **state)
{
    Case *const c = *state;
    const char *const path =
        write_settings(c, "output: out/night\n"
                          "alerts: {password_file: ./secret, to: [a@b.example, c@d.example]}\n"
                          "carriers: {catalogues: [mine, /etc/theirs]}\n");

    assert_loads(c, path, NULL, 0, NO_ENVIRONMENT);

    const Settings *const s = c->loaded.settings;

    assert_string_equal(s->output, arena_printf(c->arena, "%s/out/night", c->folder));
    assert_string_equal(s->alerts.password_file, arena_printf(c->arena, "%s/secret", c->folder));
    assert_int_equal(s->carriers.catalogues.count, 2);
    assert_string_equal(
        s->carriers.catalogues.items[0], arena_printf(c->arena, "%s/mine", c->folder));
    assert_string_equal(s->carriers.catalogues.items[1], "/etc/theirs");
    assert_string_equal(s->alerts.to.items[1], "c@d.example");
    assert_string_equal(origin_of(c, "alerts.to")->value, "a@b.example, c@d.example");
}

static void
a_file_named_without_a_folder_is_found_in_the_current_one(void **state)
{
    Case *const c = *state;
    char before[4096];

    write_settings(c, "output: out\n");
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(c->folder), 0);
    assert_loads(c, "vigie.yaml", NULL, 0, NO_ENVIRONMENT);
    assert_int_equal(chdir(before), 0);
    assert_string_equal(
        c->loaded.settings->file, arena_printf(c->arena, "%s/vigie.yaml", c->folder));
    assert_true(*c->loaded.settings->output == '/');
}

static void
variables_are_filled_in_whole_or_in_part(void **state)
{
    Case *const c = *state;
    static char host[] = "DB_HOST=db.example", name[] = "SHOP=Caf\xc3\xa9 Noir";
    char *const environment[] = {host, name, NULL};
    const char *const path =
        write_settings(c, "database: {url: \"host=${DB_HOST} dbname=x\"}\n"
                          "merchant: {name: \"${SHOP}\", address: \"$${SHOP} $5\"}\n"
                          "alerts: {to: [\"a@${DB_HOST}\"]}\n");

    assert_loads(c, path, NULL, 0, environment);
    assert_string_equal(c->loaded.settings->database.url, "host=db.example dbname=x");
    assert_string_equal(c->loaded.settings->merchant.name, "Caf\xc3\xa9 Noir");
    assert_string_equal(c->loaded.settings->merchant.address, "${SHOP} $5");
    assert_string_equal(c->loaded.settings->alerts.to.items[0], "a@db.example");
}

static void
problems_of_file_environment_and_options_come_together(void **state)
{
    Case *const c = *state;
    static char wrong[] = "VIGIE_DATABASE_URI=x", known[] = "VIGIE_CONFIG=x";
    static char tests[] = "VIGIE_TEST_SOMETHING=x", bad[] = "VIGIE_ALERTS_ATTEMPTS=0";
    char *const environment[] = {wrong, known, tests, bad, NULL};
    const SettingOverride options[] = {{"source.worker", "3"}, {"cost.contact", "five"}};
    const char *const path = write_settings(c, "language: fr\nsource:\n  workers: none\n");

    assert_false(
        settings_load(c->arena, path, options, 2, environment, &c->loaded, &c->problems, &c->err));
    assert_int_equal(c->err.kind, ERR_CONFIG);
    assert_string_equal(c->err.text, "5 problems in the settings");
    assert_int_equal(c->problems.count, 5);
    assert_true(has_problem(
        c, arena_printf(c->arena, "%s:3:12: source.workers: \"none\" is no whole number", path)));
    assert_true(has_problem(c,
        "environment: VIGIE_DATABASE_URI: sets no setting; did you mean \"VIGIE_DATABASE_URL\"?"));
    assert_true(has_problem(c, "environment: VIGIE_ALERTS_ATTEMPTS: 0 is outside 1 to 100"));
    assert_true(has_problem(
        c, "option: source.worker: unrecognized setting; did you mean \"source.workers\"?"));
}

static void
a_settings_file_that_is_not_there_is_a_problem(void **state)
{
    Case *const c = *state;

    assert_false(settings_load(c->arena, "/nonexistent/vigie.yaml", NULL, 0, NO_ENVIRONMENT,
        &c->loaded, &c->problems, &c->err));
    assert_int_equal(c->problems.count, 1);
    assert_non_null(strstr(c->problems.items[0], "/nonexistent/vigie.yaml"));
    assert_non_null(strstr(c->problems.items[0], "No such file or directory"));
}

static void
assert_refuses_secret(Case *c, const char *path, const char *value)
{
    const SettingOverride option = {path, value};
    const size_t before = c->problems.count;

    assert_false(settings_load(
        c->arena, NULL, &option, 1, NO_ENVIRONMENT, &c->loaded, &c->problems, &c->err));
    assert_int_equal(c->problems.count, before + 1);
    assert_non_null(strstr(c->problems.items[before], "holds a password"));
    assert_null(strstr(c->problems.items[before], "hunter2"));
}

static void
a_password_is_refused_and_never_repeated(void **state)
{
    Case *const c = *state;

    assert_refuses_secret(c, "database.url", "postgresql://u:hunter2@h/d");
    assert_refuses_secret(c, "database.url", "postgres://u:hunter2@h1,h2/d?sslmode=require");
    assert_refuses_secret(c, "database.url", "postgresql://h/d?password=hunter2");
    assert_refuses_secret(c, "database.url", "postgresql://h/d?sslmode=x&PASSWORD=hunter2");
    assert_refuses_secret(c, "database.url", "postgresql://h/d?p%61ssword=hunter2");
    assert_refuses_secret(c, "source.url", "host=h password=hunter2");
    assert_refuses_secret(c, "source.url", "host=h password = 'hunter2'");
    assert_refuses_secret(c, "source.url", "host=h sslpassword=hunter2");
    assert_refuses_secret(c, "alerts.smtp_url", "smtp://u:hunter2@mail.example");
}

static void
connections_without_a_password_are_fine(void **state)
{
    Case *const c = *state;
    static const char *const URLS[] = {"postgresql://u@h:5432/d", "postgresql://[::1]:5432/d",
        "host=h passfile=/etc/pass", "service=parcels", "postgresql:///d?host=/run/postgresql"};

    for (size_t i = 0; i < sizeof URLS / sizeof URLS[0]; i++) {
        const SettingOverride option = {"database.url", URLS[i]};

        assert_loads(c, NULL, &option, 1, NO_ENVIRONMENT);
        assert_string_equal(c->loaded.settings->database.url, URLS[i]);
    }
}

static void
the_fingerprint_follows_the_values_only(void **state)
{
    Case *const c = *state;
    static char two[] = "VIGIE_SOURCE_WORKERS=2", three[] = "VIGIE_SOURCE_WORKERS=3";
    char *const same[] = {two, NULL}, *const other[] = {three, NULL};

    assert_loads(c, NULL, NULL, 0, NO_ENVIRONMENT);

    const char *const sha256 = c->loaded.sha256;

    assert_int_equal(strlen(sha256), 64);
    assert_loads(c, NULL, NULL, 0, same);
    assert_string_equal(c->loaded.sha256, sha256);
    assert_loads(c, NULL, NULL, 0, other);
    assert_string_not_equal(c->loaded.sha256, sha256);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_option_wins_over_the_environment_over_the_file_over_the_default),
        TEST(defaults_are_those_of_the_manual),
        TEST(relative_paths_start_from_the_folder_of_the_file),
        TEST(a_file_named_without_a_folder_is_found_in_the_current_one),
        TEST(variables_are_filled_in_whole_or_in_part),
        TEST(problems_of_file_environment_and_options_come_together),
        TEST(a_settings_file_that_is_not_there_is_a_problem),
        TEST(a_password_is_refused_and_never_repeated),
        TEST(connections_without_a_password_are_fine),
        TEST(the_fingerprint_follows_the_values_only),
    };

    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
