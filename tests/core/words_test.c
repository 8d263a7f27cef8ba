#include "core/claim_words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NBSP "\xC2\xA0"

static void
expected_numbers_never_read_as_nought(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(words_about(arena, LANGUAGE_ENGLISH, 0), "fewer than 1");
    assert_string_equal(words_about(arena, LANGUAGE_ENGLISH, .49), "fewer than 1");
    assert_string_equal(words_about(arena, LANGUAGE_ENGLISH, .5), "about 1");
    assert_string_equal(words_about(arena, LANGUAGE_FRENCH, 1234.4), "environ 1" NBSP "234");
    assert_string_equal(words_about(arena, LANGUAGE_FRENCH, .2), "moins de 1");
    arena_destroy(arena);
}

static void
money_reads_as_in_print(void **state)
{
    static const struct
    {
        Money money;
        const char *english, *french;
    } cases[] = {
        {{0, "EUR"}, "0.00" NBSP "EUR", "0,00" NBSP "EUR"},
        {{123456789, "EUR"}, "1,234,567.89" NBSP "EUR", "1" NBSP "234" NBSP "567,89" NBSP "EUR"},
        {{-100000, "EUR"}, "-1,000.00" NBSP "EUR", "-1" NBSP "000,00" NBSP "EUR"},
        {{1234, "JPY"}, "1,234" NBSP "JPY", "1" NBSP "234" NBSP "JPY"},
        {{0, ""}, "-", "-"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(words_money(arena, LANGUAGE_ENGLISH, cases[i].money), cases[i].english);
        assert_string_equal(words_money(arena, LANGUAGE_FRENCH, cases[i].money), cases[i].french);
    }
    arena_destroy(arena);
}

// No rounding makes the uncertain certain: 0 % and 100 % are said of nothing else.
static void
shares_keep_their_certainty(void **state)
{
    static const struct
    {
        double share;
        const char *words;
    } cases[] = {
        {0, "0%"},
        {0.0001, "<0.1%"},
        {0.004, "0.4%"},
        {0.08, "8.0%"},
        {0.0996, "10%"},
        {0.123, "12%"},
        {0.97, "97%"},
        {0.9949, "99.5%"},
        {0.9992, ">99.9%"},
        {1, "100%"},
    };
    Arena *const arena = arena_create();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(words_share(arena, LANGUAGE_ENGLISH, cases[i].share), cases[i].words);
    assert_string_equal(words_share(arena, LANGUAGE_ENGLISH, NAN), "-");
    assert_string_equal(words_share(arena, LANGUAGE_FRENCH, 0.004), "0,4" NBSP "%");
    arena_destroy(arena);
}

static void
hours_become_days(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(words_hours(arena, LANGUAGE_ENGLISH, 61.4), "61" NBSP "h");
    assert_string_equal(words_hours(arena, LANGUAGE_ENGLISH, 95.9), "96" NBSP "h");
    assert_string_equal(words_hours(arena, LANGUAGE_ENGLISH, 96), "4" NBSP "d");
    assert_string_equal(words_hours(arena, LANGUAGE_FRENCH, 119.9), "4" NBSP "j");
    assert_string_equal(words_hours(arena, LANGUAGE_FRENCH, NAN), "-");
    arena_destroy(arena);
}

static void
days_are_written_out(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_string_equal(words_day(arena, LANGUAGE_ENGLISH, 20777), "20 November 2026");
    assert_string_equal(words_day(arena, LANGUAGE_FRENCH, 20777), "20 novembre 2026");
    assert_string_equal(
        words_day(arena, LANGUAGE_FRENCH, day_from_civil(2026, 8, 1)), "1er ao\xC3\xBBt 2026");
    arena_destroy(arena);
}

// The dates of a claim, asked on the days about them.
static void
cautions_name_day_and_clause(void **state)
{
    Arena *const arena = arena_create();
    Claim claim = {
        .ground = GROUND_LOSS,
        .state = CLAIM_READY,
        .opens_on = 100,
        .claim_deadline = 90,
        .barred_after = 200,
        .opening_clause = "o",
        .deadline_clause = "d",
        .bar_clause = "b",
    };

    (void)state;
    assert_string_equal(words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, 90),
        "loss may be asserted from 1970-04-11 (o)");
    assert_string_equal(words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, 91),
        "loss may be asserted from 1970-04-11 (o); the deadline of 1970-04-01 (d) has passed by "
        "the cautious reading; file at once and verify against your contract");
    assert_string_equal(words_claim_caution(arena, LANGUAGE_FRENCH, &claim, 200),
        "l'\xC3\xA9"
        "ch\xC3\xA9"
        "ance du 1970-04-01 (d) est pass\xC3\xA9"
        "e selon la lecture "
        "prudente" NBSP "; d\xC3\xA9poser au plus vite et v\xC3\xA9rifier avec votre contrat");
    assert_string_equal(words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, 201),
        "the right ended with 1970-07-20 (b)");
    claim.state = CLAIM_SUBMITTED;
    assert_string_equal(words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, 201), "");
    claim = (Claim){.state = CLAIM_READY,
        .opens_on = DAY_NONE,
        .claim_deadline = DAY_NONE,
        .barred_after = DAY_NONE,
        .opening_clause = "",
        .deadline_clause = "",
        .bar_clause = ""};
    assert_string_equal(words_claim_caution(arena, LANGUAGE_ENGLISH, &claim, 201), "");
    arena_destroy(arena);
}

static void
every_word_exists_in_every_language(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int kind = CASE_NONE; kind < CASE_KIND_COUNT; kind++)
            assert_non_null(words_case_kind((Language)language, (CaseKind)kind));
        for (int i = CASE_OPEN; i < CASE_STATE_COUNT; i++)
            assert_non_null(words_case_state((Language)language, (CaseState)i));
        for (int i = 0; i < CASE_EVENT_COUNT; i++)
            assert_non_null(words_case_event((Language)language, (CaseEvent)i));
        for (int i = CLAIM_ENQUIRY; i < CLAIM_STATE_COUNT; i++)
            assert_non_null(words_claim_state((Language)language, (ClaimState)i));
        for (int i = GROUND_LOSS; i < GROUND_COUNT; i++) {
            const Claim claim = {.ground = (ClaimGround)i,
                .state = CLAIM_DRAFT,
                .opens_on = 1,
                .claim_deadline = DAY_NONE,
                .barred_after = DAY_NONE,
                .opening_clause = "o"};

            assert_non_null(strstr(
                words_claim_caution(arena, (Language)language, &claim, 0), " 1970-01-02 (o)"));
        }
    }
    assert_int_equal(language_of("fr"), LANGUAGE_FRENCH);
    assert_int_equal(language_of("en"), LANGUAGE_ENGLISH);
    assert_int_equal(language_of(""), LANGUAGE_ENGLISH);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expected_numbers_never_read_as_nought),
        cmocka_unit_test(money_reads_as_in_print),
        cmocka_unit_test(shares_keep_their_certainty),
        cmocka_unit_test(hours_become_days),
        cmocka_unit_test(days_are_written_out),
        cmocka_unit_test(cautions_name_day_and_clause),
        cmocka_unit_test(every_word_exists_in_every_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
