// The YAML tree and its limits. What single problems look like is shown by the files in tests/config/bad.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/yaml.h"
#include "core/text.h"

#include <string.h>

typedef struct Case
{
    Arena *arena;
    Problems problems;
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    *c = (Case){.arena = arena, .problems = {.arena = arena}};
    *state = c;
    return 0;
}

static int
tear_down(void **state)
{
    arena_destroy(((Case *)*state)->arena);
    return 0;
}

static const Node *
read_bytes(Case *c, const char *bytes, size_t length)
{
    c->problems = (Problems){.arena = c->arena};
    return yaml_read(c->arena, "f", bytes, length, &c->problems);
}

static const Node *
read_text(Case *c, const char *text)
{
    return read_bytes(c, text, strlen(text));
}

static void
assert_refused(Case *c, const char *bytes, size_t length, const char *problem)
{
    assert_null(read_bytes(c, bytes, length));
    assert_true(c->problems.count >= 1);
    assert_string_equal(c->problems.items[c->problems.count - 1], problem);
}

static char *
repeat(Case *c, const char *start, const char *piece, size_t times, const char *end)
{
    Text text = {.arena = c->arena};

    text_add(&text, start);
    for (size_t i = 0; i < times; i++)
        text_add(&text, piece);
    text_add(&text, end);
    return text.bytes;
}

static void
a_tree_has_texts_places_and_paths(void **state)
{
    Case *const c = *state;
    const Node *const root = read_text(c, "a: 1\nlist:\n  - x\n  - {deep: 'y', n: ~}\nb: \"\"\n");

    assert_non_null(root);
    assert_int_equal(c->problems.count, 0);
    assert_int_equal(root->kind, NODE_MAPPING);
    assert_int_equal(root->count, 3);
    assert_string_equal(node_child(root, "a")->text, "1");
    assert_false(node_child(root, "a")->quoted);
    assert_true(node_child(root, "b")->quoted);
    assert_false(node_is_null(node_child(root, "b")));
    assert_null(node_child(root, "c"));

    const Node *const item = node_child(root, "list")->first->next;
    const Node *const deep = node_child(item, "deep");

    assert_string_equal(node_path(c->arena, deep), "list[1].deep");
    assert_int_equal(deep->line, 4);
    assert_int_equal(deep->column, 12);
    assert_int_equal(deep->key_column, 6);
    assert_true(node_is_null(node_child(item, "n")));
    assert_string_equal(node_path(c->arena, root), "");
}

static void
a_file_without_a_document_is_an_empty_mapping(void **state)
{
    Case *const c = *state;

    assert_int_equal(read_text(c, "")->kind, NODE_MAPPING);
    assert_int_equal(read_text(c, "# nothing here\n")->count, 0);
    assert_int_equal(c->problems.count, 0);
}

static void
sizes_end_at_their_limits(void **state)
{
    Case *const c = *state;
    char *const large = repeat(c, "# ", "0123456789abcdef", YAML_BYTES_MAX / 16, "\n");

    assert_refused(c, large, strlen(large), "f: the file is larger than 1 MiB");
    assert_non_null(read_bytes(c, large, YAML_BYTES_MAX));

    char *const long_text = repeat(c, "a: ", "x", YAML_SCALAR_MAX, "\n");
    char *const longer_text = repeat(c, "a: ", "x", YAML_SCALAR_MAX + 1, "\n");

    assert_int_equal(strlen(node_child(read_text(c, long_text), "a")->text), YAML_SCALAR_MAX);
    assert_int_equal(c->problems.count, 0);
    read_text(c, longer_text);
    assert_int_equal(c->problems.count, 1);
    assert_string_equal(c->problems.items[0], "f:1:4: a: a value is longer than 64 KiB");
}

static void
depth_ends_at_twenty_levels(void **state)
{
    Case *const c = *state;
    const char *const twenty = "[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]";
    const char *const deeper = "[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]";

    assert_non_null(read_text(c, twenty));
    assert_int_equal(c->problems.count, 0);
    assert_null(read_text(c, deeper));
    assert_int_equal(c->problems.count, 1);
    assert_non_null(strstr(c->problems.items[0], "f:1:21: "));
    assert_non_null(strstr(c->problems.items[0], "more than 20 levels"));

    char *const abyss = repeat(c, "", "[", 500000, "");

    assert_null(read_text(c, abyss));
    assert_int_equal(c->problems.count, 1);
}

