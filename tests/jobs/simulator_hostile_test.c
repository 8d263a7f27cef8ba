// Every kind of attack is among a hostile merchant's values, in the columns that people and programs write, and nowhere else.
#include "tests/harness/simulated.h"

#include "core/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum
{
    PARCELS = 3000,
};

// The same merchant, hostile and not: parcel by parcel and scan by scan the same.
typedef struct Pair
{
    Arena *arena;
    Simulated hostile, calm;
} Pair;

static int
simulate(void **state)
{
    Arena *const arena = arena_create();
    Pair *const pair = ARENA_NEW(arena, Pair);
    SimulatorPlan plan = simulated_plan(arena, PARCELS);

    pair->arena = arena;
    pair->calm = simulated_create(arena, &plan);
    plan.hostile = true;
    pair->hostile = simulated_create(arena, &plan);
    *state = pair;
    return 0;
}

static int
tear_down(void **state)
{
    arena_destroy(((Pair *)*state)->arena);
    return 0;
}

static size_t
occurrences(const Simulated *simulated, SimulatorTable table, const char *column, const char *word)
{
    const SimulatedRows *const rows = &simulated->tables[table];
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        count += strstr(simulated_field(table, rows->items[i], column), word) != NULL;
    return count;
}

static void
every_kind_of_text_attacks_where_texts_are(void **state)
{
    static const struct
    {
        const char *kind, *word;
    } kinds[] = {
        {"a spreadsheet's formula", "=cmd|"},
        {"one that begins otherwise", "@SUM("},
        {"a formula behind a tab", "\t=1+1"},
        {"a script", "<script>"},
        {"an attribute of HTML", "onerror="},
        {"an address that runs", "javascript:"},
        {"an entity of XML", "<!ENTITY"},
        {"an end of CDATA", "]]>"},
        {"SQL", "drop table"},
        {"SQL behind a backslash", "\\'; drop"},
        {"a shell's substitution", "$(id)"},
        {"a variable of settings", "${HOME}"},
        {"a format", "%n"},
        {"a hole of our templates", "{{#cases}}"},
        {"a path out of the folder", "../../"},
        {"a path of Windows", "C:\\nul"},
        {"an escape of terminals", "\033["},
        {"a terminal's title", "\033]0;"},
        {"backspaces", "\b\b"},
        {"a header of mail", "\r\nBcc:"},
        {"the end of a mail", "\n.\n"},
        {"a direction override", "\342\200\256"},
        {"an isolate", "\342\201\246"},
        {"a space without width", "\342\200\213"},
        {"a byte order mark", "\357\273\277"},
        {"no character", "\357\277\277"},
        {"a heap of accents", "\314\201\314\202"},
        {"a tag beyond the basic plane", "\363\240\201\201"},
        {"a line end that is not ASCII", "\302\205"},
        {"far too long", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    };
    const Pair *const pair = *state;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (occurrences(&pair->hostile, SIMULATOR_SCANS, "text", kinds[i].word) == 0 ||
            occurrences(&pair->hostile, SIMULATOR_SCANS, "place", kinds[i].word) == 0 ||
            occurrences(&pair->hostile, SIMULATOR_SHIPMENTS, "tracking_number", kinds[i].word) == 0)
            fail_msg("%s is missing", kinds[i].kind);
}

static void
numbers_and_instants_are_at_the_ends_of_their_types(void **state)
{
    static const struct
    {
        SimulatorTable table;
        const char *column, *value;
    } ends[] = {
        {SIMULATOR_SCANS, "occurred_at", "-infinity"},
        {SIMULATOR_SCANS, "occurred_at", " BC"},
        {SIMULATOR_SCANS, "occurred_at", "294276-"},
        {SIMULATOR_SCANS, "recorded_at", "infinity"},
        {SIMULATOR_SHIPMENTS, "promised_at", "9999-"},
        {SIMULATOR_SHIPMENTS, "created_at", "1969-"},
        {SIMULATOR_SHIPMENTS, "declared_value", "NaN"},
        {SIMULATOR_SHIPMENTS, "declared_value", "-0.01"},
        {SIMULATOR_SHIPMENTS, "declared_value", "1e300"},
        {SIMULATOR_SHIPMENTS, "weight_grams", "-9223372036854775808"},
        {SIMULATOR_SHIPMENTS, "weight_grams", "9223372036854775807"},
    };
    const Pair *const pair = *state;

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (occurrences(&pair->hostile, ends[i].table, ends[i].column, ends[i].value) == 0)
            fail_msg("%s is never %s", ends[i].column, ends[i].value);
        assert_int_equal(occurrences(&pair->calm, ends[i].table, ends[i].column, ends[i].value), 0);
    }
}

// One parcel in eight has an id that attacks; it is still one parcel, and its scans are its own.
static void
ids_attack_and_stay_ids(void **state)
{
    const Pair *const pair = *state;
    const SimulatedRows *const rows = &pair->hostile.tables[SIMULATOR_SHIPMENTS];
    const SimulatedRows *const calm = &pair->calm.tables[SIMULATOR_SHIPMENTS];
    const SimulatedRows *const scans = &pair->hostile.tables[SIMULATOR_SCANS];
    Map *const seen = map_create(pair->arena);
    size_t attacking = 0;
    bool is_new = true;

    assert_int_equal(rows->count, calm->count);
    for (size_t i = 0; i < rows->count; i++) {
        const char *const id = simulated_field(SIMULATOR_SHIPMENTS, rows->items[i], "shipment_id");
        const char *const own = simulated_field(SIMULATOR_SHIPMENTS, calm->items[i], "shipment_id");

        assert_int_equal(strncmp(id, own, strlen(own)), 0);
        attacking += strlen(id) > strlen(own);
        map_intern(seen, id, strlen(id), (int64_t)i, &is_new);
        assert_true(is_new);
    }
    ASSERT_SHARE(attacking, rows->count, .1, .15);
    for (size_t i = 0; i < scans->count; i++) {
        const char *const id = simulated_field(SIMULATOR_SCANS, scans->items[i], "shipment_id");

        assert_int_not_equal(map_get(seen, id, strlen(id), -1), -1);
    }
}

static void
one_value_in_twelve_is_replaced_and_the_truth_is_not(void **state)
{
    const Pair *const pair = *state;
    const SimulatedRows *const rows = &pair->hostile.tables[SIMULATOR_SCANS];
    const SimulatedRows *const calm = &pair->calm.tables[SIMULATOR_SCANS];
    const SimulatedRows *const truth = &pair->hostile.tables[SIMULATOR_TRUTH];
    size_t replaced = 0;

    assert_int_equal(rows->count, calm->count);
    for (size_t i = 0; i < rows->count; i++)
        replaced += strcmp(simulated_field(SIMULATOR_SCANS, rows->items[i], "text"),
                        simulated_field(SIMULATOR_SCANS, calm->items[i], "text")) != 0;
    ASSERT_SHARE(replaced, rows->count, .07, .1);
    for (size_t i = 0; i < truth->count; i++)
        assert_string_equal(simulated_field(SIMULATOR_TRUTH, truth->items[i], "presented_at"),
            simulated_field(
                SIMULATOR_TRUTH, pair->calm.tables[SIMULATOR_TRUTH].items[i], "presented_at"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_text_attacks_where_texts_are),
        cmocka_unit_test(numbers_and_instants_are_at_the_ends_of_their_types),
        cmocka_unit_test(ids_attack_and_stay_ids),
        cmocka_unit_test(one_value_in_twelve_is_replaced_and_the_truth_is_not),
    };

    return cmocka_run_group_tests(tests, simulate, tear_down);
}
