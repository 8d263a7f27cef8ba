#include "config/catalogue_internal.h"
#include "config/reader.h"

#include <string.h>

#define CARRIERS_MAX 65535  // two bytes of a CodeKey

typedef struct CarrierReader
{
    Reader reader;
    Catalogue *catalogue;
    int carrier;
    Map *rows;  // keys this file gave already
} CarrierReader;

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

static const char *
read_milestone(Reader *reader, const Node *node, Milestone *milestone)
{
    const char *const word = reader_text(reader, node, "milestone", REQUIRED);

    if (*word != '\0' && !milestone_parse(word, milestone))
        reader_problem(reader, node_child(node, "milestone"), "\"%s\" is no milestone", word);
    return word;
}

// A row without subcode is kept twice: for scans without one, and for any.
static void
put_row(
    CarrierReader *carrier, const Node *node, const char *code, const char *subcode, int64_t value)
{
    const bool any = *subcode == '\0';
    const char *const exact = strcmp(subcode, "none") == 0 ? "" : subcode;
    const CodeKey key = catalogue_key(carrier->carrier, code, exact);
    bool is_new = false;

    if (key.length == 0) {
        reader_problem(&carrier->reader, node, "code and subcode are too long");
        return;
    }
    map_intern(carrier->rows, key.bytes, key.length, 1, &is_new);
    if (!is_new) {
        reader_problem(&carrier->reader, node, "code \"%s\" with subcode \"%s\" has a row already",
            code, exact);
        return;
    }
    if (map_get(carrier->catalogue->codes, key.bytes, key.length, -1) < 0)
        carrier->catalogue->items[carrier->carrier].code_count++;
    map_put(carrier->catalogue->codes, key.bytes, key.length, value);
    if (any) {
        const CodeKey every = catalogue_key(carrier->carrier, code, NULL);

        map_put(carrier->catalogue->codes, every.bytes, every.length, value);
    }
}

static void
read_row(CarrierReader *carrier, const Node *node, const char *scheme_subcode)
{
    static const char *const KEYS[] = {"code", "subcode", "milestone", "physical", "label_en"};
    Reader *const reader = &carrier->reader;
    Milestone milestone = MILESTONE_UNMAPPED;

    if (!reader_keys(reader, node, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return;

    const char *const code = reader_text(reader, node, "code", REQUIRED);
    const char *const own_subcode = reader_text(reader, node, "subcode", OPTIONAL);
    const char *const word = read_milestone(reader, node, &milestone);
    const bool physical = reader_bool(reader, node, "physical", milestone_is_physical(milestone));

    reader_text(reader, node, "label_en", REQUIRED);
    if (*code != '\0' && *word != '\0')
        put_row(carrier, node, code, *own_subcode == '\0' ? scheme_subcode : own_subcode,
            (int64_t)milestone * 2 + physical);
}

static void
read_scheme(CarrierReader *carrier, const Node *node)
{
    static const char *const KEYS[] = {"name", "source", "subcode", "rows"};
    Reader *const reader = &carrier->reader;

    if (!reader_keys(reader, node, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return;
    reader_text(reader, node, "name", REQUIRED);
    reader_text(reader, node, "source", REQUIRED);

    const char *const subcode = reader_text(reader, node, "subcode", OPTIONAL);
    const Node *const rows = reader_sequence(reader, node, "rows", REQUIRED);

    for (const Node *row = rows == NULL ? NULL : rows->first; row != NULL; row = row->next)
        read_row(carrier, row, subcode);
}

// The carrier of an id, added when it is new. -1 after a problem.
static int
carrier_of(CarrierReader *carrier, const Node *root)
{
    Catalogue *const catalogue = carrier->catalogue;
    const char *const id = reader_text(&carrier->reader, root, "id", REQUIRED);
    const char *const slug = text_slug(carrier->reader.arena, id);

    if (*id == '\0')
        return -1;
    if (strcmp(id, slug) != 0) {
        reader_problem(&carrier->reader, node_child(root, "id"),
            "\"%s\" is no id; write lower-case letters, digits and '_', like \"%s\"", id, slug);
        return -1;
    }
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->items[i].id, id) == 0)
            return (int)i;
    if (catalogue->count == CARRIERS_MAX) {
        reader_problem(&carrier->reader, root, "more than %d carriers", CARRIERS_MAX);
        return -1;
    }
    ARENA_PUSH(catalogue, ((CarrierEntry){.id = id, .name = "", .tracking_link = ""}));
    return (int)catalogue->count - 1;
}

static void
read_entry(CarrierReader *carrier, const Node *root)
{
    Reader *const reader = &carrier->reader;
    CarrierEntry *const entry = &carrier->catalogue->items[carrier->carrier];
    const bool is_new = *entry->name == '\0';
    const char *const name = reader_text(reader, root, "name", is_new ? REQUIRED : OPTIONAL);
    const char *const link = reader_text(reader, root, "tracking_link", OPTIONAL);
    const TextList services = reader_texts(reader, root, "services", OPTIONAL);

    if (*link != '\0' && strstr(link, "{tracking_number}") == NULL)
        reader_problem(reader, node_child(root, "tracking_link"), "has no \"{tracking_number}\"");
    entry->name = *name == '\0' ? entry->name : name;
    entry->tracking_link = *link == '\0' ? entry->tracking_link : link;
    entry->services = services.count == 0 ? entry->services : services;
    read_name(carrier, root, entry->id);
    if (*name != '\0')
        read_name(carrier, node_child(root, "name"), name);
}

static void
read_aliases(CarrierReader *carrier, const Node *root)
{
    const Node *const aliases = node_child(root, "aliases");
    const TextList texts = reader_texts(&carrier->reader, root, "aliases", OPTIONAL);

    for (size_t i = 0; i < texts.count; i++)
        read_name(carrier, aliases, texts.items[i]);
}

// What was loaded so far, and this file.
static const char *
catalogue_mix(const Catalogue *catalogue, const char *bytes, size_t length)
{
    const char *const both = arena_printf(catalogue->arena, "%s %s", catalogue->fingerprint,
        text_sha256(catalogue->arena, bytes, length));

    return text_sha256(catalogue->arena, both, strlen(both));
}

void
catalogue_add(
    Catalogue *catalogue, const char *file, const char *bytes, size_t length, Problems *problems)
{
    static const char *const KEYS[] = {
        "id", "name", "aliases", "tracking_link", "services", "schemes"};
    CarrierReader carrier = {
        .reader = {.arena = catalogue->arena, .problems = problems, .file = file},
        .catalogue = catalogue,
        .rows = map_create(catalogue->arena)};
    const size_t before = problems->count;
    const Node *const root = yaml_read(catalogue->arena, file, bytes, length, problems);

    catalogue->fingerprint = catalogue_mix(catalogue, bytes, length);

    if (root == NULL || problems->count > before ||
        !reader_keys(&carrier.reader, root, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return;
    carrier.carrier = carrier_of(&carrier, root);
    if (carrier.carrier < 0)
        return;
    read_entry(&carrier, root);
    read_aliases(&carrier, root);

    const Node *const schemes = reader_sequence(&carrier.reader, root, "schemes", OPTIONAL);

    for (const Node *item = schemes == NULL ? NULL : schemes->first; item != NULL;
         item = item->next)
        read_scheme(&carrier, item);
}
