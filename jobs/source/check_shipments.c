#include "core/map.h"
#include "core/words.h"
#include "jobs/source/check.h"

#include <inttypes.h>
#include <string.h>

#define GROUP_SHIPMENTS "shipments"
#define GROUP_CARRIERS  "carriers"
#define NAMES_SHOWN     5

static const char *
number(const CheckData *data, int64_t value)
{
    return words_count(data->list->arena, LANGUAGE_ENGLISH, value);
}

static const char *
share(const CheckData *data, int64_t part, int64_t whole)
{
    return check_share(data->list->arena, part, whole);
}

static const char *
at(const CheckData *data, Instant instant)
{
    return instant == INSTANT_NONE ? "?" : zone_print(data->list->arena, data->job->zone, instant);
}

static void
add_counts(const CheckData *data, const QualityShipments *found)
{
    CheckList *const list = data->list;

    if (found->count == 0) {
        check_add(list, CHECK_WARNING, GROUP_SHIPMENTS, "shipments",
            "load some (\"vigie import\", \"vigie simulate\"), or look further back with --days",
            "no shipment was created in the %" PRId64 " days before %s",
            (data->window.as_of - data->window.from) / HOURS_24, at(data, data->window.as_of));
        return;
    }
    check_add(list, CHECK_OK, GROUP_SHIPMENTS, "shipments", "",
        "%s shipments, created %s to %s (%s)", number(data, found->count), at(data, found->first),
        at(data, found->last), data->window.time_zone);
}

static void
add_faults(const CheckData *data, const QualityShipments *found)
{
    CheckList *const list = data->list;
    const int64_t unpromised = found->count - found->promised;

    if (unpromised > 0)
        check_add(list, 2 * unpromised > found->count ? CHECK_WARNING : CHECK_NOTE, GROUP_SHIPMENTS,
            "missing_promises", "fill promised_at, or nobody can say that they are late or at risk",
            "%s of shipments (%s) have no promise", share(data, unpromised, found->count),
            number(data, unpromised));
    if (found->promised_early > 0)
        check_add(list, CHECK_WARNING, GROUP_SHIPMENTS, "early_promises",
            "look at where promised_at comes from: these are late from the start",
            "%s shipments were promised before their label was made",
            number(data, found->promised_early));
    if (found->undated > 0)
        check_add(list, CHECK_WARNING, GROUP_SHIPMENTS, "undated_shipments",
            "fill created_at, or leave them out: every night sets them aside",
            "%s shipments have no creation date", number(data, found->undated));
    if (found->unnumbered > 0)
        check_add(list, CHECK_WARNING, GROUP_SHIPMENTS, "unnumbered_shipments",
            "leave them out until they have one", "%s shipments have no tracking number",
            number(data, found->unnumbered));
}

