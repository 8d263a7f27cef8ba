#include "core/hash.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;

static int
set_up(void **state)
{
    (void)state;
    arena = arena_create();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void
texts_grow(void **state)
{
    Text text = {.arena = arena};

    (void)state;
    assert_string_equal(text_get(&text), "");
    for (int i = 0; i < 1000; i++)
        text_add_format(&text, "%03d", i);
    text_add_bytes(&text, "", 0);
    text_add(&text, "!");
    assert_int_equal(text.length, 3001);
    assert_int_equal(strlen(text_get(&text)), 3001);
    assert_memory_equal(text_get(&text) + 3 * 517, "517", 3);
}

// Texts around every size at which room is made.
static void
formatted_texts_of_every_length(void **state)
{
    (void)state;
    for (int length = 1; length < 300; length++) {
        Text text = {.arena = arena};

        text_add_format(&text, "%0*d", length, 0);
        text_add_format(&text, "%0*d", length, 0);
        text_add(&text, "<");
        assert_int_equal(text.length, 2 * length + 1);
        assert_int_equal(strspn(text_get(&text), "0"), text.length - 1);

        const char *const alone = arena_printf(arena, "%0*d<", length, 0);

        assert_int_equal(strlen(alone), length + 1);
        assert_int_equal(strspn(alone, "0"), strlen(alone) - 1);
    }
}

// RFC 3629 and Markus Kuhn's stress test: overlong forms, surrogates, lonely bytes, what lies beyond Unicode.
static void
utf8_is_told_from_other_bytes(void **state)
{
    static const char *const valid[] = {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x93\xA6",
        "\xEF\xBF\xBD", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"};
    static const char *const wrong[] = {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF",
        "\xE2\x82", "\xED\xA0\x80", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFE", "\xFF", "a\xC3(", "\xE9t\xE9"};

    (void)state;
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++)
        assert_true(text_is_utf8(valid[i], strlen(valid[i])));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(text_is_utf8(wrong[i], strlen(wrong[i])));
    assert_false(text_is_utf8("a\0b", 3));
}

static void
hostile_texts_are_mended(void **state)
{
    static const char *const cases[][2] = {
        {"plain \xC3\xA9", "plain \xC3\xA9"},
        {"two\nlines\tand\r", "two lines and "},
        {"bell\x07", "bell\xEF\xBF\xBD"},
        {"\x1B[31mred", "\xEF\xBF\xBD[31mred"},
        {"\xFF", "\xEF\xBF\xBD"},
        {"\xC3", "\xEF\xBF\xBD"},
        {"abc\xE2\x80\xAEtxt.exe", "abc\xEF\xBF\xBDtxt.exe"},
        {"\xE2\x80\xA8", " "},
        {"\xC2\x85", "\xEF\xBF\xBD"},
        {"<b>&amp;</b>", "<b>&amp;</b>"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const clean = text_clean(arena, cases[i][0]);

        assert_string_equal(clean, cases[i][1]);
        assert_true(text_is_utf8(clean, strlen(clean)));
        assert_ptr_equal(text_clean(arena, clean), clean);
    }
}

static void
slugs_do_not_see_spelling(void **state)
{
    static const char *const cases[][2] = {
        {"DHL Express", "dhl_express"},
        {"dhl-express", "dhl_express"},
        {"  D.H.L.  Express!  ", "d_h_l_express"},
        {"UPS", "ups"},
        {"Chronopost\xC2\xA9", "chronopost"},
        {"", ""},
        {"---", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(text_slug(arena, cases[i][0]), cases[i][1]);
}

static void
typing_errors_find_their_word(void **state)
{
    static const char *const words[] = {"shipment_id", "tracking_number", "carrier", NULL};

    (void)state;
    assert_string_equal(text_nearest("shipmentid", words, 4), "shipment_id");
    assert_string_equal(text_nearest("tracking_numbre", words, 4), "tracking_number");
    assert_string_equal(text_nearest("CARRIER", words, 4), "carrier");
    assert_null(text_nearest("weight", words, 4));
    assert_null(text_nearest("", words, 4));
    assert_null(text_nearest("xx", words, 4));
}

static void
comparisons(void **state)
{
    (void)state;
    assert_true(text_equal(NULL, "") && text_equal("a", "a") && !text_equal("a", "A"));
    assert_true(text_equal_folded("Order-ID", "oRDER-id") && !text_equal_folded("a", "ab"));
    assert_false(text_equal_folded("\xC3\x89", "\xC3\xA9"));
    assert_true(text_starts_with("abc", "ab") && text_starts_with("abc", ""));
    assert_false(text_starts_with("a", "ab"));
    assert_true(text_is_empty(NULL) && text_is_empty("") && !text_is_empty(" "));
}

static void
numbers_are_read_whole_or_not_at_all(void **state)
{
    static const char *const no_ints[] = {
        "", " 1", "1 ", "+1", "1.0", "0x1", "1e3", "-", "9223372036854775808", "1,000"};
    static const char *const no_reals[] = {
        "", " 1", "1 ", "0x1p3", "inf", "nan", "1,5", "1e999", "1.2.3", "-", "e5"};
    int64_t whole = 7;
    double real = 7;

    (void)state;
    for (size_t i = 0; i < sizeof no_ints / sizeof no_ints[0]; i++)
        assert_false(text_parse_int(no_ints[i], &whole));
    for (size_t i = 0; i < sizeof no_reals / sizeof no_reals[0]; i++)
        assert_false(text_parse_real(no_reals[i], &real));
    assert_int_equal(whole, 7);
    assert_true(real == 7);
    assert_true(text_parse_int("-9223372036854775808", &whole) && whole == INT64_MIN);
    assert_true(text_parse_int("9223372036854775807", &whole) && whole == INT64_MAX);
    assert_true(text_parse_real("-1.5e2", &real) && real == -150);
    assert_true(text_parse_real(".5", &real) && real == 0.5);
}

// FIPS 180-4's own examples, and RFC 4648's.
static void
digests_are_the_published_ones(void **state)
{
    (void)state;
    assert_string_equal(text_sha256(arena, "abc", 3),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(text_sha256(arena, "", 0),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(text_base64(arena, "foobar", 6), "Zm9vYmFy");
    assert_string_equal(text_base64(arena, "fooba", 5), "Zm9vYmE=");
    assert_string_equal(text_base64(arena, "f", 1), "Zg==");
    assert_string_equal(text_base64(arena, "", 0), "");
    assert_true(text_hash("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));  // FNV-1a reference vector
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_grow),
        cmocka_unit_test(formatted_texts_of_every_length),
        cmocka_unit_test(utf8_is_told_from_other_bytes),
        cmocka_unit_test(hostile_texts_are_mended),
        cmocka_unit_test(slugs_do_not_see_spelling),
        cmocka_unit_test(typing_errors_find_their_word),
        cmocka_unit_test(comparisons),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(digests_are_the_published_ones),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
