#include "config/catalogue_internal.h"

#include "config/carriers.h"
#include "core/hash.h"

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

// What was loaded so far, and this.
static const char *
catalogue_mix(const Catalogue *catalogue, const char *bytes, size_t length)
{
    const char *const both = arena_printf(catalogue->arena, "%s %s", catalogue->fingerprint,
        text_sha256(catalogue->arena, bytes, length));

    return text_sha256(catalogue->arena, both, strlen(both));
}

static void
add_file(
    Catalogue *catalogue, const char *file, const char *bytes, size_t length, Problems *problems)
{
    catalogue->fingerprint = catalogue_mix(catalogue, bytes, length);
    catalogue_add(catalogue, file, bytes, length, problems);
}

static void
add_shipped(Catalogue *catalogue, Problems *problems)
{
#define X(name, file)                                                                              \
    add_file(catalogue, "config/carriers/" file, CARRIER_##name,                                   \
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
            add_file(catalogue, files.items[i], bytes, length, problems);
    }
}

// The fallback vocabularies in order, and last the one that knows the milestones by name.
static void
collect_fallbacks(Catalogue *catalogue)
{
    const int generic = catalogue_find(catalogue, "generic");

    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->items[i].vocabulary == VOCABULARY_FALLBACK && (int)i != generic)
            ARENA_PUSH(&catalogue->fallbacks, (int)i);
    if (generic >= 0)
        ARENA_PUSH(&catalogue->fallbacks, generic);
}

static const char *
known_vocabularies(const Catalogue *catalogue)
{
    Text known = {.arena = catalogue->arena};

    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->items[i].vocabulary != VOCABULARY_NONE)
            text_add_format(&known, "%s%s", known.length == 0 ? "" : ", ", catalogue->items[i].id);
    return text_get(&known);
}

static void
collect_named(Catalogue *catalogue, TextList vocabularies, Problems *problems)
{
    for (size_t i = 0; i < vocabularies.count; i++) {
        const int index = catalogue_find(catalogue, vocabularies.items[i]);

        if (index >= 0 && catalogue->items[index].vocabulary != VOCABULARY_NONE)
            ARENA_PUSH(&catalogue->named, index);
        else
            problem_add(problems, "", 0, 0, "carriers.vocabularies",
                "\"%s\" is no vocabulary; there are %s", vocabularies.items[i],
                known_vocabularies(catalogue));
        catalogue->fingerprint =
            catalogue_mix(catalogue, vocabularies.items[i], strlen(vocabularies.items[i]));
    }
}

Catalogue *
catalogue_create(Arena *arena)
{
    Catalogue *const catalogue = ARENA_NEW(arena, Catalogue);

    *catalogue = (Catalogue){.arena = arena,
        .names = map_create(arena),
        .services = map_create(arena),
        .codes = map_create(arena),
        .rows = {.arena = arena},
        .named = {.arena = arena},
        .fallbacks = {.arena = arena},
        .fingerprint = ""};
    return catalogue;
}

const Catalogue *
catalogue_load(Arena *arena, TextList files, TextList vocabularies, Problems *problems, Err *err)
{
    Catalogue *const catalogue = catalogue_create(arena);
    const size_t before = problems->count;

    add_shipped(catalogue, problems);
    add_extra(catalogue, files, problems);
    collect_named(catalogue, vocabularies, problems);
    collect_fallbacks(catalogue);

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

// All but the unreserved characters of RFC 3986, so that a number is never more than a number.
static void
add_encoded(Text *out, const char *text)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    for (const char *c = text; *c != '\0'; c++)
        if (strchr(unreserved, *c) != NULL)
            text_add_bytes(out, c, 1);
        else
            text_add_format(out, "%%%02X", (unsigned)(unsigned char)*c);
}

const char *
catalogue_tracking_link(
    const Catalogue *catalogue, Arena *arena, const char *carrier, const char *number)
{
    const int found = catalogue_find(catalogue, carrier);
    const char *const link =
        found < 0 ? "" : catalogue_carrier(catalogue, (size_t)found)->tracking_link;
    const char *const hole = strstr(link, TRACKING_HOLE);
    Text out = {.arena = arena};

    if (hole == NULL || text_is_empty(number) || !text_starts_with(link, "https://"))
        return "";
    text_add_bytes(&out, link, (size_t)(hole - link));
    add_encoded(&out, number);
    text_add(&out, hole + strlen(TRACKING_HOLE));
    return text_get(&out);
}

const CarrierService *
catalogue_service(const Catalogue *catalogue, int carrier, const char *name)
{
    char slug[CATALOGUE_KEY_MAX] = "";

    if (carrier < 0 || catalogue_slug(slug, sizeof slug - 1, name) == 0)
        return NULL;

    const CodeKey key = catalogue_key(carrier, slug, NULL);
    const int64_t index =
        key.length == 0 ? -1 : map_get(catalogue->services, key.bytes, key.length, -1);

    return index < 0 ? NULL : &catalogue->items[carrier].services[index];
}

static int64_t
lookup(const Catalogue *catalogue, int carrier, const char *code, const char *subcode)
{
    const CodeKey key = catalogue_key(carrier, code, subcode);

    return key.length == 0 ? -1 : map_get(catalogue->codes, key.bytes, key.length, -1);
}

// What one carrier's or vocabulary's rows say; NULL when they do not know the code.
static const CodeRow *
row_at(const Catalogue *catalogue, int place, const char *code, const char *subcode)
{
    int64_t index = lookup(catalogue, place, code, subcode);

    if (index < 0)
        index = lookup(catalogue, place, code, NULL);
    return index < 0 ? NULL : catalogue->rows.items[index];
}

static const CodeRow *
row_among(const Catalogue *catalogue, PlaceList places, const char *code, const char *subcode)
{
    const CodeRow *row = NULL;

    for (size_t i = 0; row == NULL && i < places.count; i++)
        row = row_at(catalogue, places.items[i], code, subcode);
    return row;
}

const CodeRow *
catalogue_row(const Catalogue *catalogue, int carrier, const char *code, const char *subcode)
{
    const char *const sub = subcode == NULL ? "" : subcode;

    if (text_is_empty(code))
        return NULL;

    const CodeRow *row = row_among(catalogue, catalogue->named, code, sub);

    if (row == NULL && carrier >= 0)
        row = row_at(catalogue, carrier, code, sub);
    return row != NULL ? row : row_among(catalogue, catalogue->fallbacks, code, sub);
}

CodeMeaning
catalogue_code(const Catalogue *catalogue, int carrier, const char *code, const char *subcode)
{
    const CodeRow *const row = catalogue_row(catalogue, carrier, code, subcode);

    return row == NULL
               ? (CodeMeaning){.milestone = MILESTONE_UNMAPPED}
               : (CodeMeaning){
                     .milestone = row->milestone, .physical = row->physical, .dead = row->dead};
}
