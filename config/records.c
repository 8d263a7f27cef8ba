#include "config/records.h"

#include "config/values.h"

#include <string.h>

static const Field *
field_of(const RecordKind *kind, const char *key)
{
    for (size_t i = 0; i < kind->count; i++)
        if (strcmp(kind->fields[i].path, key) == 0)
            return &kind->fields[i];
    return NULL;
}

static const char *
nearest_key(Arena *arena, const RecordKind *kind, const char *key)
{
    const char **const names = ARENA_ARRAY(arena, const char *, kind->count);

    for (size_t i = 0; i < kind->count; i++)
        names[i] = kind->fields[i].path;
    return text_nearest(key, names, kind->count);
}

static void
read_key(Loader *record, const Node *child)
{
    const Field *const field = field_of(record->record, child->key);
    Place place = value_place(record, child);

    if (field != NULL) {
        value_read(record, field, child);
        return;
    }
    place.line = child->key_line;
    place.column = child->key_column;
    loader_complain(record, &place,
        value_unrecognized(
            record, "unrecognized key", nearest_key(record->arena, record->record, child->key)));
}

// "name=ops, type=slack, url=...": what was given, without what is hidden.
static const char *
show(const Loader *record, const Node *mapping)
{
    Text out = {.arena = record->arena};

    for (const Node *child = mapping->first; child != NULL; child = child->next) {
        const Field *const field = field_of(record->record, child->key);

        if (field != NULL)
            text_add_format(&out, "%s%s=%s", out.length > 0 ? ", " : "", child->key,
                field->hidden ? "..." : record->values[field - record->record->fields]);
    }
    return text_get(&out);
}

// A loader of one record: its table, its struct, its own values and places.
static Loader
record_loader(const Loader *loader, const RecordKind *kind, const Place *place)
{
    Loader record = *loader;

    record.record = kind;
    record.settings = arena_alloc(loader->arena, kind->size);
    record.values = ARENA_ARRAY(loader->arena, const char *, kind->count);
    record.places = ARENA_ARRAY(loader->arena, Place, kind->count);
    for (size_t i = 0; i < kind->count; i++)
        assign_text(&record, &kind->fields[i], place, kind->fields[i].initial);
    return record;
}

static bool
is_taken(const RecordsLoaded *records, const RecordKind *kind, const char *name)
{
    for (size_t i = 0; i < records->count; i++)
        if (records->items[i].kind == kind &&
            strcmp(*(const char *const *)records->items[i].record, name) == 0)
            return true;
    return false;
}

static bool
read_record(Loader *loader, const RecordKind *kind, const Node *item, void *out, Text *shown)
{
    const Place place = value_place(loader, item);

    if (item->kind != NODE_MAPPING) {
        loader_complain(loader, &place, "expected \"name: value\" lines");
        return false;
    }

    Loader record = record_loader(loader, kind, &place);

    for (const Node *child = item->first; child != NULL; child = child->next)
        read_key(&record, child);
    if (*record.values[0] == '\0') {
        if (node_child(item, kind->fields[0].path) == NULL)
            loader_complain(loader, &place,
                arena_printf(loader->arena, "\"%s\" is missing", kind->fields[0].path));
        return false;
    }
    if (is_taken(loader->records, kind, record.values[0])) {
        loader_complain(loader, &record.places[0],
            arena_printf(loader->arena, "there is a \"%s\" already", record.values[0]));
        return false;
    }
    memcpy(out, record.settings, kind->size);
    ARENA_PUSH(loader->records, ((RecordLoaded){kind, out, record.places}));
    text_add_format(shown, "%s%s", shown->length > 0 ? "; " : "", show(&record, item));
    return true;
}

void
records_read(Loader *loader, const Field *field, const Node *node)
{
    const Place whole = value_place(loader, node);
    const RecordKind *const kind = field->record;
    Text shown = {.arena = loader->arena};
    size_t count = 0;

    if (node->kind != NODE_SEQUENCE) {
        loader_complain(loader, &whole, "expected a list of \"- name: value\" items");
        return;
    }

    char *const items = arena_alloc_array(loader->arena, kind->size, node->count);

    for (const Node *item = node->first; item != NULL; item = item->next)
        if (read_record(loader, kind, item, items + count * kind->size, &shown))
            count++;
    assign_records(
        loader, field, &whole, &(RecordList){.items = items, .count = count}, text_get(&shown));
}
