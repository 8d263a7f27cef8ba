// Every kind of dirt is there, is what its name says, and strikes as often as asked.
#include "tests/harness/simulated.h"

#include "jobs/simulator/parcel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum
{
    PARCELS = 10000,
};

typedef struct Found
{
    int64_t parcels;  // that claim the kind
    int64_t shown;    // of those, where it can be seen
} Found;

static bool
claims(const char *const *truth, const char *kind)
{
    const char *const words = simulated_field(SIMULATOR_TRUTH, truth, "dirty");
    const size_t length = strlen(kind);

    for (const char *at = strstr(words, kind); at; at = strstr(at + 1, kind))
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

typedef bool Shows(const Seen *seen);

// Scans of a parcel are neighbours, but for those of unknown shipments ("X" for "S" in the id) among them.
static Found
look_for(const Simulated *simulated, const char *kind, Shows *shows)
{
    const SimulatedRows *const scans = &simulated->tables[SIMULATOR_SCANS];
    Found found = {0};
    size_t first = 0;

    for (size_t i = 0; i < simulated->tables[SIMULATOR_SHIPMENTS].count; i++) {
        Seen seen = {
            .simulated = simulated,
            .shipment = simulated->tables[SIMULATOR_SHIPMENTS].items[i],
            .truth = simulated->tables[SIMULATOR_TRUTH].items[i],
            .scans = scans->items + first,
        };
        while (first + seen.scan_count < scans->count &&
               strcmp(seen.scans[seen.scan_count][0] + 1, seen.shipment[0] + 1) == 0)
            seen.scan_count++;
        if (claims(seen.truth, kind)) {
            found.parcels++;
            found.shown += shows(&seen);
        }
        first += seen.scan_count;
    }
    return found;
}

static const char *
scan_of(const Seen *seen, size_t i, const char *column)
{
    return simulated_field(SIMULATOR_SCANS, seen->scans[i], column);
}

static Instant
recorded(const Seen *seen, size_t i)
{
    return simulated_instant(SIMULATOR_SCANS, seen->scans[i], "recorded_at");
}

static bool
in_the_future(const Seen *seen)
{
    for (size_t i = 0; i < seen->scan_count; i++)
        if (seen_occurred(seen, i) > recorded(seen, i) + 20 * HOURS_24)
            return true;
    return false;
}

static bool
before_the_label(const Seen *seen)
{
    const Instant created = simulated_instant(SIMULATOR_SHIPMENTS, seen->shipment, "created_at");

    for (size_t i = 0; i < seen->scan_count; i++)
        if (seen_occurred(seen, i) < created)
            return true;
    return false;
}

static bool
repeated_in_other_words(const Seen *seen)
{
    for (size_t i = 0; i < seen->scan_count; i++)
        for (size_t j = 0; j < i; j++)
            if (seen_occurred(seen, i) == seen_occurred(seen, j) &&
                strcmp(scan_of(seen, i, "place"), scan_of(seen, j, "place")) == 0 &&
                strcmp(scan_of(seen, i, "code"), scan_of(seen, j, "code")) == 0 &&
                strcmp(scan_of(seen, i, "text"), scan_of(seen, j, "text")) != 0)
                return true;
    return false;
}

static bool
of_an_unknown_shipment(const Seen *seen)
{
    for (size_t i = 0; i < seen->scan_count; i++)
        if (seen->scans[i][0][0] == 'X')
            return true;
    return false;
}

// In Paris a local stamp is one or two hours ahead of UTC, while records follow in minutes.
static bool
ahead_of_its_record(const Seen *seen)
{
    for (size_t i = 0; i < seen->scan_count; i++)
        if (seen_occurred(seen, i) > recorded(seen, i))
            return true;
    return false;
}

static bool
moving_after_delivery(const Seen *seen)
{
    const Instant delivered = simulated_instant(SIMULATOR_TRUTH, seen->truth, "delivered_at");

    for (size_t i = 0; i < seen->scan_count; i++)
        if (delivered != INSTANT_NONE && seen_occurred(seen, i) > delivered &&
            strcmp(scan_of(seen, i, "milestone"), "in_transit") == 0)
            return true;
    return false;
}

static bool
money_with_comma(const Seen *seen)
{
    return strchr(seen_shipment(seen, "sale_value"), ',') != NULL;
}

static bool
misspelled(const Seen *seen)
{
    static const char *const IDS[] = {
        "colissimo", "chronopost", "mondialrelay", "dpd", "gls", "dhl_express"};

    for (size_t i = 0; i < sizeof IDS / sizeof *IDS; i++)
        if (strcmp(seen_shipment(seen, "carrier"), IDS[i]) == 0)
            return false;
    return true;
}

static bool
unmapped(const Seen *seen)
{
    for (size_t i = 0; i < seen->scan_count; i++) {
        const char *const code = scan_of(seen, i, "code");
        if ((code[0] == 'Q' || code[0] == 'Z') && !scan_of(seen, i, "milestone")[0])
            return true;
    }
    return false;
}

static void
every_kind_is_what_it_says(void **state)
{
    static const struct
    {
        const char *kind;
        Shows *shows;
    } KINDS[] = {
        {"future", in_the_future},
        {"before_label", before_the_label},
        {"duplicate", repeated_in_other_words},
        {"stray", of_an_unknown_shipment},
        {"wrong_clock", ahead_of_its_record},
        {"after_delivery", moving_after_delivery},
        {"comma", money_with_comma},
        {"spelling", misspelled},
        {"unmapped", unmapped},
    };

    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        const Found found = look_for(*state, KINDS[i].kind, KINDS[i].shows);
        assert_true(found.parcels >= 10);
        assert_int_equal(found.shown, found.parcels);
    }
}

