/*
 * records.h - lists of mappings in the settings: each mapping becomes a struct, key by key, as its kind's table says.
 */
#ifndef CONFIG_RECORDS_H
#define CONFIG_RECORDS_H

#include "config/assign.h"
#include "config/yaml.h"

// A record with the places of its values, for checks that need more than one of them.
typedef struct RecordLoaded
{
    const RecordKind *kind;
    const void *record;
    const Place *places;  // by field; of what was not given: of the record
} RecordLoaded;

typedef struct RecordsLoaded
{
    Arena *arena;
    RecordLoaded *items;
    size_t count, capacity;
} RecordsLoaded;

// Read a sequence of mappings into the list that field names. A key that means nothing, a name that is missing or there
// twice, and whatever a field refuses is complained about in its place.
void records_read(Loader *loader, const Field *field, const Node *node);

// What is wrong with channels and rules taken together: a rule without a channel of that name, one that says nothing,
// amounts that cannot be read.
void records_check_alerts(Loader *loader);

#endif
