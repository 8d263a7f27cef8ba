// The shipped terms against the check values of the sources, and how users replace them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/terms.h"
#include "core/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Case
{
    Arena *arena;
    Problems problems;
    const TermsBook *shipped;
    Err err;
    char folder[64];
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    *c = (Case){.arena = arena, .problems = {.arena = arena}};
    memcpy(c->folder, "/tmp/vigie-terms-XXXXXX", sizeof "/tmp/vigie-terms-XXXXXX");
    c->shipped = terms_load(arena, (TextList){0}, &c->problems, &c->err);
    *state = c;
    return mkdtemp(c->folder) == NULL || c->shipped == NULL;
}

static int
tear_down(void **state)
{
    Case *const c = *state;

    unlink(file_join(c->arena, c->folder, "a.yaml"));
    unlink(file_join(c->arena, c->folder, "b.yaml"));
    rmdir(c->folder);
    arena_destroy(c->arena);
    return 0;
}

// The first terms that are asked for a carrier.
static const Terms *
terms_of(const TermsBook *book, const char *carrier)
{
    size_t at = 0;

    return terms_next(book, carrier, &at);
}

// The rule for loss in the terms of an id.
static const TermsRule *
loss_of(const TermsBook *book, const char *id)
{
    for (size_t i = 0; i < book->count; i++)
        for (size_t k = 0; k < book->terms[i].rule_count; k++)
            if (strcmp(book->terms[i].id, id) == 0 && book->terms[i].rules[k].ground == GROUND_LOSS)
                return &book->terms[i].rules[k];
    fail_msg("no terms %s", id);
    return NULL;
}

// What a parcel of 1.2 kg worth 180 EUR lost in France gets: the least of the liabilities, worked out here by hand from
// the amounts the terms hold.
static int64_t
least_of(const TermsRule *rule, int64_t grams, int64_t value_minor)
{
    int64_t least = INT64_MAX;

    assert_false(rule->sum);
    for (size_t i = 0; i < rule->liability_count; i++) {
        const Liability *const liability = &rule->liabilities[i];
        int64_t amount = liability->amount.minor;

        if (liability->kind == LIABILITY_PROVED_VALUE)
            amount = value_minor;
        if (liability->kind == LIABILITY_PER_KG)
            amount = liability->amount.minor * grams / 1000;
        least = amount < least ? amount : least;
    }
    return least;
}

static void
a_lost_parcel_gets_what_the_sources_say(void **state)
{
    Case *const c = *state;
    static const struct
    {
        const char *terms;
        int64_t payable_minor;
    } CHECKS[] = {
        {"colissimo", 2760}, {"contrat_type", 3960}, {"mondialrelay", 2500}, {"chronopost", 18000}};

    for (size_t i = 0; i < sizeof CHECKS / sizeof CHECKS[0]; i++) {
        const TermsRule *const rule = loss_of(c->shipped, CHECKS[i].terms);

        assert_int_equal(least_of(rule, 1200, 18000), CHECKS[i].payable_minor);
        assert_string_equal(rule->countries.items[0], "FR");
    }
}

static void
correios_changes_with_the_decree_of_2025(void **state)
{
    Case *const c = *state;
    const Terms *const terms = terms_of(c->shipped, "correios");

    assert_non_null(terms);
    assert_int_equal(terms->rule_count, 2);
    assert_int_equal(terms->rules[0].valid_from, DAY_NONE);
    assert_string_equal(day_print(c->arena, terms->rules[0].valid_to), "2025-05-20");
    assert_int_equal(terms->rules[1].valid_from, terms->rules[0].valid_to + 1);
    for (size_t i = 0; i < 2; i++) {
        assert_true(terms->rules[i].sum);
        assert_int_equal(terms->rules[i].deadline.ways[0].anchor, ANCHOR_ACCEPTED);
        assert_int_equal(terms->rules[i].deadline.ways[0].after, 90);
        assert_int_equal(terms->rules[i].deadline.ways[0].count, COUNT_CALENDAR_DAYS);
        assert_string_equal(terms->rules[i].liabilities[0].amount.currency, "BRL");
        assert_int_equal(terms->rules[i].bar.ways[0].anchor, ANCHOR_ACCEPTED);
        assert_int_equal(terms->rules[i].bar.ways[0].after, 90);
    }
    assert_int_equal(terms->rules[0].liabilities[0].amount.minor, 1850);
    assert_string_equal(terms->rules[0].bar.confidence, "unverified");
    assert_string_equal(terms->rules[1].bar.confidence, "official");
}

static void
windows_are_those_of_the_sources(void **state)
{
    Case *const c = *state;
    const TermsRule *const relay = loss_of(c->shipped, "mondialrelay");
    const TermsRule *const road = loss_of(c->shipped, "contrat_type");

    assert_int_equal(relay->deadline.ways[0].anchor, ANCHOR_LAST_SCAN);
    assert_int_equal(relay->deadline.ways[0].after, 10);
    assert_int_equal(relay->opening.ways[0].count, COUNT_WORKING_DAYS);
    assert_int_equal(road->opening.ways[0].anchor, ANCHOR_PROMISED);
    assert_int_equal(road->opening.ways[0].after, 30);
    assert_string_equal(day_print(c->arena, road->valid_from), "2017-05-01");
}