static bool
occurs(const SimulatedRows *rows, size_t column, const char *needle)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strstr(rows->items[i][column], needle))
            return true;
    return false;
}

// Formulas, markup, controls, direction overrides and characters beyond the basic plane, in both tables.
static void
texts_are_hostile(void **state)
{
    static const char *const NEEDLES[] = {
        "=1+1", "<script>", "\033[31m", "\007", "\342\200\256", "\360\237\223\246", "\n"};
    const Simulated *const simulated = *state;

    for (size_t i = 0; i < sizeof NEEDLES / sizeof *NEEDLES; i++) {
        assert_true(occurs(&simulated->tables[SIMULATOR_SCANS], 5, NEEDLES[i]));
        assert_true(occurs(&simulated->tables[SIMULATOR_SHIPMENTS], 24, NEEDLES[i]));
    }
}

// Of seven kinds that strike scans six add a row; the wrong clock adds none.
static void
dirt_strikes_as_often_as_asked(void **state)
{
    const Simulated *const simulated = *state;
    const SimulatedRows *const shipments = &simulated->tables[SIMULATOR_SHIPMENTS];
    SimulatorPlan plan = simulated->plan;
    plan.dirty_share = 0;
    const Simulated clean = simulated_create(simulated->arena, &plan);
    const size_t scans = clean.tables[SIMULATOR_SCANS].count;
    const size_t added = simulated->tables[SIMULATOR_SCANS].count - scans;
    const double share = simulated->plan.dirty_share;
    size_t struck = 0;

    for (size_t i = 0; i < shipments->count; i++) {
        const char *const *const truth = simulated->tables[SIMULATOR_TRUTH].items[i];
        struck += claims(truth, "comma") || claims(truth, "spelling");
    }
    ASSERT_SHARE(added, scans, share * .77, share * .95);
    ASSERT_SHARE(struck, shipments->count, share * .5, share * .85);
}

// Were all scans of a parcel one and the same, most kinds of dirt would fall on one key; only one row of each may stay.
static void
repeats_are_dropped_for_copy(void **state)
{
    static const Dirt ONCE[] = {DIRT_DUPLICATE, DIRT_STRAY};
    const Simulated *const simulated = *state;
    SimulatorPlan plan = simulated->plan;
    plan.dirty_share = 1;
    plan.copyable = true;
    const World *const world = world_create(simulated->arena, &plan);
    size_t rows[2] = {0};
    Parcel parcel;

    parcel_describe(&parcel, world, 0);
    parcel_travel(&parcel, world);
    for (parcel.scan_count = 1; parcel.scan_count < PARCEL_SCANS_MAX / 2; parcel.scan_count++)
        parcel.scans[parcel.scan_count] = parcel.scans[0];
    parcel_soil(&parcel, world);
    for (size_t i = PARCEL_SCANS_MAX / 2; i < parcel.scan_count; i++) {
        rows[0] += parcel.scans[i].subcode[0] != '\0';
        rows[1] += parcel.scans[i].stray;
    }
    for (size_t kind = 0; kind < 2; kind++) {
        assert_true(parcel.dirt & 1U << ONCE[kind]);
        assert_int_equal(rows[kind], 1);
    }
}

static int
simulate(void **state)
{
    return simulated_set_up(state, PARCELS, .02);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_what_it_says),
        cmocka_unit_test(texts_are_hostile),
        cmocka_unit_test(dirt_strikes_as_often_as_asked),
        cmocka_unit_test(repeats_are_dropped_for_copy),
    };

    return cmocka_run_group_tests(tests, simulate, simulated_tear_down);
}
