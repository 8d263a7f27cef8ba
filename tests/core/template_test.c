#include "core/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const TemplateSlot ann[] = {{.name = "name", .text = "Ann"}};
static const TemplateSlot bob[] = {{.name = "name", .text = "B<o>b"}};
static const TemplateScope people[] = {{.slots = ann, .count = 1}, {.slots = bob, .count = 1}};
static const TemplateSlot slots[] = {
    {.name = "day", .text = "Friday"},
    {.name = "hostile", .text = "<a href='x'>&\"{{day}}</a>"},
    {.name = "empty", .text = ""},
    {.name = "people", .items = people, .item_count = 2},
    {.name = "nobody"},
};
static const TemplateScope scope = {.slots = slots, .count = 5};

static const struct
{
    const char *label, *source, *plain;
} cases[] = {
    {"a hole", "on {{day}}.", "on Friday."},
    {"an empty text", "[{{empty}}]", "[]"},
    {"what a hole holds is not looked at again", "{{hostile}}", "<a href='x'>&\"{{day}}</a>"},
    {"a list in a line", "{{#people}}{{name}}, {{/people}}end", "Ann, B<o>b, end"},
    {"items see what is around them", "{{#people}}{{name}} {{day}};{{/people}}",
        "Ann Friday;B<o>b Friday;"},
    {"an empty list leaves its lines out", "a\n{{#nobody}}\nhello\n{{/nobody}}\nb\n", "a\nb\n"},
    {"tags on their own lines leave none", "a\n{{#people}}\n- {{name}}\n{{/people}}\nb\n",
        "a\n- Ann\n- B<o>b\nb\n"},
    {"a name that holds nowhere stays in sight", "{{surprise}}", "{{surprise}}"},
    {"braces alone are text", "{ {{ }", "{ {{ }"},
};

static void
fills(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const got = template_fill(arena, cases[i].source, &scope, TEMPLATE_FORM_PLAIN);

        print_message("%s\n", cases[i].label);
        assert_string_equal(got, cases[i].plain);
    }
    arena_destroy(arena);
}

static void
escapes_for_html(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(template_fill(arena, "<b>{{hostile}}</b>", &scope, TEMPLATE_FORM_HTML),
        "<b>&lt;a href=&#39;x&#39;&gt;&amp;&quot;{{day}}&lt;/a&gt;</b>");
    assert_string_equal(
        template_fill(arena, "{{#people}}{{name}} {{/people}}", &scope, TEMPLATE_FORM_HTML),
        "Ann B&lt;o&gt;b ");
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fills), cmocka_unit_test(escapes_for_html)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
