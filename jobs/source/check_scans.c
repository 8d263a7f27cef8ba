/*
 * What scans mean and when they occurred. The server counts them by carrier, code and hour of the day; the catalogue
 * then says what they mean. Memory holds one carrier at a time.
 */
#include "core/words.h"
#include "jobs/source/check_clock.h"

#include <inttypes.h>
#include <string.h>

#define GROUP     "scans"
#define TOP_CODES 5

typedef struct TopCode
{
    const char *code, *subcode, *milestone;
    int64_t count;
} TopCode;

// Of one carrier.
typedef struct CarrierTally
{
    Arena *arena;
    const char *name;
    int index;  // in the catalogue, -1 when unknown
    int64_t scans, unmapped, early_known, before_label, unknown;
    ClockTally clock;
    TopCode top[TOP_CODES];  // unmapped ones, most frequent first
    TopCode current;         // the code whose hours are being added
} CarrierTally;

typedef struct ScanTally
{
    const CheckData *data;
    CarrierTally carrier;
    int64_t scans, unmapped, early_known, before_label, unknown;
    Instant first, last;
    CheckList findings;  // of single carriers; they follow the sums
    struct
    {
        Arena *arena;
        ClockTally *items;
        size_t count, capacity;
    } clocks;  // one for each spelling of a carrier
    struct
    {
        Arena *arena;
        QualityEnding *items;
        size_t count, capacity;
    } endings;  // what means a round or a delivery
} ScanTally;

static const char *
number(const ScanTally *tally, int64_t value)
{
    return words_count(tally->data->list->arena, LANGUAGE_ENGLISH, value);
}

static const char *
share(const ScanTally *tally, int64_t part, int64_t whole)
{
    return check_share(tally->data->list->arena, part, whole);
}

static void
rank_current(CarrierTally *carrier)
{
    TopCode code = carrier->current;

    for (size_t i = 0; i < TOP_CODES && code.count > 0; i++)
        if (code.count > carrier->top[i].count) {
            const TopCode lesser = carrier->top[i];

            carrier->top[i] = code;
            code = lesser;
        }
    carrier->current.count = 0;
}

static void
add_unmapped_codes(ScanTally *tally)
{
    const CarrierTally *const carrier = &tally->carrier;
    CheckList *const list = &tally->findings;
    Text codes = {.arena = list->arena};

    for (size_t i = 0; i < TOP_CODES && carrier->top[i].count > 0; i++) {
        const TopCode *const top = &carrier->top[i];

        text_add_format(&codes, "%s\"%s%s%s\" %s", i > 0 ? ", " : "",
            *top->code ? top->code : top->milestone, *top->subcode ? "\" / \"" : "", top->subcode,
            number(tally, top->count));
    }
    check_add(list, 20 * carrier->unmapped > carrier->scans ? CHECK_WARNING : CHECK_NOTE, GROUP,
        "unmapped_codes",
        "\"vigie carriers unmapped\" lists them all, \"suggest\" drafts a catalogue file (setting "
        "carriers.catalogues); until you say what they mean they never count as progress",
        "%s of the scans of \"%s\" have a code that nobody mapped: %s",
        share(tally, carrier->unmapped, carrier->scans), carrier->name, text_get(&codes));
}

static void
end_carrier(ScanTally *tally)
{
    CarrierTally *const carrier = &tally->carrier;

    rank_current(carrier);
    // Scans of no shipment have no carrier whose catalogue could be asked.
    if (carrier->name != NULL && *carrier->name != '\0') {
        if (carrier->unmapped > 0)
            add_unmapped_codes(tally);
        ARENA_PUSH(&tally->clocks, carrier->clock);
        tally->unmapped += carrier->unmapped;
    }
    tally->scans += carrier->scans;
    tally->early_known += carrier->early_known;
    tally->before_label += carrier->before_label;
    tally->unknown += carrier->unknown;
    arena_reset(carrier->arena);
    *carrier = (CarrierTally){.arena = carrier->arena};
}

static void
begin_carrier(ScanTally *tally, const char *name)
{
    tally->carrier.name = arena_copy(tally->carrier.arena, name);
    tally->carrier.index = catalogue_find(tally->data->catalogue, name);
    tally->carrier.clock.carrier = arena_copy(tally->clocks.arena, name);
    tally->carrier.clock.zone = check_clock_zone(&tally->data->window, name);
}

// A milestone that the source states wins over the code.
static CodeMeaning
meaning_of(const ScanTally *tally, const QualityCode *code)
{
    Milestone milestone;

    if (milestone_parse(code->milestone, &milestone))
        return (CodeMeaning){milestone, milestone_is_physical(milestone)};
    return catalogue_code(tally->data->catalogue, tally->carrier.index,
        *code->code ? code->code : code->milestone, code->subcode);
}

static void
add_unmapped(CarrierTally *carrier, const QualityCode *code)
{
    const TopCode *const current = &carrier->current;

    carrier->unmapped += code->count;
    if (current->count == 0 || strcmp(current->code, code->code) != 0 ||
        strcmp(current->subcode, code->subcode) != 0 ||
        strcmp(current->milestone, code->milestone) != 0) {
        rank_current(carrier);
        carrier->current = (TopCode){
            .code = arena_copy(carrier->arena, code->code),
            .subcode = arena_copy(carrier->arena, code->subcode),
            .milestone = arena_copy(carrier->arena, code->milestone),
        };
    }
    carrier->current.count += code->count;
}

static bool
is_ending(const QualityEnding *ending, const QualityCode *code)
{
    return strcmp(ending->carrier, code->carrier) == 0 && strcmp(ending->code, code->code) == 0 &&
           strcmp(ending->subcode, code->subcode) == 0 &&
           strcmp(ending->milestone, code->milestone) == 0;
}

