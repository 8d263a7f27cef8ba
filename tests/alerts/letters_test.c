/*
 * Letters: the shipped ones leave no hole open, a user's win part by part, and what is wrong in one is said with its place.
 */
#include "alerts/happening.h"

#include "core/file.h"
#include "core/text.h"
#include "tests/harness/sample_alerts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Case
{
    Arena *arena;
    Problems problems;
    Err err;
    char folder[40];
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    c->arena = arena;
    c->problems.arena = arena;
    memcpy(c->folder, "/tmp/vigie-letters-XXXXXX", sizeof "/tmp/vigie-letters-XXXXXX");
    *state = c;
    return mkdtemp(c->folder) == NULL;
}

static int
tear_down(void **state)
{
    Case *const c = *state;
    const int done = system(arena_printf(c->arena, "rm -r %s", c->folder));

    arena_destroy(c->arena);
    return done;
}

static const Letters *
load_with(Case *c, const char *name, const char *text)
{
    assert_true(file_write(file_join(c->arena, c->folder, name), text, strlen(text), &c->err));
    return letters_load(c->arena, c->folder, &c->problems, &c->err);
}

static void
what_is_wrong_is_said_with_its_place(void **state)
{
    static const struct
    {
        const char *name, *text, *problem;
    } cases[] = {
        {"finance_fr.txt", "@subject\n{{day}}\n@text\n{{#things}}\n {{titl}}\n{{/things}}\n",
            ":5:2: \"titl\" is not known here; did you mean \"title\"?"},
        {"finance_fr.txt", "@text\n{{title}}\n", ":2:1: \"title\" is not known here"},
        {"finance_fr.txt", "@text\n{{things}}\n", ":2:1: \"things\" is not known here"},
        {"finance_fr.txt", "@text\n{{#day}}x{{/day}}\n", ":2:1: \"day\" is not known here"},
        {"support_en.txt", "@html\n<p>{{#things}}\n", ":2:4: \"things\" does not end"},
        {"support_en.txt", "@text\n{{/things}}\n", ":2:1: \"things\" ends and never began"},
        {"support_en.txt", "@text\n{{#things}}{{#case}}\n{{/things}}{{/case}}\n",
            ":3:1: \"things\" ends before \"case\""},
        {"support_en.txt", "@text\nabc {{day\n}}\n", ":2:5: a tag is not closed: }} is missing"},
        {"support_en.txt", "hello\n", ":1:1: expected @subject, @text, @html, @slack or @sms"},
        {"support_en.txt", "@text\nhello\n@fax\n",
            ":3:1: expected @subject, @text, @html, @slack or @sms"},
        {"suport_en.txt", "@text\nhello\n",
            ": no letter has this name: expected AUDIENCE_LANGUAGE.txt, such as finance_fr.txt"},
        {"customer_en.txt", "@text\n{{#things}}{{/things}}\n",
            ":2:1: \"things\" is not known here"},
        {"customer_fr.txt", "@text\n\xFF\n", ": is not valid UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        void *own = NULL;

        assert_int_equal(set_up(&own), 0);

        Case *const c = own;
        const char *const path = file_join(c->arena, c->folder, cases[i].name);

        assert_null(load_with(c, cases[i].name, cases[i].text));
        assert_int_equal(c->err.kind, ERR_CONFIG);
        assert_true(c->problems.count >= 1);
        assert_string_equal(
            c->problems.items[0], arena_printf(c->arena, "%s%s", path, cases[i].problem));
        tear_down(&own);
    }
}

static void
a_missing_folder_is_refused(void **state)
{
    Case *const c = *state;

    assert_null(letters_load(c->arena, "/nowhere/letters", &c->problems, &c->err));
    assert_int_equal(c->err.kind, ERR_CONFIG);
    assert_non_null(strstr(c->err.text, "alerts.templates"));
}

// Names of the lists around hold within, and a part that the user did not write stays the shipped one.
static void
the_users_words_win_part_by_part(void **state)
{
    Case *const c = *state;
    const Letters *const letters = load_with(c, "finance_fr.txt",
        "@subject\nMes mots : {{count}}\n@sms\n{{#things}}{{day}} {{title}};{{/things}}\n");
    AlertDesk desk = sample_desk(c->arena, "tests/alerts/rules.yaml");
    size_t count;
    const Happening *const happenings = sample_happenings(c->arena, &count);
    ComposedList list = {.arena = c->arena};
    bool found = false;

    assert_non_null(letters);
    desk.letters = letters;
    alerts_compose(&desk, "night", happenings, count, &list);
    for (size_t i = 0; i < list.count; i++)
        if (text_equal(list.items[i].message.rule, "teams")) {
            found = true;
            assert_string_equal(list.items[i].message.subject, "Mes mots : 4");
            assert_non_null(strstr(list.items[i].message.text, "... et 1 de plus"));
        }
    assert_true(found);
}

// What a shipped letter asks for is there, but for what outside texts themselves hold.
static void
no_hole_is_left(void **state)
{
    Case *const c = *state;
    AlertDesk desk = sample_desk(c->arena, "tests/alerts/rules.yaml");
    size_t count;
    const Happening *const happenings = sample_happenings(c->arena, &count);

    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        Settings settings = *desk.settings;
        ComposedList list = {.arena = c->arena};
        AlertDesk own = desk;

        settings.language = language_code((Language)language);
        own.settings = &settings;
        alerts_compose(&own, "night", happenings, count, &list);
        assert_true(list.count >= 13);
        for (size_t i = 0; i < list.count; i++) {
            const Message *const message = &list.items[i].message;
            const char *const parts[] = {message->subject, message->text, message->html};

            for (size_t k = 0; k < 3; k++)
                for (const char *at = strstr(parts[k], "{{"); at; at = strstr(at + 2, "{{"))
                    if (!text_starts_with(at, "{{folder}} &"))
                        fail_msg("%s: %.60s", message->key, at);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        TEST(a_missing_folder_is_refused),
        TEST(the_users_words_win_part_by_part),
        TEST(no_hole_is_left),
    };

    return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
