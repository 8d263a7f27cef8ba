/*
 * What real sources do to the truth. Dirt adds rows and changes stamps, spellings and texts; it never takes a
 * true scan away, so the truth stays decidable. Every row, of either table, is struck with the plan's
 * probability; the draws come from a stream of their own.
 */
#include "jobs/simulator/parcel.h"

#include <string.h>

static SimulatedScan *
add_copy(Parcel *parcel, const SimulatedScan *scan, Dirt kind)
{
    if (parcel->scan_count == PARCEL_SCANS_MAX)
        return NULL;
    SimulatedScan *const copy = &parcel->scans[parcel->scan_count++];
    *copy = *scan;
    parcel->dirt |= 1U << kind;
    return copy;
}

static Instant
days_between(Random *random, int32_t low, int32_t high)
{
    return random_between(random, low * 86400, high * 86400) * SECOND;
}

static void
add_future(Parcel *parcel, const SimulatedScan *scan, Random *random)
{
    SimulatedScan *const copy = add_copy(parcel, scan, DIRT_FUTURE);

    if (copy)
        copy->occurred_at += days_between(random, 30, 400);
}

static void
add_before_label(Parcel *parcel, const SimulatedScan *scan, Random *random)
{
    SimulatedScan *const copy = add_copy(parcel, scan, DIRT_BEFORE_LABEL);

    if (copy)
        copy->occurred_at = parcel->created_at - days_between(random, 2, 90);
}

// The same in other words; half of them with a subcode, so that the plain tables do not take them for one.
static void
add_duplicate(Parcel *parcel, const SimulatedScan *scan, Random *random, bool copyable)
{
    SimulatedScan *const copy = add_copy(parcel, scan, DIRT_DUPLICATE);
    const bool told_apart = random_chance(random, .5) || copyable;

    if (copy) {
        copy->subcode = told_apart ? "2" : "";
        copy->text = parcel->carrier->wordings[scan->step].other;
        copy->recorded_at += random_between(random, 60, 7200) * SECOND;
    }
}

static void
add_after_delivery(Parcel *parcel, const SimulatedScan *scan, Random *random)
{
    SimulatedScan *const copy = add_copy(parcel, scan, DIRT_AFTER_DELIVERY);
    const Instant later = random_between(random, 7200, 108000) * SECOND;

    if (copy) {
        copy->step = STEP_HUB_ARRIVED;
        copy->milestone = MILESTONE_IN_TRANSIT;
        copy->code = "";
        copy->text = parcel->carrier->wordings[STEP_HUB_ARRIVED].text;
        copy->occurred_at += later;
        copy->recorded_at += later;
    }
}

static void
add_stray(Parcel *parcel, const SimulatedScan *scan)
{
    SimulatedScan *const copy = add_copy(parcel, scan, DIRT_STRAY);

    if (copy)
        copy->stray = true;
}

static void
add_unmapped(Parcel *parcel, const SimulatedScan *scan, Random *random)
{
    static const char *const CODES[] = {"ZZ9", "QX7", "Q-404"};
    SimulatedScan *const copy = add_copy(parcel, scan, DIRT_UNMAPPED);
    const Instant later = random_between(random, 60, 1800) * SECOND;

    if (copy) {
        copy->code = CODES[random_below(random, 3)];
        copy->milestone = MILESTONE_UNMAPPED;
        copy->text = "Info";
        copy->carrier = "";
        copy->occurred_at += later;
        copy->recorded_at += later;
    }
}

// Formulas, markup, control characters and direction overrides, and UTF-8 that is valid but odd: a byte order
// mark in the middle, a combining accent on nothing, a character beyond the basic plane, a noncharacter.
static const char *
odd_text(Random *random)
{
    static const char *const TEXTS[] = {
        "=1+1",
        "@SUM(A1:A9)",
        "+33 rappeler",
        "-- drop \"table\"",
        "<script>alert(1)</script>",
        "<b>&amp;</b> ]]>",
        "colis \342\200\256txt.exe\342\200\254",
        "bell\007 escape\033[31m",
        "two\nlines\tand a tab",
        "\357\273\277late mark",
        "\314\201 accent",
        "\360\237\223\246 \360\237\207\253\360\237\207\267",
        "non\357\277\276character",
        "semi;colon, comma 'and' \"quote\"",
    };

    return TEXTS[random_below(random, sizeof TEXTS / sizeof *TEXTS)];
}

