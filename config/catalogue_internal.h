/*
 * catalogue_internal.h - the catalogue's memory, shared by the files that fill it and the file that answers.
 */
#ifndef CONFIG_CATALOGUE_INTERNAL_H
#define CONFIG_CATALOGUE_INTERNAL_H

#define TRACKING_HOLE "{tracking_number}"  // in a carrier's tracking_link

#include "config/catalogue.h"
#include "config/reader.h"
#include "core/map.h"

#define CATALOGUE_KEY_MAX 256  // bytes of a key; longer codes and names are simply not known

// A key of the maps of codes and services, built on the stack so that a lookup allocates nothing.
typedef struct CodeKey
{
    char bytes[CATALOGUE_KEY_MAX];
    size_t length;  // 0: too long to be in the map
} CodeKey;

typedef struct RowList
{
    Arena *arena;
    CodeRow **items;
    size_t count, capacity;
} RowList;

// Numbers of vocabularies in the order in which they are asked.
typedef struct PlaceList
{
    Arena *arena;
    int *items;
    size_t count, capacity;
} PlaceList;

struct Catalogue
{
    Arena *arena;
    CarrierEntry *items;
    size_t count, capacity;
    Map *names;     // slug -> index of the carrier
    Map *services;  // CodeKey of (carrier, slug) -> index in the carrier's services
    Map *codes;     // CodeKey -> index in rows
    RowList rows;
    PlaceList named, fallbacks;
    const char *fingerprint;
};

// A carrier's file while it is read.
typedef struct CarrierReader
{
    Reader reader;
    Catalogue *catalogue;
    int carrier;
    Map *seen;  // keys this file gave already
} CarrierReader;

// An empty catalogue.
Catalogue *catalogue_create(Arena *arena);

// The key of (carrier, code, subcode); subcode NULL for the row that holds whatever the subcode.
CodeKey catalogue_key(int carrier, const char *code, const char *subcode);

// Write the slug of a name (as text_slug makes it) into out; its length, 0 when it is empty or too long.
size_t catalogue_slug(char *out, size_t size, const char *name);

// Add a catalogue file's bytes. Rows of a carrier that is there already are replaced one by one.
void catalogue_add(
    Catalogue *catalogue, const char *file, const char *bytes, size_t length, Problems *problems);

// Read the services of a file; one of an id that is there already is replaced whole.
void catalogue_read_services(CarrierReader *carrier, const Node *root);

// Read how long pick-up points keep parcels; after is 0 when the file says nothing.
PickupHolding catalogue_read_pickup_holding(Reader *reader, const Node *root);

// Read the schemes of a file: what codes mean.
void catalogue_read_schemes(CarrierReader *carrier, const Node *root);

#endif
