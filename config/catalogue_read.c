/*
 * A carrier's file: who it is, and its ways. What a user's file does not say stays as the shipped file has it.
 */
#include "config/catalogue_internal.h"

#include "core/zone.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define CARRIERS_MAX    65535  // two bytes of a CodeKey

static void
read_name(CarrierReader *carrier, const Node *node, const char *name)
{
    char slug[CATALOGUE_KEY_MAX];
    const size_t length = catalogue_slug(slug, sizeof slug, name);

    if (length == 0) {
        reader_problem(
            &carrier->reader, node, "\"%s\" has no letter or digit, or is too long", name);
        return;
    }

    const int64_t owner =
        map_intern(carrier->catalogue->names, slug, length, carrier->carrier, NULL);

    if (owner != carrier->carrier)
        reader_problem(&carrier->reader, node, "\"%s\" is a name of carrier \"%s\" already", name,
            carrier->catalogue->items[owner].id);
}

// The carrier of an id, added when it is new. -1 after a problem.
static int
carrier_of(CarrierReader *carrier, const Node *root)
{
    Catalogue *const catalogue = carrier->catalogue;
    const char *const id = reader_id(&carrier->reader, root);

    if (*id == '\0')
        return -1;
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->items[i].id, id) == 0)
            return (int)i;
    if (catalogue->count == CARRIERS_MAX) {
        reader_problem(&carrier->reader, root, "more than %d carriers", CARRIERS_MAX);
        return -1;
    }
    ARENA_PUSH(catalogue, ((CarrierEntry){.id = id,
                              .name = "",
                              .tracking_link = "",
                              .time_zone = "",
                              .time_zone_source = "",
                              .opens = -1,
                              .closes = -1,
                              .pickup_holding = {.source = "", .confidence = ""}}));
    return (int)catalogue->count - 1;
}

// What a file says, else what was known before.
static const char *
read_over(Reader *reader, const Node *root, const char *key, const char *before)
{
    const char *const text = reader_text(reader, root, key, OPTIONAL);

    return *text == '\0' ? before : text;
}

static TextList
append(Arena *arena, TextList list, TextList more)
{
    const char **const items =
        arena_grow_array(arena, list.items, sizeof *items, list.count, list.count + more.count);

    for (size_t i = 0; i < more.count; i++)
        items[list.count + i] = more.items[i];
    return (TextList){.items = items, .count = list.count + more.count};
}

static void
read_names(CarrierReader *carrier, const Node *root, CarrierEntry *entry)
{
    Reader *const reader = &carrier->reader;
    const bool is_new = *entry->name == '\0';
    const char *const name = reader_text(reader, root, "name", is_new ? REQUIRED : OPTIONAL);
    const TextList aliases = reader_texts(reader, root, "aliases", OPTIONAL);

    entry->name = *name == '\0' ? entry->name : name;
    entry->aliases = append(reader->arena, entry->aliases, aliases);
    read_name(carrier, root, entry->id);
    if (*name != '\0')
        read_name(carrier, node_child(root, "name"), name);
    for (size_t i = 0; i < aliases.count; i++)
        read_name(carrier, node_child(root, "aliases"), aliases.items[i]);
}

static void
read_vocabulary(Reader *reader, const Node *root, CarrierEntry *entry)
{
    static const char *const WORDS[] = {"fallback", "named"};
    const int word = reader_choice(reader, root, "vocabulary", OPTIONAL, WORDS, COUNT_OF(WORDS));

    if (word >= 0)
        entry->vocabulary = word == 0 ? VOCABULARY_FALLBACK : VOCABULARY_NAMED;
}

static void
read_time_zone(Reader *reader, const Node *root, CarrierEntry *entry)
{
    const char *const zone = reader_text(reader, root, "time_zone", OPTIONAL);

    if (*zone != '\0' && strcmp(zone, "place") != 0 && !zone_exists(reader->arena, zone))
        reader_problem(reader, node_child(root, "time_zone"),
            "\"%s\" is neither \"place\" nor a time zone this system knows (Debian package: "
            "tzdata)",
            zone);
    entry->time_zone = *zone == '\0' ? entry->time_zone : zone;
    entry->time_zone_source = read_over(reader, root, "time_zone_source", entry->time_zone_source);
}

// "08:00-20:00"
static void
read_working_hours(Reader *reader, const Node *root, CarrierEntry *entry)
{
    const char *const text = reader_text(reader, root, "working_hours", OPTIONAL);
    int opens = 0, closes = 0;

    if (*text == '\0')
        return;
    if (strlen(text) == 11 && text[5] == '-' &&
        clock_parse(arena_copy_bytes(reader->arena, text, 5), &opens) &&
        clock_parse(text + 6, &closes) && opens < closes) {
        entry->opens = opens;
        entry->closes = closes;
        return;
    }
    reader_problem(
        reader, node_child(root, "working_hours"), "\"%s\" are no hours like 08:00-20:00", text);
}

static void
read_ways(Reader *reader, const Node *root, CarrierEntry *entry)
{
    static const char *const WEEKS[] = {"mon-fri", "mon-sat", "mon-sun"};
    const char *const link = read_over(reader, root, "tracking_link", entry->tracking_link);
    const int week = reader_choice(reader, root, "delivery_days", OPTIONAL, WEEKS, COUNT_OF(WEEKS));
    const PickupHolding holding = catalogue_read_pickup_holding(reader, root);

    if (*link != '\0' && strstr(link, TRACKING_HOLE) == NULL)
        reader_problem(reader, node_child(root, "tracking_link"), "has no \"" TRACKING_HOLE "\"");
    entry->tracking_link = link;
    entry->delivery_days = week < 0 ? entry->delivery_days : 5 + week;
    entry->pickup_holding = holding.after == 0 ? entry->pickup_holding : holding;
    entry->quirks =
        append(reader->arena, entry->quirks, reader_texts(reader, root, "quirks", OPTIONAL));
    read_time_zone(reader, root, entry);
    read_working_hours(reader, root, entry);
}

void
catalogue_add(
    Catalogue *catalogue, const char *file, const char *bytes, size_t length, Problems *problems)
{
    static const char *const KEYS[] = {"id", "name", "aliases", "vocabulary", "tracking_link",
        "time_zone", "time_zone_source", "delivery_days", "working_hours", "pickup_holding",
        "quirks", "services", "schemes"};
    CarrierReader carrier = {
        .reader = {.arena = catalogue->arena, .problems = problems, .file = file},
        .catalogue = catalogue,
        .seen = map_create(catalogue->arena)};
    const size_t before = problems->count;
    const Node *const root = yaml_read(catalogue->arena, file, bytes, length, problems);

    if (root == NULL || problems->count > before ||
        !reader_keys(&carrier.reader, root, KEYS, COUNT_OF(KEYS)))
        return;
    carrier.carrier = carrier_of(&carrier, root);
    if (carrier.carrier < 0)
        return;

    CarrierEntry *const entry = &catalogue->items[carrier.carrier];

    read_names(&carrier, root, entry);
    read_vocabulary(&carrier.reader, root, entry);
    read_ways(&carrier.reader, root, entry);
    catalogue_read_services(&carrier, root);
    catalogue_read_schemes(&carrier, root);
}