// Remember what means a round or a delivery, once for all its hours, which come one after the other.
static void
add_ending(ScanTally *tally, const QualityCode *code, bool delivered)
{
    Arena *const arena = tally->endings.arena;
    const size_t count = tally->endings.count;

    if (count > 0 && is_ending(&tally->endings.items[count - 1], code))
        return;
    ARENA_PUSH(&tally->endings, ((QualityEnding){.carrier = arena_copy(arena, code->carrier),
                                    .code = arena_copy(arena, code->code),
                                    .subcode = arena_copy(arena, code->subcode),
                                    .milestone = arena_copy(arena, code->milestone),
                                    .delivered = delivered}));
}

static void
add_times(ScanTally *tally, const QualityCode *code, CodeMeaning meaning)
{
    ClockTally *const clock = &tally->carrier.clock;
    const bool delivered = meaning.milestone == MILESTONE_DELIVERED;

    clock->scans += code->count;
    clock->early_known += code->early_known;
    clock->early_moved += code->early_moved;
    if (delivered)
        clock->delivered[code->hour] += code->count;
    if (delivered || meaning.milestone == MILESTONE_OUT_FOR_DELIVERY)
        add_ending(tally, code, delivered);
    if (meaning.physical) {
        clock->physical += code->count;
        clock->physical_night += code->hour >= 1 && code->hour < 5 ? code->count : 0;
    }
}

static bool
visit(void *data, const QualityCode *code, Err *err)
{
    ScanTally *const tally = data;
    CarrierTally *const carrier = &tally->carrier;

    (void)err;
    if (carrier->name == NULL || strcmp(carrier->name, code->carrier) != 0) {
        end_carrier(tally);
        begin_carrier(tally, code->carrier);
    }

    const CodeMeaning meaning = meaning_of(tally, code);

    carrier->scans += code->count;
    carrier->early_known += code->early_known;
    carrier->before_label += code->before_label;
    carrier->unknown += code->unknown;
    if (meaning.milestone == MILESTONE_UNMAPPED)
        add_unmapped(carrier, code);
    add_times(tally, code, meaning);
    if (code->first != INSTANT_NONE && (tally->first == INSTANT_NONE || code->first < tally->first))
        tally->first = code->first;
    if (code->last != INSTANT_NONE && code->last > tally->last)
        tally->last = code->last;
    return true;
}

static void
add_sums(const ScanTally *tally)
{
    const CheckData *const data = tally->data;
    CheckList *const list = data->list;

    if (tally->scans == 0) {
        check_add(list, CHECK_WARNING, GROUP, "scans",
            "load some, or look further back with --days", "no scan occurred in the window");
        return;
    }
    check_add(list, CHECK_OK, GROUP, "scans", "",
        "%s scans, occurred %s to %s (%s); %s have a code that nobody mapped",
        number(tally, tally->scans), zone_print(list->arena, data->job->zone, tally->first),
        zone_print(list->arena, data->job->zone, tally->last), data->window.time_zone,
        share(tally, tally->unmapped, tally->scans));
    if (tally->unknown > 0)
        check_add(list, CHECK_NOTE, GROUP, "unknown_shipments",
            "load the shipments too, or see whether both relations spell shipment_id alike",
            "%s scans (%s) belong to no shipment", number(tally, tally->unknown),
            share(tally, tally->unknown, tally->scans));
    if (tally->before_label > 0)
        check_add(list, 100 * tally->before_label > tally->scans ? CHECK_WARNING : CHECK_NOTE,
            GROUP, "scans_before_label",
            "a reused tracking number brings the scans of its former parcel; a wrong time zone "
            "moves them all by the same hours",
            "%s scans (%s) are more than an hour older than their label",
            number(tally, tally->before_label), share(tally, tally->before_label, tally->scans));
}

// The clocks are judged when the server has compared rounds with deliveries, too.
static bool
add_clocks(ScanTally *tally, Err *err)
{
    const QualityOrder *orders;
    size_t count;

    if (!quality_order(tally->data->source, &tally->data->window, tally->endings.items,
            tally->endings.count, tally->findings.arena, &orders, &count, err))
        return false;
    for (size_t i = 0; i < tally->clocks.count; i++) {
        ClockTally *const clock = &tally->clocks.items[i];

        for (size_t k = 0; k < count; k++)
            if (strcmp(orders[k].carrier, clock->carrier) == 0) {
                clock->parcels = orders[k].parcels;
                clock->inverted = orders[k].inverted;
            }
        check_clock(tally->data, &tally->findings, clock);
    }
    return true;
}

static bool
read_scans(ScanTally *tally, Err *err)
{
    if (!quality_codes(tally->data->source, &tally->data->window, visit, tally, err))
        return false;
    end_carrier(tally);
    return add_clocks(tally, err);
}

bool
check_scans(const CheckData *given, Err *err)
{
    CheckData data = *given;
    Arena *const arena = data.list->arena;
    ScanTally tally = {
        .data = &data,
        .carrier = {.arena = arena_create()},
        .first = INSTANT_NONE,
        .last = INSTANT_NONE,
        .findings = {.arena = arena},
        .clocks = {.arena = arena},
        .endings = {.arena = arena},
    };
    const bool read = check_clock_zones(&data, &data.window, err) && read_scans(&tally, err);

    if (read) {
        add_sums(&tally);
        for (size_t i = 0; i < tally.findings.count; i++)
            ARENA_PUSH(data.list, tally.findings.items[i]);
    }
    arena_destroy(tally.carrier.arena);
    return read;
}
