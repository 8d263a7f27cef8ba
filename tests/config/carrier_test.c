// All that a carrier's file can say is read, and who is asked in which order what a code means.
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

static const char FULL[] =
    "id: velo\n"
    "name: Velo\n"
    "aliases: [Velo Express]\n"
    "tracking_link: https://velo.example/{tracking_number}\n"
    "time_zone: place\n"
    "time_zone_source: their page of hours\n"
    "delivery_days: mon-sat\n"
    "working_hours: \"08:30-20:00\"\n"
    "pickup_holding: {after: 10, count: jours_ouvrables, source: their terms, confidence: "
    "official}\n"
    "quirks: [first, second]\n"
    "services:\n"
    "  - id: home\n"
    "    name: Velo Home\n"
    "    aliases: [DOM, at home]\n"
    "    cut_off: \"18:30\"\n"
    "    source: their terms\n"
    "    confidence: secondary\n"
    "    promises:\n"
    "      - {from: [FR], to: [FR, BE], after: 2, count: jours_ouvrables, by: \"13:00\"}\n"
    "      - {after: 36, count: hours}\n"
    "  - {id: point, name: Velo Point, source: their terms, confidence: unverified}\n"
    "schemes:\n"
    "  - name: api\n"
    "    source: their page of codes\n"
    "    rows:\n"
    "      - {code: A, milestone: accepted, label_en: taken, label_fr: pris, judged: agreed}\n"
    "      - {code: delivered, milestone: lost, label_en: lost, source: a letter}\n"
    "    left_out:\n"
    "      - {code: in_transit, why: says nothing}\n";

static const char OVER[] =
    "id: velo\n"
    "delivery_days: mon-sun\n"
    "quirks: [third]\n"
    "services:\n"
    "  - {id: home, name: Mine, cut_off: \"12:00\", source: contract, confidence: official}\n"
    "schemes:\n"
    "  - name: mine\n"
    "    source: contract\n"
    "    rows:\n"
    "      - {code: A, subcode: none, milestone: held, label_en: waits}\n"
    "      - {code: in_transit, milestone: in_transit, label_en: on its way}\n";

static const char WORDS[] = "id: words\n"
                            "name: Words\n"
                            "vocabulary: named\n"
                            "schemes:\n"
                            "  - name: words\n"
                            "    source: a standard\n"
                            "    rows:\n"
                            "      - {code: A, milestone: customs, label_en: in customs}\n"
                            "      - {code: Q, milestone: held, label_en: held}\n";

static const char COMMON[] = "id: common\n"
                             "name: Common\n"
                             "vocabulary: fallback\n"
                             "schemes:\n"
                             "  - name: common\n"
                             "    source: a standard\n"
                             "    rows:\n"
                             "      - {code: A, milestone: customs, label_en: in customs}\n"
                             "      - {code: GONE, milestone: lost, label_en: lost}\n";

typedef struct Case
{
    Arena *arena;
    Problems problems;
    Err err;
    char folder[64];
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);

    *c = (Case){.arena = arena, .problems = {.arena = arena}};
    memcpy(c->folder, "/tmp/vigie-carrier-XXXXXX", sizeof "/tmp/vigie-carrier-XXXXXX");
    *state = c;
    return mkdtemp(c->folder) == NULL;
}