static void
change_text(Parcel *parcel, SimulatedScan *scan, Random *random)
{
    scan->text = odd_text(random);
    parcel->dirt |= 1U << DIRT_TEXT;
}

static void
soil_scan(Parcel *parcel, size_t index, Random *random, bool copyable)
{
    SimulatedScan *const scan = &parcel->scans[index];

    switch (random_below(random, 7)) {
    case 0:
        add_future(parcel, scan, random);
        break;
    case 1:
        add_before_label(parcel, scan, random);
        break;
    case 2:
        add_duplicate(parcel, scan, random, copyable);
        break;
    case 3:
        add_stray(parcel, scan);
        break;
    case 4:
        add_unmapped(parcel, scan, random);
        break;
    case 5:
        change_text(parcel, scan, random);
        break;
    default:
        if (scan->step == STEP_DELIVERED)
            add_after_delivery(parcel, scan, random);
        else
            add_duplicate(parcel, scan, random, copyable);
    }
}

static void
soil_shipment(Parcel *parcel, Random *random, const SimulatorPlan *plan)
{
    switch (random_below(random, 3)) {
    case 0:
        parcel->spelling = parcel->carrier->spellings[random_below(random, 3)];
        parcel->dirt |= 1U << DIRT_SPELLING;
        break;
    case 1:
        parcel->dirt |= plan->copyable ? 0 : 1U << DIRT_COMMA;
        break;
    default:
        parcel->odd_text = odd_text(random);
        parcel->dirt |= 1U << DIRT_TEXT;
    }
    if (plan->unreadable)
        parcel->dirt |= 1U << DIRT_UNREADABLE;
}

// Local time stamped as UTC, by a clock that was set when the label was made: true scans stay apart.
static void
turn_clock(Parcel *parcel, const Zone *zone)
{
    const Instant ahead = zone_offset_seconds(zone, parcel->created_at) * SECOND;

    for (size_t i = 0; i < parcel->scan_count; i++)
        parcel->scans[i].occurred_at += ahead;
    parcel->dirt |= 1U << DIRT_WRONG_CLOCK;
}

static bool
same_scan(const SimulatedScan *a, const SimulatedScan *b)
{
    return a->occurred_at == b->occurred_at && a->stray == b->stray &&
           a->milestone == b->milestone && strcmp(a->code, b->code) == 0 &&
           strcmp(a->subcode, b->subcode) == 0 && strcmp(a->place, b->place) == 0;
}

// Dirty rows are drawn one by one: two of a parcel may fall on one key, and one such pair would stop a COPY of millions.
static void
drop_repeats(Parcel *parcel, size_t true_count)
{
    size_t kept = true_count;

    for (size_t i = true_count; i < parcel->scan_count; i++) {
        bool repeated = false;
        for (size_t j = 0; j < kept && !repeated; j++)
            repeated = same_scan(&parcel->scans[i], &parcel->scans[j]);
        if (!repeated)
            parcel->scans[kept++] = parcel->scans[i];
    }
    parcel->scan_count = kept;
}

void
parcel_soil(Parcel *parcel, const World *world)
{
    const SimulatorPlan *const plan = world_plan(world);
    const size_t true_count = parcel->scan_count;
    Random random;

    if (plan->dirty_share <= 0)
        return;
    random_start(&random, plan->seed, (uint64_t)parcel->index, PURPOSE_DIRT);
    if (world_clock_is_wrong(world, parcel->carrier_index, world_day(world, parcel->created_at)))
        turn_clock(parcel, plan->zone);
    if (random_chance(&random, plan->dirty_share))
        soil_shipment(parcel, &random, plan);
    for (size_t i = 0; i < true_count; i++)
        if (random_chance(&random, plan->dirty_share))
            soil_scan(parcel, i, &random, plan->copyable);
    if (plan->copyable)
        drop_repeats(parcel, true_count);
}

