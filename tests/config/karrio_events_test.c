// Every event that Karrio's fixtures hold of a carrier of the catalogue, with a code, is read into a milestone. Where our
// reading is not Karrio's, karrio_differences.csv says why, by the vendor's own table.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/catalogue.h"
#include "tests/harness/sheet.h"

#include <string.h>

#define EVENTS      VIGIE_SHARED_DIR "/data/tracking/karrio_events.csv"
#define DIFFERENCES VIGIE_SOURCE_DIR "/tests/config/karrio_differences.csv"

// Karrio's words for our milestones, up to three that say the same as far as its coarser words can.
static const char *const STATUSES[MILESTONE_COUNT][3] = {
    [MILESTONE_ANNOUNCED] = {"pending"},
    [MILESTONE_ACCEPTED] = {"picked_up", "in_transit"},
    [MILESTONE_IN_TRANSIT] = {"in_transit"},
    [MILESTONE_DELIVERY_DEPOT] = {"in_transit"},
    [MILESTONE_CUSTOMS] = {"in_transit"},
    [MILESTONE_CUSTOMS_HELD] = {"on_hold"},
    [MILESTONE_CUSTOMS_CLEARED] = {"in_transit"},
    [MILESTONE_OUT_FOR_DELIVERY] = {"out_for_delivery"},
    [MILESTONE_ATTEMPT_FAILED] = {"delivery_failed"},
    [MILESTONE_ADDRESS_PROBLEM] = {"delivery_failed", "on_hold"},
    [MILESTONE_REFUSED] = {"delivery_failed"},
    [MILESTONE_AVAILABLE_FOR_PICKUP] = {"ready_for_pickup"},
    [MILESTONE_HELD] = {"on_hold"},
    [MILESTONE_DELAYED] = {"delivery_delayed"},
    [MILESTONE_DAMAGED] = {"delivery_failed"},
    [MILESTONE_LOST] = {"delivery_failed"},
    [MILESTONE_DESTROYED] = {"delivery_failed"},
    [MILESTONE_RETURNING] = {"return_to_sender"},
    [MILESTONE_RETURNED] = {"return_to_sender"},
    [MILESTONE_DELIVERED] = {"delivered"},
    [MILESTONE_CANCELLED] = {"cancelled"},
    [MILESTONE_INFORMATION] = {"unknown"},
};

typedef struct Case
{
    Arena *arena;
    const Catalogue *catalogue;
    const Sheet *events, *differences;
} Case;

static int
set_up(void **state)
{
    Arena *const arena = arena_create();
    Case *const c = ARENA_NEW(arena, Case);
    Problems problems = {.arena = arena};
    Err err = {0};

    *c = (Case){.arena = arena,
        .catalogue = catalogue_load(arena, (TextList){0}, (TextList){0}, &problems, &err),
        .events = sheet_read(arena, EVENTS),
        .differences = sheet_read(arena, DIFFERENCES)};
    *state = c;
    return c->catalogue == NULL || c->differences == NULL;
}

static int
tear_down(void **state)
{
    arena_destroy(((Case *)*state)->arena);
    return 0;
}

static bool
says_the_same(Milestone milestone, const char *status)
{
    for (size_t i = 0; i < 3 && STATUSES[milestone][i] != NULL; i++)
        if (strcmp(STATUSES[milestone][i], status) == 0)
            return true;
    return false;
}

// Whether the differences name this event.
static bool
is_explained(const Sheet *differences, const char *carrier, const char *code, const char *status)
{
    for (size_t i = 0; i < sheet_rows(differences); i++)
        if (strcmp(sheet_cell(differences, i, "carrier"), carrier) == 0 &&
            strcmp(sheet_cell(differences, i, "code"), code) == 0 &&
            strcmp(sheet_cell(differences, i, "karrio_status"), status) == 0)
            return true;
    return false;
}

static size_t
check_event(const Case *c, size_t row)
{
    const char *const carrier = sheet_cell(c->events, row, "carrier");
    const char *const code = sheet_cell(c->events, row, "code");
    const char *const status = sheet_cell(c->events, row, "karrio_status");
    const int index = catalogue_find(c->catalogue, carrier);
    const CodeMeaning meaning = catalogue_code(c->catalogue, index, code, "");
    const char *const milestone = milestone_name(meaning.milestone);

    if (*code == '\0' || index < 0)
        return 0;
    if (meaning.milestone != MILESTONE_UNMAPPED &&
        (*status == '\0' || says_the_same(meaning.milestone, status)))
        return 0;
    if (is_explained(c->differences, carrier, code, status))
        return 0;
    print_error("%s,%s,%s,%s: %s\n", carrier, code, status, milestone,
        sheet_cell(c->events, row, "description"));
    return 1;
}

static void
every_code_is_read_as_karrio_reads_it_or_the_reason_is_known(void **state)
{
    const Case *const c = *state;
    size_t wrong = 0;

    if (c->events == NULL)
        skip();
    assert_true(sheet_rows(c->events) > 300);
    for (size_t i = 0; i < sheet_rows(c->events); i++)
        wrong += check_event(c, i);
    assert_int_equal(wrong, 0);
}

// A reason for a reading that is no longer ours would hide the next one; so would one for a reading that agrees.
static void
every_reason_is_of_a_reading_that_is_ours(void **state)
{
    const Case *const c = *state;

    for (size_t i = 0; i < sheet_rows(c->differences); i++) {
        const char *const code = sheet_cell(c->differences, i, "code");
        const int carrier = catalogue_find(c->catalogue, sheet_cell(c->differences, i, "carrier"));
        const CodeMeaning meaning =
            catalogue_code(c->catalogue, carrier, code, sheet_cell(c->differences, i, "subcode"));

        assert_true(carrier >= 0);
        assert_string_equal(
            milestone_name(meaning.milestone), sheet_cell(c->differences, i, "milestone"));
        assert_false(
            says_the_same(meaning.milestone, sheet_cell(c->differences, i, "karrio_status")));
        assert_string_not_equal(sheet_cell(c->differences, i, "reason"), "");
        assert_string_not_equal(sheet_cell(c->differences, i, "vendor_table"), "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_is_read_as_karrio_reads_it_or_the_reason_is_known),
        cmocka_unit_test(every_reason_is_of_a_reading_that_is_ours),
    };

    return cmocka_run_group_tests_name("karrio events", tests, set_up, tear_down);
}
