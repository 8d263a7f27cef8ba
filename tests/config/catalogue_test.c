// What the shipped carriers say, how users override them, and that lookups do what they promise.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/catalogue.h"
#include "core/file.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Case
{
    Arena *arena;
    Problems problems;
    const Catalogue *shipped;
    Err err;
    char folder[64];
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    *c = (Case){.arena = arena, .problems = {.arena = arena}};
    memcpy(c->folder, "/tmp/vigie-catalogue-XXXXXX", sizeof "/tmp/vigie-catalogue-XXXXXX");
    c->shipped = catalogue_load(arena, (TextList){0}, (TextList){0}, &c->problems, &c->err);
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

static void
write_file(Case *c, const char *name, const char *text)
{
    assert_true(file_write(file_join(c->arena, c->folder, name), text, strlen(text), &c->err));
}

static const Catalogue *
load_with_folder(Case *c)
{
    const char *const folder = c->folder;

    return catalogue_load(
        c->arena, (TextList){.items = &folder, .count = 1}, (TextList){0}, &c->problems, &c->err);
}

static void
assert_means(const Catalogue *catalogue, const char *carrier, const char *code, const char *subcode,
    const char *milestone, bool physical)
{
    const int index = catalogue_find(catalogue, carrier);
    const CodeMeaning meaning = catalogue_code(catalogue, index, code, subcode);

    assert_true(index >= 0);
    assert_string_equal(
        meaning.milestone == MILESTONE_UNMAPPED ? "unmapped" : milestone_name(meaning.milestone),
        milestone);
    assert_int_equal(meaning.physical, physical);
}

// Cases that open maps get wrong (design: claim rules, 3.5), and those that decide whether silence ends.
static void
known_traps_are_mapped_right(void **state)
{
    const Catalogue *const shipped = ((Case *)*state)->shipped;

    assert_means(shipped, "colissimo", "ET1", "", "in_transit", true);
    assert_means(shipped, "colissimo", "DI2", "", "returned", true);
    assert_means(shipped, "colissimo", "RENAVI", "", "available_for_pickup", true);
    assert_means(shipped, "colissimo", "DEPGUI", "", "accepted", true);
    assert_means(shipped, "colissimo", "DR1", "", "announced", false);
    assert_means(shipped, "chronopost", "DI1", "", "delivered", true);
    assert_means(shipped, "chronopost", "D", "", "delivered", true);
    assert_means(shipped, "dhl_express", "DD", "", "damaged", true);
    assert_means(shipped, "dhl_express", "BR", "", "customs", true);
    assert_means(shipped, "dhl_express", "CC", "", "available_for_pickup", true);
    assert_means(shipped, "fedex", "PD", "", "delayed", false);
    assert_true(catalogue_code(shipped, catalogue_find(shipped, "karrio"), "unknown", "").dead);
    assert_false(catalogue_code(shipped, catalogue_find(shipped, "karrio"), "pending", "").dead);
    assert_means(shipped, "fedex", "RD", "", "information", false);
    assert_means(shipped, "fedex", "EA", "", "in_transit", true);
    assert_means(shipped, "fedex", "EA", "regulatory", "customs_cleared", true);
    assert_means(shipped, "gls", "DELIVEREDPS", "", "available_for_pickup", true);
    assert_means(shipped, "usps", "In Transit", "", "in_transit", false);
    assert_means(shipped, "karrio", "unknown", "", "information", false);
    assert_means(shipped, "correios", "BDE", "01", "delivered", true);
    assert_means(shipped, "correios", "LDI", "1", "available_for_pickup", true);
}

static void
ups_codes_count_only_with_their_type(void **state)
{
    const Catalogue *const shipped = ((Case *)*state)->shipped;

    assert_means(shipped, "ups", "UL", "X", "claim_news", false);
    assert_means(shipped, "ups", "UL", "I", "in_transit", true);
    assert_means(shipped, "ups", "UL", "D", "unmapped", false);
    assert_means(shipped, "ups", "OR", "I", "accepted", true);
    assert_means(shipped, "ups", "OR", "X", "held", true);
    assert_means(shipped, "ups", "DL", "I", "in_transit", true);
    assert_means(shipped, "ups", "DL", "X", "returning", false);
    assert_means(shipped, "ups", "24", "X", "lost", false);
    assert_means(shipped, "ups", "24", "", "attempt_failed", true);
    assert_means(shipped, "ups", "24", "D", "unmapped", false);
    assert_means(shipped, "ups", "2Q", "D", "available_for_pickup", true);
    assert_means(shipped, "ups", "2Q", "", "unmapped", false);
    assert_means(shipped, "ups", "VP", "MV", "cancelled", false);
    assert_means(shipped, "ups", "D", NULL, "delivered", true);
}

// Where a word of the carrier's text says more than the text: "delivered", "cancelled", "accepted", "lost", "attempt".
static void
ups_texts_are_read_to_their_end(void **state)
{
    const Catalogue *const shipped = ((Case *)*state)->shipped;

    assert_means(shipped, "ups", "8Y", "X", "delayed", false);        // "will be delivered later"
    assert_means(shipped, "ups", "F7", "X", "in_transit", true);      // "delivered to an agent"
    assert_means(shipped, "ups", "84", "X", "attempt_failed", true);  // "cannot be delivered"
    assert_means(shipped, "ups", "FT", "X", "delivered", true);       // the recipient's pick-up
    assert_means(shipped, "ups", "30", "X", "information", false);    // the request is cancelled
    assert_means(shipped, "ups", "CM", "X", "delayed", false);        // the flight is cancelled
    assert_means(shipped, "ups", "EB", "D", "information", false);    // the stop is cancelled
    assert_means(shipped, "ups", "93", "X", "information", false);    // not found for an intercept
    assert_means(shipped, "ups", "A3", "X", "damaged", true);         // only a part was discarded
    assert_means(shipped, "ups", "57", "D", "delayed", false);        // no attempt at all
    assert_means(shipped, "ups", "G4", "X", "information", false);    // an attempt to pick up
    assert_means(
        shipped, "ups", "5", "X", "customs_held", false);         // paper waits, nobody handled it
    assert_means(shipped, "ups", "XD", "I", "accepted", true);    // the sender's drop-off
    assert_means(shipped, "ups", "XD", "X", "in_transit", true);  // a border, no customs
    assert_means(shipped, "ups", "CA", "I", "information", false);  // a scan taken back
    assert_means(
        shipped, "ups", "OT", "D", "out_for_delivery", true);  // type D is not yet delivered
    assert_means(shipped, "ups", "011", "", "delivered", true);
    assert_means(shipped, "ups_freight", "011", "", "out_for_delivery", true);
    assert_means(shipped, "ups_freight", "033", "", "information", false);  // a filing was accepted
    assert_means(shipped, "ups_freight", "B7", "", "information", false);  // a phone call attempted
    assert_means(shipped, "ups_freight", "E5", "", "information", false);  // "to be redelivered"
}

static void
what_nobody_mapped_is_no_progress(void **state)
{
    const Catalogue *const shipped = ((Case *)*state)->shipped;

    assert_means(shipped, "gls", "FINAL", "", "unmapped", false);
    assert_means(shipped, "dpd", "", "", "unmapped", false);
    assert_int_equal(catalogue_code(shipped, -1, "ET1", "").milestone, MILESTONE_UNMAPPED);
    assert_int_equal(catalogue_code(shipped, -1, NULL, NULL).milestone, MILESTONE_UNMAPPED);

    char long_code[1000];

    memset(long_code, 'x', sizeof long_code);
    long_code[sizeof long_code - 1] = '\0';
    assert_int_equal(catalogue_code(shipped, 0, long_code, "").milestone, MILESTONE_UNMAPPED);
    assert_int_equal(catalogue_find(shipped, long_code), -1);
}

static void
every_milestone_is_a_word_of_the_generic_vocabulary(void **state)
{
    const Catalogue *const shipped = ((Case *)*state)->shipped;

    for (int i = MILESTONE_UNMAPPED + 1; i < MILESTONE_COUNT; i++) {
        const char *const name = milestone_name((Milestone)i);
        const CodeMeaning meaning = catalogue_code(shipped, -1, name, "");

        assert_int_equal(meaning.milestone, i);
        assert_int_equal(meaning.physical, milestone_is_physical((Milestone)i));
        assert_means(shipped, "gls", name, "whatever", name, meaning.physical);
    }
}

static void
carriers_are_found_however_they_are_spelled(void **state)
{
    Case *const c = *state;
    static const char *const SPELLINGS[] = {"Mondial Relay", "mondial-relay", "MONDIAL RELAY ",
        "MondialRelay", " mondial_relay", "Mondial\xc3\xa9 Relay", "mondialrelay"};
    const int index = catalogue_find(c->shipped, "mondialrelay");

    assert_true(index >= 0);
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof SPELLINGS[0]; i++)
        assert_int_equal(catalogue_find(c->shipped, SPELLINGS[i]), index);
    assert_int_equal(catalogue_find(c->shipped, "Mondial"), -1);
    assert_int_equal(catalogue_find(c->shipped, ""), -1);
    assert_int_equal(catalogue_find(c->shipped, "\xe5\x9c\x93\xe9\x80\x9a"), -1);
    assert_int_equal(catalogue_find(c->shipped, "DHL"), -1);  // could be any of four companies
}