size_t
dirt_words(const Parcel *parcel, char *out)
{
    static const char *const WORDS[DIRT_COUNT] = {
        [DIRT_FUTURE] = "future",
        [DIRT_BEFORE_LABEL] = "before_label",
        [DIRT_DUPLICATE] = "duplicate",
        [DIRT_WRONG_CLOCK] = "wrong_clock",
        [DIRT_AFTER_DELIVERY] = "after_delivery",
        [DIRT_SPELLING] = "spelling",
        [DIRT_STRAY] = "stray",
        [DIRT_COMMA] = "comma",
        [DIRT_UNMAPPED] = "unmapped",
        [DIRT_TEXT] = "text",
        [DIRT_UNREADABLE] = "unreadable",
    };
    size_t length = 0;

    for (int kind = 0; kind < DIRT_COUNT; kind++) {
        if (!(parcel->dirt & 1U << kind))
            continue;
        const size_t size = strlen(WORDS[kind]);
        if (length > 0)
            out[length++] = ' ';
        memcpy(out + length, WORDS[kind], size);
        length += size;
    }
    out[length] = '\0';
    return length;
}

#define LINE(table, bytes)                                                                         \
    {                                                                                              \
        (table), (bytes), sizeof(bytes) - 1                                                        \
    }

UnreadableLine
dirt_unreadable_line(const Parcel *parcel)
{
    static const UnreadableLine LINES[] = {
        LINE(SIMULATOR_SHIPMENTS,
            "U1,T1,colissimo,home,,FR,IDF,FR,HDF,59000,31/02/2026,,,,,,,,,,,,EUR,900,,,,self"),
        LINE(SIMULATOR_SHIPMENTS, "U2,T2,colissimo,home,,FR,IDF,FR,HDF,59000,2026-02-30T10:00:00Z,,"
                                  ",,,,,,,,,,EUR,,,,,self"),
        LINE(SIMULATOR_SHIPMENTS, "U3,T3,colissimo,home,,FR,IDF,FR,HDF,59000,2026-02-02T10:00:00Z,,"
                                  ",O\000O,,,,,,,,,EUR,,,,,self"),
        LINE(SIMULATOR_SHIPMENTS, "U4,T4,colissimo,home,,FR,IDF,FR,HDF,59000,2026-02-02T10:00:00Z,,"
                                  ",,,,,,,,,,EUR,,th\351,,,self"),
        LINE(SIMULATOR_SHIPMENTS, "U5,T5,colissimo"),
        LINE(SIMULATOR_SHIPMENTS, "U6,T6,colissimo,home,,FR,IDF,FR,HDF,59000,2026-02-02T10:00:00Z,,"
                                  ",,,,,,,,,,EUR,heavy,,,,self"),
        LINE(SIMULATOR_SCANS, "U1,yesterday,PC1,,,accepted,PAR,FR,,2026-02-02T10:00:00Z"),
        LINE(SIMULATOR_SCANS,
            "U1,2026-02-02T10:00:00Z,PC1,,,accepted,P\000R,FR,,2026-02-02T10:00:00Z"),
        LINE(SIMULATOR_SCANS,
            "U1,2026-02-02T10:00:00Z,ET1,,arriv\351,,LIL,FR,,2026-02-02T10:00:00Z"),
        LINE(SIMULATOR_SCANS, "U1,2026-02-02T25:61:00Z,ET1,,,,LIL,FR,,2026-02-02T10:00:00Z"),
        LINE(SIMULATOR_SCANS, "U1,2026-02-02T10:00:00Z,ET1,,,,LIL,FR,,,,,surplus"),
    };

    return LINES[(size_t)parcel->index % (sizeof LINES / sizeof *LINES)];
}
