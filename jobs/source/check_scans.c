/*
 * What scans mean and when they occurred. The server counts them by carrier, code and hour of the day; the catalogue
 * then says what they mean. Memory holds one carrier at a time.
 */
#include "core/words.h"
#include "jobs/source/check.h"

#include <inttypes.h>
#include <string.h>

#define GROUP          "scans"
#define HOURS          24
#define TOP_CODES      5
#define DELIVERIES_MIN 50    // fewer say nothing about a clock
#define NIGHT_SHARE    0.10  // of deliveries between 22:00 and 06:00; people sleep then
#define MOVED_SHARE    0.05  // what is left of it after the clock was moved, to name that move

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
    int64_t physical, physical_night;  // between 00:00 and 05:00
    int64_t delivered[HOURS];
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

// Deliveries between 22:00 and 06:00 if the clock were moved by some hours.
static int64_t
night_deliveries(const CarrierTally *carrier, int moved)
{
    int64_t night = 0;

    for (int hour = 0; hour < HOURS; hour++) {
        const int then = (hour + moved + HOURS) % HOURS;

        night += then < 6 || then >= 22 ? carrier->delivered[hour] : 0;
    }
    return night;
}

// The least move of the clock that puts the deliveries into the day; 0 when none does.
static int
likely_move(const CarrierTally *carrier, int64_t total)
{
    int best = 0;
    int64_t least = (int64_t)(MOVED_SHARE * (double)total);

    for (int distance = 1; distance <= HOURS / 2; distance++)
        for (int sign = -1; sign <= 1; sign += 2)
            if (night_deliveries(carrier, sign * distance) < least) {
                best = sign * distance;
                least = night_deliveries(carrier, best);
            }
    return best;
}

static void
add_clock(ScanTally *tally)
{
    const CarrierTally *const carrier = &tally->carrier;
    CheckList *const list = &tally->findings;
    int64_t delivered = 0;

    for (int hour = 0; hour < HOURS; hour++)
        delivered += carrier->delivered[hour];

    const int64_t night = night_deliveries(carrier, 0);

    if (delivered < DELIVERIES_MIN || (double)night <= NIGHT_SHARE * (double)delivered)
        return;

    const int move = likely_move(carrier, delivered);
    const char *const moved = move == 0
                                  ? ""
                                  : arena_printf(list->arena, "; moved by %+d h, %s would", move,
                                        share(tally, night_deliveries(carrier, move), delivered));

    check_add(list, CHECK_WARNING, GROUP, "time_zone",
        "compare a few with the carrier's own site: local time stamped as UTC is a common mistake. "
        "If the zone is wrong, convert it in a view; parcels delivered in far countries are fine",
        "%s of the deliveries of \"%s\" are between 22:00 and 06:00 (%s)%s; %s of its physical "
        "scans are between 00:00 and 05:00",
        share(tally, night, delivered), carrier->name, tally->data->window.time_zone, moved,
        share(tally, carrier->physical_night, carrier->physical));
}

static void
add_future(ScanTally *tally)
{
    const CarrierTally *const carrier = &tally->carrier;

    if (carrier->early_known > 0)
        check_add(&tally->findings,
            100 * carrier->early_known > carrier->scans ? CHECK_WARNING : CHECK_NOTE, GROUP,
            "future_scans",
            "its clock or its time zone is wrong: such scans are not seen before their time comes",
            "%s scans of \"%s\" (%s) were known before they occurred",
            number(tally, carrier->early_known), carrier->name,
            share(tally, carrier->early_known, carrier->scans));
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
        add_clock(tally);
        add_future(tally);
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
    if (meaning.milestone == MILESTONE_DELIVERED)
        carrier->delivered[code->hour] += code->count;
    if (meaning.physical) {
        carrier->physical += code->count;
        carrier->physical_night += code->hour < 5 ? code->count : 0;
    }
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

bool
check_scans(const CheckData *data, Err *err)
{
    ScanTally tally = {
        .data = data,
        .carrier = {.arena = arena_create()},
        .first = INSTANT_NONE,
        .last = INSTANT_NONE,
        .findings = {.arena = data->list->arena},
    };
    const bool read = quality_codes(data->source, &data->window, visit, &tally, err);

    if (read) {
        end_carrier(&tally);
        add_sums(&tally);
        for (size_t i = 0; i < tally.findings.count; i++)
            ARENA_PUSH(data->list, tally.findings.items[i]);
    }
    arena_destroy(tally.carrier.arena);
    return read;
}