static bool
add_silent(const CheckData *data, int64_t shipments, Err *err)
{
    const QualityCarrier *items;
    size_t count;
    int64_t total = 0;
    Text carriers = {.arena = data->list->arena};

    if (!quality_silent(data->source, &data->window, data->job->arena, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        total += items[i].count;
        if (i < NAMES_SHOWN)
            text_add_format(&carriers, "%s%s of \"%s\"", i > 0 ? ", " : "",
                number(data, items[i].count), items[i].name);
    }
    if (total > 0)
        check_add(data->list, 10 * total > shipments ? CHECK_WARNING : CHECK_NOTE, GROUP_SHIPMENTS,
            "shipments_without_scans",
            "see whether these carriers' feeds arrive and use the same shipment_id; untracked "
            "services belong into detect.excluded_services",
            "%s of shipments (%s) have no scan though their label is three days old: %s",
            share(data, total, shipments), number(data, total), text_get(&carriers));
    return true;
}

static void
add_reused(const CheckData *data, const QualityOddities *oddities)
{
    if (oddities->reused > 0)
        check_add(data->list, CHECK_NOTE, GROUP_SHIPMENTS, "reused_tracking_numbers",
            "fine as long as scans carry the right shipment_id; if they are matched by tracking "
            "number, match by date too",
            "%s tracking numbers belong to several shipments (%s in all), \"%s\" for one",
            number(data, oddities->reused), number(data, oddities->reused_shipments),
            oddities->reused_example);
}

static void
add_repeats(const CheckData *data, const QualityOddities *oddities)
{
    CheckList *const list = data->list;

    if (oddities->repeated > 0)
        check_add(list, CHECK_NOTE, "scans", "repeated_scans",
            "nothing: they count once. They cost time and space",
            "%s scans repeat another word for word", number(data, oddities->repeated));
    if (oddities->reworded > 0)
        check_add(list, CHECK_NOTE, "scans", "reworded_scans", "nothing: they count once",
            "%s scans repeat another in other words or with another place",
            number(data, oddities->reworded));
    if (oddities->undated > 0)
        check_add(list, CHECK_WARNING, "scans", "undated_scans",
            "fill occurred_at: every night sets them aside", "%s scans have no date",
            number(data, oddities->undated));
    if (oddities->mute > 0)
        check_add(list, CHECK_WARNING, "scans", "mute_scans",
            "fill code or milestone: they never count as progress",
            "%s scans have neither code nor milestone", number(data, oddities->mute));
}

// One carrier of the catalogue (or one slug), however the source spells it.
typedef struct CarrierSum
{
    int known;  // in the catalogue, -1 when it is not
    const char *first;
    Text spellings;
    size_t spelling_count;
    int64_t count, promised;
} CarrierSum;

typedef struct CarrierSums
{
    Arena *arena;
    CarrierSum *items;
    size_t count, capacity;
} CarrierSums;

static void
sum_up(const CheckData *data, CarrierSums *sums, Map *slugs, const QualityCarrier *carrier)
{
    const int known = catalogue_find(data->catalogue, carrier->name);
    const char *const slug = known >= 0 ? catalogue_carrier(data->catalogue, (size_t)known)->id
                                        : text_slug(sums->arena, carrier->name);
    bool is_new;
    const int64_t at_index = map_intern(slugs, slug, strlen(slug), (int64_t)sums->count, &is_new);

    if (is_new)
        ARENA_PUSH(sums,
            ((CarrierSum){
                .known = known, .first = carrier->name, .spellings = {.arena = sums->arena}}));

    CarrierSum *const sum = &sums->items[at_index];

    if (++sum->spelling_count <= NAMES_SHOWN)
        text_add_format(&sum->spellings, "%s\"%s\"", is_new ? "" : ", ", carrier->name);
    sum->count += carrier->count;
    sum->promised += carrier->promised;
}

static void
add_carrier(const CheckData *data, const CarrierSum *sum, int64_t shipments)
{
    const char *const more = sum->spelling_count > NAMES_SHOWN ? ", ..." : "";

    if (sum->known >= 0)
        check_add(data->list, CHECK_OK, GROUP_CARRIERS, "carrier", "",
            "%s: %s shipments, %s with a promise",
            catalogue_carrier(data->catalogue, (size_t)sum->known)->name, number(data, sum->count),
            share(data, sum->promised, sum->count));
    else
        check_add(data->list, CHECK_WARNING, GROUP_CARRIERS, "unrecognized_carrier",
            "add it to a catalogue of yours (setting carriers.catalogues), or send milestones "
            "with its scans",
            "\"%s\" is in no catalogue: %s shipments (%s)", sum->first, number(data, sum->count),
            share(data, sum->count, shipments));
    if (sum->known < 0 && sum->spelling_count > 1)
        check_add(data->list, CHECK_NOTE, GROUP_CARRIERS, "spelled_twice",
            "write it in one way where the shipments are made, so that what is learned from one "
            "spelling serves the others",
            "one carrier is spelled in %zu ways: %s%s", sum->spelling_count,
            text_get(&sum->spellings), more);
}

static bool
add_carriers(const CheckData *data, int64_t shipments, Err *err)
{
    Arena *const arena = data->job->arena;
    Map *const slugs = map_create(arena);
    CarrierSums sums = {.arena = arena};
    const QualityCarrier *items;
    size_t count;

    if (!quality_carriers(data->source, &data->window, arena, &items, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (text_is_empty(items[i].name))
            check_add(data->list, CHECK_WARNING, GROUP_CARRIERS, "missing_carrier",
                "fill carrier, or leave them out: every night sets them aside",
                "%s shipments name no carrier", number(data, items[i].count));
        else
            sum_up(data, &sums, slugs, &items[i]);
    for (size_t i = 0; i < sums.count; i++)
        add_carrier(data, &sums.items[i], shipments);
    return true;
}

bool
check_shipments(const CheckData *data, Err *err)
{
    QualityShipments found;
    QualityOddities oddities;

    if (!quality_shipments(data->source, &data->window, &found, err) ||
        !quality_oddities(data->source, &data->window, data->job->arena, &oddities, err))
        return false;
    add_counts(data, &found);
    add_faults(data, &found);
    if (!add_silent(data, found.count, err))
        return false;
    add_reused(data, &oddities);
    if (!add_carriers(data, found.count, err))
        return false;
    add_repeats(data, &oddities);
    return true;
}