// What ends a right is the law's own limit; the carriers' shorter windows are deadlines.
static void
the_law_bars_after_a_year(void **state)
{
    Case *const c = *state;
    static const struct
    {
        const char *terms, *article;
        TermsAnchor anchor;
    } LAWS[] = {
        {"colissimo", "CPCE L10", ANCHOR_ACCEPTED},
        {"chronopost", "L133-6", ANCHOR_PROMISED},
        {"mondialrelay", "L133-6", ANCHOR_PROMISED},
        {"contrat_type", "L133-6", ANCHOR_PROMISED},
    };

    for (size_t i = 0; i < sizeof LAWS / sizeof LAWS[0]; i++) {
        const TermsDate bar = loss_of(c->shipped, LAWS[i].terms)->bar;

        assert_int_equal(bar.ways[0].anchor, LAWS[i].anchor);
        assert_int_equal(bar.ways[0].after, 12);
        assert_int_equal(bar.ways[0].count, COUNT_MONTHS);
        assert_non_null(strstr(bar.clause, LAWS[i].article));
        assert_string_equal(bar.confidence, "secondary");
    }
}

static void
every_rule_says_where_it_is_written_and_when_it_was_seen(void **state)
{
    Case *const c = *state;

    for (size_t i = 0; i < c->shipped->count; i++)
        for (size_t k = 0; k < c->shipped->terms[i].rule_count; k++) {
            const TermsRule *const rule = &c->shipped->terms[i].rules[k];

            assert_true(strlen(rule->clause) > 10 && strlen(rule->source) > 10);
            assert_int_equal(strncmp(rule->url, "http", 4), 0);
            assert_true(rule->seen > day_from_civil(2026, 1, 1));
            assert_true(strlen(rule->confidence) > 0);
            assert_true(strcmp(rule->confidence, "official") == 0 || *rule->note != '\0');
            assert_true(*rule->opening.clause != '\0' && *rule->deadline.clause != '\0');
            assert_true(strlen(rule->bar.clause) > 10 && strlen(rule->bar.source) > 10);
            assert_true(strlen(rule->bar.confidence) > 0);
            assert_true(rule->evidence_count > 0);
        }
}

static void
write_contract(Case *c, const char *name, const char *id, const char *carriers)
{
    const char *const text = arena_printf(c->arena,
        "id: %s\nname: Our contract\ncarriers: [%s]\nlanguage: fr\nrules:\n  - ground: loss\n"
        "    who: [contract_holder]\n"
        "    clause: art. 7\n    source: contract 2026-17\n    seen: 2026-06-01\n"
        "    confidence: official\n    payable: least\n    liabilities:\n"
        "      - {kind: cap, amount: 500.00 EUR, clause: art. 7.2}\n",
        id, carriers);

    assert_true(file_write(file_join(c->arena, c->folder, name), text, strlen(text), &c->err));
}

static const TermsBook *
load_with_folder(Case *c)
{
    const char *const folder = c->folder;

    return terms_load(c->arena, (TextList){.items = &folder, .count = 1}, &c->problems, &c->err);
}

static void
a_file_of_the_same_id_replaces_ours_whole(void **state)
{
    Case *const c = *state;

    write_contract(c, "a.yaml", "colissimo", "colissimo");

    const TermsBook *const book = load_with_folder(c);

    assert_non_null(book);
    assert_int_equal(book->count, c->shipped->count);
    assert_string_equal(terms_of(book, "colissimo")->name, "Our contract");
    assert_int_equal(terms_of(book, "colissimo")->rules[0].liabilities[0].amount.minor, 50000);
    assert_string_equal(terms_of(book, "colissimo")->rules[0].bar.clause, "");
    assert_string_equal(terms_of(book, "correios")->id, "correios");
}

static void
a_contract_comes_before_the_law(void **state)
{
    Case *const c = *state;

    write_contract(c, "a.yaml", "our_dpd", "DPD");

    const TermsBook *const book = load_with_folder(c);

    assert_non_null(book);
    assert_int_equal(book->count, c->shipped->count + 1);
    assert_string_equal(terms_of(book, "dpd")->id, "our_dpd");
    assert_string_equal(terms_of(book, "gls")->id, "cmr");  // regimes by id; their scopes differ
    assert_null(terms_of(book, "nobody"));
}

static void
two_contracts_for_one_carrier_are_a_problem(void **state)
{
    Case *const c = *state;

    write_contract(c, "a.yaml", "one", "ups, fedex");
    write_contract(c, "b.yaml", "two", "fedex");
    assert_null(load_with_folder(c));
    assert_int_equal(c->problems.count, 1);
    assert_string_equal(c->problems.items[0],
        arena_printf(c->arena,
            "%s/b.yaml: carriers: carrier \"fedex\" is governed by \"%s/a.yaml\" already",
            c->folder, c->folder));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lost_parcel_gets_what_the_sources_say),
        TEST(correios_changes_with_the_decree_of_2025),
        TEST(windows_are_those_of_the_sources),
        TEST(the_law_bars_after_a_year),
        TEST(every_rule_says_where_it_is_written_and_when_it_was_seen),
        TEST(a_file_of_the_same_id_replaces_ours_whole),
        TEST(a_contract_comes_before_the_law),
        TEST(two_contracts_for_one_carrier_are_a_problem),
    };

    return cmocka_run_group_tests_name("terms", tests, NULL, NULL);
}
