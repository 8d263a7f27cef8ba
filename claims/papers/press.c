/*
 * One font family from one folder, through a configuration of our own: what else is installed, and what
 * the machine prefers, cannot change a paper. Liberation Sans has the widths of Arial and every letter
 * of the European languages.
 */
#include "claims/papers/press.h"

#include "claims/templates.h"
#include "core/map.h"
#include "core/text.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#define TONGUES_MAX 16
#define ZONES_MAX   64
#define WORDS       "words_"

struct Tongue
{
    Arena *arena;
    const char *code;
    Map *keys;  // into words
    const char **words;
    size_t count, capacity;
    const Tongue *english;
};

struct Press
{
    Arena *arena;
    PangoContext *context;
    Tongue tongues[TONGUES_MAX];
    size_t tongue_count;
    const Zone *zones[ZONES_MAX];
    size_t zone_count;
};

static const struct
{
    const char *file, *text;
} templates[] = {
#define X(name, file_name) {file_name, PAPER_##name},
    PAPER_EACH(X)
#undef X
};
#define TEMPLATE_COUNT (sizeof templates / sizeof templates[0])

static const char *const font_files[] = {
    VIGIE_FONTS "/LiberationSans-Regular.ttf",
    VIGIE_FONTS "/LiberationSans-Bold.ttf",
};

static void
release_object(void *object)
{
    g_object_unref(object);
}

static void
release_config(void *config)
{
    FcConfigDestroy(config);
}

static void
release_options(void *options)
{
    cairo_font_options_destroy(options);
}

static bool
load_fonts(FcConfig *config, Err *err)
{
    for (size_t i = 0; i < sizeof font_files / sizeof font_files[0]; i++)
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)font_files[i]))
            return err_set(err, ERR_CONFIG,
                "could not load the font \"%s\" (Debian package: fonts-liberation)", font_files[i]);
    return true;
}

static PangoContext *
make_context(Arena *arena, FcConfig *config)
{
    PangoFontMap *const map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    arena_defer(arena, release_object, map);
    cairo_font_options_t *const options = cairo_font_options_create();
    arena_defer(arena, release_options, options);

    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    PangoContext *const context = pango_font_map_create_context(map);
    arena_defer(arena, release_object, context);

    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

static void
word_add(Tongue *tongue, const char *line, size_t length)
{
    const char *const colon = memchr(line, ':', length);

    if (length == 0 || *line == '#' || !colon)
        return;

    const char *text = colon + 1;

    while (text < line + length && *text == ' ')
        text++;
    map_put(tongue->keys, line, (size_t)(colon - line), (int64_t)tongue->count);

    const char *const word = arena_copy_bytes(tongue->arena, text, (size_t)(line + length - text));

    if (tongue->count == tongue->capacity) {
        tongue->capacity = tongue->capacity > 0 ? 2 * tongue->capacity : 64;
        tongue->words = arena_grow_array(
            tongue->arena, tongue->words, sizeof *tongue->words, tongue->count, tongue->capacity);
    }
    tongue->words[tongue->count++] = word;
}

// Lines "key: text"; '#' begins a comment.
static void
read_words(Tongue *tongue, const char *text)
{
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");

        word_add(tongue, text, length);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

static void
tongue_add(Press *press, const char *file, const char *text)
{
    Tongue *const tongue = &press->tongues[press->tongue_count++];
    const char *const code = file + strlen(WORDS);

    *tongue = (Tongue){
        .arena = press->arena,
        .code = arena_copy_bytes(press->arena, code, strcspn(code, ".")),
        .keys = map_create(press->arena),
    };
    read_words(tongue, text);
}

static void
read_tongues(Press *press)
{
    for (size_t i = 0; i < TEMPLATE_COUNT && press->tongue_count < TONGUES_MAX; i++)
        if (text_starts_with(templates[i].file, WORDS))
            tongue_add(press, templates[i].file, templates[i].text);

    const Tongue *const english = press_tongue(press, "en");

    for (size_t i = 0; i < press->tongue_count; i++)
        press->tongues[i].english = english;
}

Press *
press_create(Arena *arena, const Zone *zone, Err *err)
{
    Press *const press = ARENA_NEW(arena, Press);
    FcConfig *const config = FcConfigCreate();
    arena_defer(arena, release_config, config);

    *press = (Press){.arena = arena, .zones = {zone}, .zone_count = 1};
    if (!load_fonts(config, err))
        return NULL;
    press->context = make_context(arena, config);
    read_tongues(press);
    return press;
}

PangoContext *
press_context(Press *press)
{
    return press->context;
}

const Zone *
press_zone(Press *press, const char *name, Err *err)
{
    const char *const wanted = *name != '\0' ? name : "UTC";

    for (size_t i = 0; i < press->zone_count; i++)
        if (text_equal(zone_name(press->zones[i]), wanted))
            return press->zones[i];

    const Zone *const zone = zone_load(press->arena, wanted, err);

    if (zone && press->zone_count < ZONES_MAX)
        press->zones[press->zone_count++] = zone;
    return zone;
}

const Tongue *
press_tongue(const Press *press, const char *code)
{
    const Tongue *english = &press->tongues[0];

    for (size_t i = 0; i < press->tongue_count; i++) {
        if (text_equal(press->tongues[i].code, code))
            return &press->tongues[i];
        if (text_equal(press->tongues[i].code, "en"))
            english = &press->tongues[i];
    }
    return english;
}

const char *
tongue_code(const Tongue *tongue)
{
    return tongue->code;
}

Language
tongue_language(const Tongue *tongue)
{
    return language_of(tongue->code);
}

bool
tongue_knows(const Tongue *tongue, const char *key)
{
    return map_get(tongue->keys, key, strlen(key), -1) >= 0;
}

const char *
tongue_word(const Tongue *tongue, const char *key)
{
    const int64_t own = map_get(tongue->keys, key, strlen(key), -1);

    if (own >= 0)
        return tongue->words[own];
    return tongue != tongue->english ? tongue_word(tongue->english, key) : key;
}

// Whether a file is "NAME_CODE.txt"; nothing is allocated, for a press outlives many papers.
static bool
is_text_of(const char *file, const char *name, const char *code)
{
    const size_t name_length = strlen(name), code_length = strlen(code);

    return text_starts_with(file, name) && file[name_length] == '_' &&
           text_starts_with(file + name_length + 1, code) &&
           text_equal(file + name_length + 1 + code_length, ".txt");
}

const char *
tongue_text(const Tongue *tongue, const char *name)
{
    for (size_t i = 0; i < TEMPLATE_COUNT; i++)
        if (is_text_of(templates[i].file, name, tongue->code))
            return templates[i].text;
    return tongue != tongue->english ? tongue_text(tongue->english, name) : "";
}