// The lookup makes its slug without memory; it must be the one that the rest of the program sees.
static void
ids_are_the_slugs_of_names(void **state)
{
    Case *const c = *state;

    for (size_t i = 0; i < catalogue_count(c->shipped); i++) {
        const CarrierEntry *const entry = catalogue_carrier(c->shipped, i);

        assert_string_equal(text_slug(c->arena, entry->id), entry->id);
        assert_int_equal(catalogue_find(c->shipped, entry->id), i);
        assert_int_equal(catalogue_find(c->shipped, entry->name), i);
        assert_int_equal(catalogue_find(c->shipped, text_slug(c->arena, entry->name)), i);
        assert_true(entry->code_count > 0 || entry->scheme_count == 0);
    }
}

static void
users_override_row_by_row_and_add_carriers(void **state)
{
    Case *const c = *state;

    write_file(c, "a.yaml",
        "id: dpd\naliases: [Mon DPD]\nschemes:\n  - name: mine\n    source: our contract\n    "
        "rows:\n"
        "      - {code: Courier, milestone: in_transit, physical: false, label_en: on a truck}\n"
        "      - {code: X9, milestone: lost, label_en: gone}\n");
    write_file(c, "b.yaml",
        "id: velo\nname: V\xc3\xa9lo Coursier\ntracking_link: https://v.example/{tracking_number}\n"
        "schemes:\n  - name: v\n    source: their page\n    subcode: none\n    rows:\n"
        "      - {code: A, milestone: accepted, label_en: taken}\n"
        "      - {code: A, subcode: B, milestone: held, label_en: waiting}\n");

    const Catalogue *const mine = load_with_folder(c);

    assert_non_null(mine);
    assert_int_equal(catalogue_count(mine), catalogue_count(c->shipped) + 1);
    assert_means(mine, "Mon DPD", "Courier", "", "in_transit", false);
    assert_means(mine, "dpd", "X9", "", "lost", false);
    assert_means(mine, "dpd", "Delivered", "", "delivered", true);
    assert_means(c->shipped, "dpd", "Courier", "", "out_for_delivery", true);
    assert_means(mine, "Vlo Coursier", "A", "B", "held", true);
    assert_means(mine, "vlo_coursier", "A", "C", "unmapped", false);
}

static void
a_place_that_is_not_there_is_a_problem(void **state)
{
    Case *const c = *state;
    const char *const place = "/nonexistent/carriers";

    assert_null(catalogue_load(
        c->arena, (TextList){.items = &place, .count = 1}, (TextList){0}, &c->problems, &c->err));
    assert_int_equal(c->problems.count, 1);
    assert_string_equal(c->problems.items[0],
        "could not open \"/nonexistent/carriers\": No such file or directory");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(known_traps_are_mapped_right),
        TEST(ups_codes_count_only_with_their_type),
        TEST(ups_texts_are_read_to_their_end),
        TEST(what_nobody_mapped_is_no_progress),
        TEST(every_milestone_is_a_word_of_the_generic_vocabulary),
        TEST(carriers_are_found_however_they_are_spelled),
        TEST(ids_are_the_slugs_of_names),
        TEST(users_override_row_by_row_and_add_carriers),
        TEST(a_place_that_is_not_there_is_a_problem),
    };

    return cmocka_run_group_tests_name("catalogue", tests, NULL, NULL);
}
