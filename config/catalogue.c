#include "config/catalogue_internal.h"

#include "config/carriers.h"
#include "config/reader.h"

#include <string.h>

#define KEY_OF_ANY_SUBCODE '\x1e'
#define KEY_OF_SUBCODE     '\x1f'

CodeKey
catalogue_key(int carrier, const char *code, const char *subcode)
{
    CodeKey key;
    const size_t code_length = strlen(code);
    const size_t subcode_length = subcode == NULL ? 0 : strlen(subcode);

    if (code_length + subcode_length + 3 > sizeof key.bytes) {
        key.length = 0;
        return key;
    }
    key.bytes[0] = (char)(carrier & 0xff);
    key.bytes[1] = (char)(carrier >> 8 & 0xff);
    memcpy(key.bytes + 2, code, code_length);
    key.bytes[2 + code_length] = subcode == NULL ? KEY_OF_ANY_SUBCODE : KEY_OF_SUBCODE;
    if (subcode_length > 0)
        memcpy(key.bytes + 3 + code_length, subcode, subcode_length);
    key.length = 3 + code_length + subcode_length;
    return key;
}

size_t
catalogue_slug(char *out, size_t size, const char *name)
{
    size_t length = 0;
    bool gap = false;

    for (; *name != '\0'; name++) {
        const unsigned char byte = (unsigned char)*name;
        const bool upper = byte >= 'A' && byte <= 'Z';

        if (byte >= 0x80)
            continue;
        if (!upper && !(byte >= 'a' && byte <= 'z') && !(byte >= '0' && byte <= '9')) {
            gap = true;
            continue;
        }
        if (length + 2 > size)
            return 0;
        if (gap && length > 0)
            out[length++] = '_';
        gap = false;
        out[length++] = (char)(upper ? byte - 'A' + 'a' : byte);
    }
    return length;
}

static void
add_shipped(Catalogue *catalogue, Problems *problems)
{
#define X(name, file)                                                                              \
    catalogue_add(catalogue, "config/carriers/" file, CARRIER_##name,                              \
        sizeof CARRIER_##name##_BYTES - 1, problems);
    CARRIER_EACH(X)
#undef X
}

static void
add_extra(Catalogue *catalogue, TextList extra, Problems *problems)
{
    const TextList files = reader_files(catalogue->arena, extra, problems);

    for (size_t i = 0; i < files.count; i++) {
        size_t length = 0;
        const char *const bytes = reader_bytes(catalogue->arena, files.items[i], &length, problems);

        if (bytes != NULL)
            catalogue_add(catalogue, files.items[i], bytes, length, problems);
    }
}

const Catalogue *
catalogue_load(Arena *arena, TextList extra, Problems *problems, Err *err)
{
    Catalogue *const catalogue = ARENA_NEW(arena, Catalogue);
    const size_t before = problems->count;

    *catalogue = (Catalogue){.arena = arena,
        .names = map_create(arena),
        .codes = map_create(arena),
        .fingerprint = "",
        .generic = -1};
    add_shipped(catalogue, problems);
    add_extra(catalogue, extra, problems);
    catalogue->generic = catalogue_find(catalogue, "generic");

    const size_t found = problems->count - before;

    if (found == 0)
        return catalogue;
    err_set(
        err, ERR_CONFIG, "%zu problem%s in the carrier catalogue", found, found == 1 ? "" : "s");
    return NULL;
}

const char *
catalogue_fingerprint(const Catalogue *catalogue)
{
    return catalogue->fingerprint;
}

size_t
catalogue_count(const Catalogue *catalogue)
{
    return catalogue->count;
}

const CarrierEntry *
catalogue_carrier(const Catalogue *catalogue, size_t index)
{
    return &catalogue->items[index];
}

int
catalogue_find(const Catalogue *catalogue, const char *name)
{
    char slug[CATALOGUE_KEY_MAX];
    const size_t length = catalogue_slug(slug, sizeof slug, name);

    return length == 0 ? -1 : (int)map_get(catalogue->names, slug, length, -1);
}

static int64_t
lookup(const Catalogue *catalogue, int carrier, const char *code, const char *subcode)
{
    const CodeKey key = catalogue_key(carrier, code, subcode);

    return key.length == 0 ? -1 : map_get(catalogue->codes, key.bytes, key.length, -1);
}

CodeMeaning
catalogue_code(const Catalogue *catalogue, int carrier, const char *code, const char *subcode)
{
    int64_t value = -1;

    if (code == NULL || *code == '\0')
        return (CodeMeaning){.milestone = MILESTONE_UNMAPPED};
    if (carrier >= 0) {
        value = lookup(catalogue, carrier, code, subcode == NULL ? "" : subcode);
        if (value < 0)
            value = lookup(catalogue, carrier, code, NULL);
    }
    if (value < 0 && carrier != catalogue->generic && catalogue->generic >= 0)
        value = lookup(catalogue, catalogue->generic, code, NULL);
    return value < 0
               ? (CodeMeaning){.milestone = MILESTONE_UNMAPPED}
               : (CodeMeaning){.milestone = (Milestone)(value >> 1), .physical = (value & 1) != 0};
}
