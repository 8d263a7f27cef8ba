/*
 * The services of a carrier's file and what they promise.
 */
#include "config/catalogue_internal.h"

#include "core/text.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define MINUTES_OF_DAY  1440

static const char *const CONFIDENCES[] = {"official", "secondary", "conflicting", "unverified"};

// A transit may be counted in hours, a pick-up point keeps parcels for days: fewer names stand to choose from.
#define NAMES_OF_TRANSIT (DAY_COUNT_NAMES_MAX - 1)
#define NAMES_OF_HOLDING (DAY_COUNT_NAMES_MAX - 2)

static DayCount
read_count(Reader *reader, const Node *node, size_t names)
{
    return day_count_of(reader_choice(reader, node, "count", REQUIRED, DAY_COUNT_NAMES, names));
}

static const char *
read_confidence(Reader *reader, const Node *node)
{
    const int word =
        reader_choice(reader, node, "confidence", REQUIRED, CONFIDENCES, COUNT_OF(CONFIDENCES));

    return word < 0 ? "" : CONFIDENCES[word];
}

static TextList
read_countries(Reader *reader, const Node *node, const char *key)
{
    const TextList countries = reader_texts(reader, node, key, OPTIONAL);
    const Node *item = countries.count == 0 ? NULL : node_child(node, key)->first;

    for (; item != NULL; item = item->next)
        if (!item->refused &&
            (strlen(item->text) != 2 || item->text[0] < 'A' || item->text[0] > 'Z' ||
                item->text[1] < 'A' || item->text[1] > 'Z'))
            reader_problem(reader, item, "\"%s\" is no country code like FR", item->text);
    return countries;
}

static Promise
read_promise(Reader *reader, const Node *node)
{
    static const char *const KEYS[] = {"from", "to", "after", "count", "by"};

    if (!reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (Promise){0};
    return (Promise){.from = read_countries(reader, node, "from"),
        .to = read_countries(reader, node, "to"),
        .after = (int32_t)reader_int(reader, node, "after", REQUIRED, 0, 1000, 0),
        .count = read_count(reader, node, NAMES_OF_TRANSIT),
        .by = reader_clock(reader, node, "by")};
}

static void
read_promises(Reader *reader, const Node *node, CarrierService *service)
{
    const Node *const list = reader_sequence(reader, node, "promises", OPTIONAL);

    if (list == NULL)
        return;

    Promise *const promises = ARENA_ARRAY(reader->arena, Promise, list->count);

    for (const Node *item = list->first; item != NULL; item = item->next)
        promises[service->promise_count++] = read_promise(reader, item);
    service->promises = promises;
}

static CarrierService
read_service(Reader *reader, const Node *node)
{
    CarrierService service = {.id = reader_id(reader, node),
        .name = reader_text(reader, node, "name", REQUIRED),
        .aliases = reader_texts(reader, node, "aliases", OPTIONAL),
        .cut_off = reader_clock(reader, node, "cut_off"),
        .source = reader_text(reader, node, "source", REQUIRED),
        .confidence = read_confidence(reader, node)};

    read_promises(reader, node, &service);
    return service;
}

// One id twice in a file is a slip of the pen; in two files the later one replaces.
static void
check_once(Reader *reader, const Node *item, const char *id)
{
    for (const Node *other = item->parent->first; other != item; other = other->next) {
        const Node *const its = node_child(other, "id");

        if (its != NULL && text_equal(its->text, id))
            reader_problem(
                reader, node_child(item, "id"), "service \"%s\" stands here already", id);
    }
}

// The number of the service of that id, or the next one.
static size_t
number_of(const CarrierEntry *entry, const char *id)
{
    size_t i = 0;

    while (i < entry->service_count && strcmp(entry->services[i].id, id) != 0)
        i++;
    return i;
}

static void
add_name(CarrierReader *carrier, const Node *node, const char *name, size_t number)
{
    Catalogue *const catalogue = carrier->catalogue;
    char slug[CATALOGUE_KEY_MAX] = "";
    const size_t length = catalogue_slug(slug, sizeof slug - 1, name);
    const CodeKey key = catalogue_key(carrier->carrier, slug, NULL);

    if (length == 0 || key.length == 0) {
        reader_problem(
            &carrier->reader, node, "\"%s\" has no letter or digit, or is too long", name);
        return;
    }

    const int64_t owner =
        map_intern(catalogue->services, key.bytes, key.length, (int64_t)number, NULL);

    if (owner != (int64_t)number)
        reader_problem(&carrier->reader, node, "\"%s\" is a name of service \"%s\" already", name,
            catalogue->items[carrier->carrier].services[owner].id);
}

static void
add_names(CarrierReader *carrier, const Node *node, const CarrierService *service, size_t number)
{
    if (*service->name != '\0')
        add_name(carrier, node_child(node, "name"), service->name, number);
    for (size_t i = 0; i < service->aliases.count; i++)
        add_name(carrier, node_child(node, "aliases"), service->aliases.items[i], number);
    add_name(carrier, node, service->id, number);
}

void
catalogue_read_services(CarrierReader *carrier, const Node *root)
{
    static const char *const KEYS[] = {
        "id", "name", "aliases", "cut_off", "source", "confidence", "promises"};
    CarrierEntry *const entry = &carrier->catalogue->items[carrier->carrier];
    const Node *const list = reader_sequence(&carrier->reader, root, "services", OPTIONAL);

    if (list == NULL)
        return;

    CarrierService *const services = arena_grow_array(carrier->reader.arena, entry->services,
        sizeof *services, entry->service_count, entry->service_count + list->count);

    entry->services = services;
    for (const Node *item = list->first; item != NULL; item = item->next) {
        if (!reader_keys(&carrier->reader, item, KEYS, COUNT_OF(KEYS)))
            continue;

        const CarrierService service = read_service(&carrier->reader, item);
        const size_t number = number_of(entry, service.id);

        if (*service.id == '\0')
            continue;
        check_once(&carrier->reader, item, service.id);
        services[number] = service;
        entry->service_count += number == entry->service_count;
        add_names(carrier, item, &service, number);
    }
}

PickupHolding
catalogue_read_pickup_holding(Reader *reader, const Node *root)
{
    static const char *const KEYS[] = {"after", "count", "source", "confidence"};
    const Node *const node = node_child(root, "pickup_holding");

    if (node == NULL || !reader_keys(reader, node, KEYS, COUNT_OF(KEYS)))
        return (PickupHolding){.source = "", .confidence = ""};
    return (PickupHolding){
        .after = (int32_t)reader_int(reader, node, "after", REQUIRED, 1, 1000, 1),
        .count = read_count(reader, node, NAMES_OF_HOLDING),
        .source = reader_text(reader, node, "source", REQUIRED),
        .confidence = read_confidence(reader, node)};
}