static int
tear_down(void **state)
{
    Case *const c = *state;
    size_t count = 0;
    const char **const files = file_list(c->arena, c->folder, ".yaml", &count, &c->err);

    for (size_t i = 0; files != NULL && i < count; i++)
        unlink(files[i]);
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
load(Case *c, const char *vocabulary)
{
    const char *const folder = c->folder;

    return catalogue_load(c->arena, (TextList){.items = &folder, .count = 1},
        (TextList){.items = &vocabulary, .count = vocabulary != NULL}, &c->problems, &c->err);
}

static void
everything_a_file_says_is_read(void **state)
{
    Case *const c = *state;

    write_file(c, "a.yaml", FULL);

    const Catalogue *const catalogue = load(c, NULL);

    assert_non_null(catalogue);

    const int index = catalogue_find(catalogue, "VELO-EXPRESS");
    const CarrierEntry *const velo = catalogue_carrier(catalogue, (size_t)index);

    assert_string_equal(velo->id, "velo");
    assert_int_equal(velo->vocabulary, VOCABULARY_NONE);
    assert_string_equal(velo->time_zone, "place");
    assert_string_equal(velo->time_zone_source, "their page of hours");
    assert_int_equal(velo->delivery_days, 6);
    assert_int_equal(velo->opens, 510);
    assert_int_equal(velo->closes, 1200);
    assert_int_equal(velo->pickup_holding.after, 10);
    assert_int_equal(velo->pickup_holding.count, COUNT_JOURS_OUVRABLES);
    assert_int_equal(velo->quirks.count, 2);
    assert_int_equal(velo->service_count, 2);
    assert_int_equal(velo->scheme_count, 1);
    assert_int_equal(velo->schemes[0].left_out_count, 1);
    assert_int_equal(velo->code_count, 2);

    const CarrierService *const home = catalogue_service(catalogue, index, "At-Home");

    assert_ptr_equal(home, &velo->services[0]);
    assert_ptr_equal(catalogue_service(catalogue, index, "velo point"), &velo->services[1]);
    assert_null(catalogue_service(catalogue, index, "office"));
    assert_null(catalogue_service(catalogue, -1, "home"));
    assert_int_equal(home->cut_off, 1110);
    assert_string_equal(home->confidence, "secondary");
    assert_int_equal(home->promise_count, 2);
    assert_int_equal(home->promises[0].by, 780);
    assert_int_equal(home->promises[0].to.count, 2);
    assert_string_equal(home->promises[0].to.items[1], "BE");
    assert_int_equal(home->promises[1].count, COUNT_HOURS);
    assert_int_equal(home->promises[1].after, 36);
    assert_int_equal(home->promises[1].by, -1);
    assert_int_equal(home->promises[1].from.count, 0);
    assert_int_equal(velo->services[1].cut_off, -1);
}

static void
a_row_says_where_it_stands_and_on_whose_word(void **state)
{
    Case *const c = *state;

    write_file(c, "a.yaml", FULL);

    const Catalogue *const catalogue = load(c, NULL);
    const int velo = catalogue_find(catalogue, "velo");
    const CodeRow *const taken = catalogue_row(catalogue, velo, "A", "any");
    const CodeRow *const lost = catalogue_row(catalogue, velo, "delivered", NULL);
    const CodeRow *const out = catalogue_row(catalogue, velo, "in_transit", "");

    assert_string_equal(taken->source, "their page of codes");
    assert_string_equal(taken->judged, "agreed");
    assert_string_equal(taken->scheme, "api");
    assert_int_equal(taken->line, 26);
    assert_string_equal(code_row_label(taken, "fr"), "pris");
    assert_string_equal(code_row_label(taken, "en"), "taken");
    assert_string_equal(lost->source, "a letter");
    assert_string_equal(code_row_label(lost, "fr"), "lost");
    assert_int_equal(out->milestone, MILESTONE_UNMAPPED);
    assert_string_equal(out->why, "says nothing");
    assert_null(catalogue_row(catalogue, velo, "B", ""));
}

// "in_transit" is a word of the generic vocabulary, "delivered" too; the carrier's own file comes first.
static void
the_carriers_own_rows_come_before_the_fallbacks(void **state)
{
    Case *const c = *state;

    write_file(c, "a.yaml", FULL);
    write_file(c, "b.yaml", COMMON);

    const Catalogue *const catalogue = load(c, NULL);
    const int velo = catalogue_find(catalogue, "velo");

    assert_int_equal(catalogue_code(catalogue, velo, "delivered", "").milestone, MILESTONE_LOST);
    assert_int_equal(
        catalogue_code(catalogue, velo, "in_transit", "").milestone, MILESTONE_UNMAPPED);
    assert_int_equal(catalogue_code(catalogue, velo, "A", "").milestone, MILESTONE_ACCEPTED);
    assert_int_equal(catalogue_code(catalogue, velo, "GONE", "").milestone, MILESTONE_LOST);
    assert_int_equal(catalogue_code(catalogue, -1, "GONE", "").milestone, MILESTONE_LOST);
    assert_int_equal(catalogue_code(catalogue, -1, "A", "").milestone, MILESTONE_CUSTOMS);
    assert_int_equal(catalogue_code(catalogue, velo, "held", "").milestone, MILESTONE_HELD);
}

static void
a_named_vocabulary_is_asked_only_when_it_is_named_and_then_first(void **state)
{
    Case *const c = *state;

    write_file(c, "a.yaml", FULL);
    write_file(c, "b.yaml", WORDS);

    const Catalogue *const plain = load(c, NULL);
    const Catalogue *const spoken = load(c, "Words");
    const int velo = catalogue_find(plain, "velo");

    assert_int_equal(catalogue_code(plain, velo, "Q", "").milestone, MILESTONE_UNMAPPED);
    assert_int_equal(catalogue_code(plain, velo, "A", "").milestone, MILESTONE_ACCEPTED);
    assert_int_equal(catalogue_code(spoken, velo, "Q", "").milestone, MILESTONE_HELD);
    assert_int_equal(catalogue_code(spoken, velo, "A", "").milestone, MILESTONE_CUSTOMS);
    assert_string_not_equal(catalogue_fingerprint(plain), catalogue_fingerprint(spoken));
    assert_null(load(c, "velo"));
    assert_true(text_starts_with(
        c->problems.items[0], "carriers.vocabularies: \"velo\" is no vocabulary; there are "));
    assert_non_null(strstr(c->problems.items[0], "generic"));
    assert_non_null(strstr(c->problems.items[0], "words"));
}

static void
a_second_file_replaces_only_what_it_says(void **state)
{
    Case *const c = *state;

    write_file(c, "a.yaml", FULL);
    write_file(c, "b.yaml", OVER);

    const Catalogue *const catalogue = load(c, NULL);
    const int index = catalogue_find(catalogue, "velo");
    const CarrierEntry *const velo = catalogue_carrier(catalogue, (size_t)index);
    const CodeRow *const shipped = &velo->schemes[0].rows[0];

    assert_string_equal(velo->time_zone, "place");
    assert_int_equal(velo->delivery_days, 7);
    assert_int_equal(velo->pickup_holding.after, 10);
    assert_int_equal(velo->quirks.count, 3);
    assert_int_equal(velo->service_count, 2);
    assert_int_equal(catalogue_service(catalogue, index, "DOM")->cut_off, 720);
    assert_int_equal(catalogue_service(catalogue, index, "home")->promise_count, 0);
    assert_int_equal(catalogue_code(catalogue, index, "A", "").milestone, MILESTONE_HELD);
    assert_int_equal(catalogue_code(catalogue, index, "A", "X").milestone, MILESTONE_ACCEPTED);
    assert_int_equal(
        catalogue_code(catalogue, index, "in_transit", "").milestone, MILESTONE_IN_TRANSIT);
    assert_int_equal(shipped->answers, 1);                  // A with any subcode but none
    assert_int_equal(velo->schemes[0].rows[2].answers, 0);  // in_transit, no longer left out
    assert_int_equal(velo->code_count, 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_a_file_says_is_read),
        TEST(a_row_says_where_it_stands_and_on_whose_word),
        TEST(the_carriers_own_rows_come_before_the_fallbacks),
        TEST(a_named_vocabulary_is_asked_only_when_it_is_named_and_then_first),
        TEST(a_second_file_replaces_only_what_it_says),
    };

    return cmocka_run_group_tests_name("carrier", tests, NULL, NULL);
}