static void
the_number_of_values_ends_at_its_limit(void **state)
{
    Case *const c = *state;
    char *const most = repeat(c, "[", "1,", YAML_NODES_MAX - 1, "]");
    char *const more = repeat(c, "[", "1,", YAML_NODES_MAX, "]");

    assert_int_equal(read_text(c, most)->count, YAML_NODES_MAX - 1);
    assert_refused(c, more, strlen(more), "f:1:200000: [99999]: more than 100000 values");
}

// Nine lines that a parser which resolves aliases turns into a billion texts.
static void
a_billion_laughs_are_nine_problems(void **state)
{
    Case *const c = *state;
    Text text = {.arena = c->arena};

    text_add(&text, "a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
    for (char name = 'b'; name <= 'i'; name++)
        text_add_format(&text, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", name, name,
            name - 1, name - 1, name - 1, name - 1, name - 1, name - 1, name - 1, name - 1,
            name - 1);
    read_text(c, text_get(&text));
    assert_int_equal(c->problems.count, 9 + 8 * 9);
    assert_string_equal(c->problems.items[0], "f:1:4: a: anchors are not supported");
    assert_string_equal(c->problems.items[2], "f:2:8: b[0]: aliases are not supported");
}

static void
problems_of_one_document_end_at_a_hundred(void **state)
{
    Case *const c = *state;

    assert_null(read_text(c, repeat(c, "[", "*a,", 5000, "]")));
    assert_int_equal(c->problems.count, YAML_PROBLEMS_MAX);
}

static void
duplicates_are_found_among_many_keys(void **state)
{
    Case *const c = *state;
    Text text = {.arena = c->arena};

    for (int i = 0; i < 20000; i++)
        text_add_format(&text, "k%d: 1\n", i);
    text_add(&text, "k777: 2\n");
    read_text(c, text_get(&text));
    assert_int_equal(c->problems.count, 1);
    assert_string_equal(c->problems.items[0], "f:20001:1: k777: duplicate key");
}

static void
bytes_that_are_no_text_are_refused_in_their_place(void **state)
{
    Case *const c = *state;

    assert_refused(c, "a: 1\nb: \xff\n", 9, "f:2:4: invalid leading UTF-8 octet");
    assert_refused(c, "a: 1\nb: \xc3(\n", 10, "f:2:5: invalid trailing UTF-8 octet");
    assert_refused(c, "a: x\0y\n", 7, "f:1:5: control characters are not allowed");
    assert_refused(c, "a: \xed\xa0\x80\n", 7, "f:1:4: invalid Unicode character");
    assert_null(read_bytes(c,
        "\xff\xfe"
        "a\0:\0",
        6));  // UTF-16
}

static void
keys_must_be_short_texts(void **state)
{
    Case *const c = *state;

    read_text(c, repeat(c, "", "k", YAML_KEY_MAX, ": 1\n"));
    assert_int_equal(c->problems.count, 0);
    read_text(c, repeat(c, "", "k", YAML_KEY_MAX + 1, ": 1\n"));
    assert_int_equal(c->problems.count, 1);
    read_text(c, "\"a\\nb\": 1\n\"\": 2\n? {x: y}\n: 3\n");
    assert_int_equal(c->problems.count, 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tree_has_texts_places_and_paths),
        TEST(a_file_without_a_document_is_an_empty_mapping),
        TEST(sizes_end_at_their_limits),
        TEST(depth_ends_at_twenty_levels),
        TEST(the_number_of_values_ends_at_its_limit),
        TEST(a_billion_laughs_are_nine_problems),
        TEST(problems_of_one_document_end_at_a_hundred),
        TEST(duplicates_are_found_among_many_keys),
        TEST(bytes_that_are_no_text_are_refused_in_their_place),
        TEST(keys_must_be_short_texts),
    };

    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
