// What shipped codes mean and shipped services promise, from tables; and that every row can be shown and traced.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/catalogue.h"
#include "core/instant.h"
#include "core/text.h"
#include "tests/harness/cases.h"

#include <string.h>

typedef struct Shipped
{
    Arena *arena;
    const Catalogue *catalogue;
} Shipped;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Shipped *const shipped = ARENA_NEW(arena, Shipped);
    Problems problems = {.arena = arena};
    Err err = {0};

    *shipped = (Shipped){.arena = arena,
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err)};
    *state = shipped;
    return shipped->catalogue == NULL;
}

static int
tear_down(void **state)
{
    arena_destroy(((Shipped *)*state)->arena);
    return 0;
}

static int
carrier_of(const Shipped *shipped, const Case *example)
{
    const int carrier = catalogue_find(shipped->catalogue, example->words[0]);

    if (carrier < 0)
        fail_msg("%s:%d: no such carrier", example->file, example->line);
    return carrier;
}

static void
check_meaning(void *data, const Case *example)
{
    const Shipped *const shipped = data;
    char *const code = arena_copy(shipped->arena, example->words[1]);
    const char *const subcode = strcmp(example->words[2], "-") == 0 ? "" : example->words[2];

    assert_int_equal(example->count, 5);
    if (strcmp(example->words[0], "usps") == 0)  // its codes are texts
        for (char *at = strchr(code, '_'); at != NULL; at = strchr(at, '_'))
            *at = ' ';

    const CodeMeaning meaning =
        catalogue_code(shipped->catalogue, carrier_of(shipped, example), code, subcode);
    const bool unmapped = meaning.milestone == MILESTONE_UNMAPPED;
    const char *const found = unmapped ? "unmapped" : milestone_name(meaning.milestone);

    if (strcmp(found, example->words[3]) != 0)
        fail_msg("%s:%d: found %s", example->file, example->line, found);
    if (meaning.physical != (strcmp(example->words[4], "yes") == 0))
        fail_msg("%s:%d: physical %d", example->file, example->line, meaning.physical);
}

static void
codes_mean_what_the_table_says(void **state)
{
    Shipped *const shipped = *state;

    assert_true(cases_read(shipped->arena, "config/meanings.cases", check_meaning, shipped) > 100);
}

static bool
has(TextList countries, const char *country)
{
    for (size_t i = 0; i < countries.count; i++)
        if (strcmp(countries.items[i], country) == 0)
            return true;
    return countries.count == 0;
}

// The first name by which a file may ask for it.
static const char *
count_name(DayCount count)
{
    int name = 0;

    while (day_count_of(name) != count)
        assert_true(++name < DAY_COUNT_NAMES_MAX);
    return DAY_COUNT_NAMES[name];
}

// "2 jours_ouvrables -", "1 working_days 13:00", "- - -".
static const char *
promise_words(const Shipped *shipped, const CarrierService *service, const Case *example)
{
    for (size_t i = 0; i < service->promise_count; i++) {
        const Promise *const promise = &service->promises[i];

        if (!has(promise->from, example->words[1]) || !has(promise->to, example->words[2]))
            continue;
        const char *const by = promise->by < 0 ? "-"
                                               : arena_printf(shipped->arena, "%02d:%02d",
                                                     promise->by / 60, promise->by % 60);

        return arena_printf(
            shipped->arena, "%d %s %s", (int)promise->after, count_name(promise->count), by);
    }
    return "- - -";
}

static void
check_service(void *data, const Case *example)
{
    const Shipped *const shipped = data;

    assert_true(example->count >= 7);

    const CarrierService *const service =
        catalogue_service(shipped->catalogue, carrier_of(shipped, example), example->rest[6]);

    if (service == NULL)
        fail_msg("%s:%d: no service", example->file, example->line);

    const char *const found = promise_words(shipped, service, example);

    if (strncmp(found, example->rest[3], strlen(found)) != 0)
        fail_msg("%s:%d: found %s", example->file, example->line, found);
}

static void
services_promise_what_the_table_says(void **state)
{
    Shipped *const shipped = *state;

    assert_true(cases_read(shipped->arena, "config/services.cases", check_service, shipped) > 30);
}

// A row that nobody can read in French, or one kept out without a reason, is one that nobody finished.
static void
check_row(const CodeRow *row)
{
    const bool left_out = row->milestone == MILESTONE_UNMAPPED;

    if (left_out ? *row->why == '\0' : *row->label_en == '\0' || *row->label_fr == '\0')
        fail_msg("%s:%zu: nothing to show", row->file, row->line);
    if (*row->source == '\0')
        fail_msg("%s:%zu: no source", row->file, row->line);
}

static void
every_row_has_words_in_both_languages_and_a_source(void **state)
{
    const Catalogue *const catalogue = ((Shipped *)*state)->catalogue;
    size_t rows = 0;

    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const CarrierEntry *const carrier = catalogue_carrier(catalogue, i);

        for (size_t k = 0; k < carrier->scheme_count; k++) {
            const CodeScheme *const scheme = &carrier->schemes[k];

            for (size_t n = 0; n < scheme->row_count + scheme->left_out_count; n++, rows++)
                check_row(&scheme->rows[n]);
        }
    }
    assert_true(rows > 2000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_mean_what_the_table_says),
        TEST(services_promise_what_the_table_says),
        TEST(every_row_has_words_in_both_languages_and_a_source),
    };

    return cmocka_run_group_tests_name("meanings", tests, NULL, NULL);
}
