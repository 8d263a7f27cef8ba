/*
 * Settlements: amounts as carriers write them, and what lines do to claims. The examples are plain files beside this one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claims/settlement/settlement.h"
#include "core/text.h"
#include "tests/harness/cases.h"

#include <stdlib.h>
#include <string.h>

#define CLAIMS_MAX 4

static int64_t
number(const char *word)
{
    int64_t value = 0;

    if (!text_parse_int(word, &value))
        fail_msg("\"%s\" is no number", word);
    return value;
}

// "-" is nothing, "_" a space.
static const char *
words(Arena *arena, const char *word)
{
    char *const text = arena_copy(arena, strcmp(word, "-") == 0 ? "" : word);

    for (char *c = text; *c != '\0'; c++)
        *c = *c == '_' ? ' ' : *c;
    return text;
}

static Money
money(const char *minor, const char *currency)
{
    Money result = MONEY_NONE;

    if (strcmp(minor, "-") == 0)
        return result;
    result.minor = number(minor);
    memcpy(result.currency, currency, 3);
    return result;
}

static void
check_amount(void *data, const Case *example)
{
    static const char *const styles[] = {"either", "point", "comma"};
    Arena *const arena = data;
    DecimalStyle style = DECIMAL_EITHER;
    Money amount = MONEY_NONE;
    Err err = {0};

    for (size_t i = 0; i < 3; i++)
        if (strcmp(example->words[0], styles[i]) == 0)
            style = (DecimalStyle)i;

    const bool read =
        settlement_amount(words(arena, example->rest[3]), style, example->words[1], &amount, &err);

    if (read != (strcmp(example->words[2], "refused") != 0) ||
        (read && amount.minor != number(example->words[2])))
        fail_msg(
            "%s:%d: got %lld %s", example->file, example->line, (long long)amount.minor, err.text);
}

static void
amounts_are_told_apart(void **state)
{
    Arena *const arena = arena_create();

    (void)state;
    assert_true(cases_read(arena, "claims/settlement_amounts.cases", check_amount, arena) > 40);
    arena_destroy(arena);
}

typedef struct Story
{
    Arena *arena;
    SettlementClaim claims[CLAIMS_MAX];
    size_t count;
    const char *carrier;
    SettlementBook *book;
    SettlementAnswer answer;
    int lines;
} Story;

static SettlementClaim
read_claim(Arena *arena, const Case *example)
{
    const char **const notes = ARENA_ARRAY(arena, const char *, example->count);
    SettlementClaim claim = {
        .number = number(example->words[1]),
        .reference = claim_reference(arena, number(example->words[1])),
        .tracking_number = words(arena, example->words[2]),
        .carrier_slug = words(arena, example->words[3]),
        .shipment_id = "",
        .ground = GROUND_LOSS,
        .payable = money(example->words[5], "EUR"),
        .claimed = money(example->words[6], "EUR"),
        .granted = money(example->words[7], "EUR"),
        .credited = money(example->words[8], "EUR"),
        .credit_notes = notes,
    };

    if (!claim_state_parse(example->words[4], &claim.state))
        fail_msg("%s:%d: no state", example->file, example->line);
    for (size_t i = 9; i < example->count; i++)
        notes[claim.credit_note_count++] = words(arena, example->words[i]);
    return claim;
}

static void
book_line(Story *story, const Case *example)
{
    const SettlementLine line = {
        .line = ++story->lines,
        .reference = words(story->arena, example->words[1]),
        .tracking_number = words(story->arena, example->words[2]),
        .amount = money(example->words[3], example->words[4]),
        .credit_note = words(story->arena, example->words[5]),
        .reason = words(story->arena, example->words[6]),
        .amount_text = "",
        .day = DAY_NONE,
        .problem = "",
    };

    if (!story->book)
        story->book = settlement_book(story->arena, story->claims, story->count, story->carrier);
    story->answer = settlement_book_line(story->book, &line);
}

static const char *
path_words(Arena *arena, const SettlementAnswer *answer)
{
    Text out = {.arena = arena};

    for (size_t i = 0; i < answer->path_count; i++) {
        const ClaimState from = i == 0 ? answer->from : answer->path[i - 1];

        assert_true(claim_move_allowed(from, answer->path[i]));
        text_add_format(&out, "%s%s", i > 0 ? ">" : "", claim_state_name(answer->path[i]));
    }
    return answer->path_count == 0 ? "." : text_get(&out);
}

static const char *
minor_words(Arena *arena, Money amount)
{
    return money_is_known(amount) ? arena_printf(arena, "%lld", (long long)amount.minor) : "-";
}

static void
check_answer(Story *story, const Case *example)
{
    Arena *const arena = story->arena;
    const SettlementAnswer *const answer = &story->answer;
    Text got = {.arena = arena};

    text_add_format(&got, "then %s", settlement_state_name(answer->state));
    if (example->count > 2)
        text_add_format(&got, " %lld", (long long)story->claims[answer->claim].number);
    if (example->count > 3)
        text_add_format(&got, " %s", path_words(arena, answer));
    if (example->count > 4)
        text_add_format(&got, " %s %s", minor_words(arena, answer->credited),
            minor_words(arena, answer->granted));
    if (!text_equal(text_get(&got), example->rest[0]))
        fail_msg("%s:%d: got \"%s\" because %s", example->file, example->line, text_get(&got),
            answer->why);
    if ((answer->state == SETTLEMENT_MATCHED || answer->state == SETTLEMENT_REPEATED) !=
        (example->count > 2))
        fail_msg("%s:%d: names no claim", example->file, example->line);
}

static void
tell(void *data, const Case *example)
{
    Story *const story = data;
    const char *const word = example->words[0];

    if (strcmp(word, "story") == 0)
        *story = (Story){.arena = story->arena, .carrier = ""};
    else if (strcmp(word, "claim") == 0 && story->count < CLAIMS_MAX)
        story->claims[story->count++] = read_claim(story->arena, example);
    else if (strcmp(word, "only") == 0)
        story->carrier = words(story->arena, example->words[1]);
    else if (strcmp(word, "line") == 0)
        book_line(story, example);
    else if (strcmp(word, "then") == 0)
        check_answer(story, example);
    else if (strcmp(word, "why") != 0 || !strstr(story->answer.why, example->rest[1]))
        fail_msg("%s:%d: \"%s\"", example->file, example->line, story->answer.why);
}

static void
stories_end_as_told(void **state)
{
    Arena *const arena = arena_create();
    Story story = {.arena = arena};

    (void)state;
    assert_true(cases_read(arena, "claims/settlement_stories.cases", tell, &story) > 100);
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_told_apart),
        cmocka_unit_test(stories_end_as_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
