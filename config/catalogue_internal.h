/*
 * catalogue_internal.h - the catalogue's memory, shared by the file that fills it and the file that answers.
 */
#ifndef CONFIG_CATALOGUE_INTERNAL_H
#define CONFIG_CATALOGUE_INTERNAL_H

#include "config/catalogue.h"
#include "core/map.h"

#include <stdint.h>

#define CATALOGUE_KEY_MAX 256  // bytes of a key; longer codes and names are simply not known

// A key of the map of codes, built on the stack so that a lookup allocates nothing.
typedef struct CodeKey
{
    char bytes[CATALOGUE_KEY_MAX];
    size_t length;  // 0: too long to be in the map
} CodeKey;

struct Catalogue
{
    Arena *arena;
    CarrierEntry *items;
    size_t count, capacity;
    Map *names;  // slug -> index
    Map *codes;  // CodeKey -> milestone x 2 + physical
    const char *fingerprint;
    int generic;  // index of the vocabulary that holds for all; -1 before it is loaded
};

// The key of (carrier, code, subcode); subcode NULL for the row that holds whatever the subcode.
CodeKey catalogue_key(int carrier, const char *code, const char *subcode);

// Write the slug of a name (as text_slug makes it) into out; its length, 0 when it is empty or too long.
size_t catalogue_slug(char *out, size_t size, const char *name);

// Add a catalogue file's bytes. Rows of a carrier that is there already are replaced one by one.
void catalogue_add(
    Catalogue *catalogue, const char *file, const char *bytes, size_t length, Problems *problems);

#endif
