#include "config/reader.h"

#include "core/file.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#define NAME_MAX_GUESSED 64  // longer keys are no typing errors, and costly to compare

typedef struct TextItems
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} TextItems;

void
reader_problem(Reader *reader, const Node *node, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    problem_add(reader->problems, reader->file, node->line, node->column,
        node_path(reader->arena, node), "%s", arena_vprintf(reader->arena, format, args));
    va_end(args);
}

bool
reader_keys(Reader *reader, const Node *node, const char *const *known, size_t count)
{
    if (node->kind != NODE_MAPPING) {
        reader_problem(reader, node, "expected \"name: value\" lines");
        return false;
    }
    for (const Node *child = node->first; child != NULL; child = child->next) {
        size_t i = 0;

        while (i < count && strcmp(known[i], child->key) != 0)
            i++;
        if (i < count)
            continue;

        const char *const nearest =
            strlen(child->key) > NAME_MAX_GUESSED ? NULL : text_nearest(child->key, known, count);

        problem_add(reader->problems, reader->file, child->key_line, child->key_column,
            node_path(reader->arena, child), "unrecognized key%s",
            nearest == NULL ? "" : arena_printf(reader->arena, "; did you mean \"%s\"?", nearest));
    }
    return true;
}

// The value of a key that says something; NULL, after a problem where there is one, when not.
static const Node *
value_of(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const Node *const value = node_child(mapping, key);

    if (value == NULL && need == REQUIRED)
        reader_problem(reader, mapping, "\"%s\" is missing", key);
    if (value != NULL && value->refused)
        return NULL;
    if (value != NULL && node_is_null(value)) {
        reader_problem(reader, value, "has no value");
        return NULL;
    }
    return value;
}

static const char *
scalar_of(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const Node *const value = value_of(reader, mapping, key, need);

    if (value == NULL)
        return NULL;
    if (value->kind != NODE_SCALAR) {
        reader_problem(reader, value, "expected one value");
        return NULL;
    }
    return value->text;
}

const char *
reader_text(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const char *const text = scalar_of(reader, mapping, key, need);

    if (text != NULL && *text == '\0')
        reader_problem(reader, node_child(mapping, key), "must not be empty");
    return text == NULL ? "" : text;
}

const char *
reader_said(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const char *const other = reader->language == NULL
                                  ? key
                                  : arena_printf(reader->arena, "%s_%s", key, reader->language);

    if (node_child(mapping, key) == NULL || node_child(mapping, other) != NULL) {
        reader->said++;
        return reader_text(reader, mapping, other, need);
    }
    if (reader->unsaid == NULL)
        reader->unsaid = node_child(mapping, key);
    return reader_text(reader, mapping, key, need);
}

int64_t
reader_int(Reader *reader, const Node *mapping, const char *key, Need need, int64_t min,
    int64_t max, int64_t fallback)
{
    const char *const text = scalar_of(reader, mapping, key, need);
    int64_t value = fallback;

    if (text == NULL)
        return fallback;
    if (!text_parse_int(text, &value)) {
        reader_problem(reader, node_child(mapping, key), "\"%s\" is no whole number", text);
        return fallback;
    }
    if (value < min || value > max) {
        reader_problem(reader, node_child(mapping, key), "%lld is outside %lld to %lld",
            (long long)value, (long long)min, (long long)max);
        return fallback;
    }
    return value;
}

bool
reader_bool(Reader *reader, const Node *mapping, const char *key, bool fallback)
{
    const char *const text = scalar_of(reader, mapping, key, OPTIONAL);

    if (text == NULL)
        return fallback;
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
        reader_problem(reader, node_child(mapping, key), "\"%s\" is neither true nor false", text);
    return strcmp(text, "true") == 0;
}

Day
reader_day(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const char *const text = scalar_of(reader, mapping, key, need);
    Day day = DAY_NONE;

    if (text != NULL && !day_parse(text, &day))
        reader_problem(reader, node_child(mapping, key), "\"%s\" is no day like 2026-11-20", text);
    return day;
}

int
reader_clock(Reader *reader, const Node *mapping, const char *key)
{
    const char *const text = scalar_of(reader, mapping, key, OPTIONAL);
    int minutes = -1;

    if (text != NULL && !clock_parse(text, &minutes))
        reader_problem(reader, node_child(mapping, key), "\"%s\" is no hour like 18:00", text);
    return minutes;
}

const char *
reader_id(Reader *reader, const Node *mapping)
{
    const char *const id = reader_text(reader, mapping, "id", REQUIRED);
    const char *const slug = text_slug(reader->arena, id);

    if (strcmp(id, slug) == 0)
        return id;
    reader_problem(reader, node_child(mapping, "id"),
        "\"%s\" is no id; write lower-case letters, digits and '_', like \"%s\"", id, slug);
    return "";
}

int
reader_choice(Reader *reader, const Node *mapping, const char *key, Need need,
    const char *const *choices, size_t count)
{
    const char *const text = scalar_of(reader, mapping, key, need);
    Text known = {.arena = reader->arena};

    if (text == NULL)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(choices[i], text) == 0)
            return (int)i;
        text_add_format(&known, "%s%s", i == 0 ? "" : ", ", choices[i]);
    }
    reader_problem(
        reader, node_child(mapping, key), "\"%s\" is none of %s", text, text_get(&known));
    return -1;
}

const Node *
reader_sequence(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const Node *const value = value_of(reader, mapping, key, need);

    if (value == NULL)
        return NULL;
    if (value->kind != NODE_SEQUENCE || value->count == 0) {
        reader_problem(reader, value, "expected a list of at least one item");
        return NULL;
    }
    return value;
}

TextList
reader_texts(Reader *reader, const Node *mapping, const char *key, Need need)
{
    const Node *const value = reader_sequence(reader, mapping, key, need);
    TextItems texts = {.arena = reader->arena};

    if (value == NULL)
        return (TextList){0};
    for (const Node *item = value->first; item != NULL; item = item->next) {
        if (item->refused)
            continue;
        if (item->kind != NODE_SCALAR || node_is_null(item) || *item->text == '\0')
            reader_problem(reader, item, "expected a text");
        else
            ARENA_PUSH(&texts, item->text);
    }
    return (TextList){.items = texts.items, .count = texts.count};
}

static void
add_folder(TextItems *files, const char *folder, Problems *problems)
{
    Err err = {0};
    size_t count = 0;
    const char **const found = file_list(files->arena, folder, ".yaml", &count, &err);

    if (found == NULL)
        problem_add(problems, "", 0, 0, "", "%s", err.text);
    for (size_t i = 0; found != NULL && i < count; i++)
        ARENA_PUSH(files, found[i]);
}

TextList
reader_files(Arena *arena, TextList places, Problems *problems)
{
    TextItems files = {.arena = arena};

    for (size_t i = 0; i < places.count; i++) {
        struct stat status;

        if (stat(places.items[i], &status) != 0)
            problem_add(problems, "", 0, 0, "", "could not open \"%s\": %s", places.items[i],
                strerror(errno));
        else if (S_ISDIR(status.st_mode))
            add_folder(&files, places.items[i], problems);
        else
            ARENA_PUSH(&files, places.items[i]);
    }
    return (TextList){.items = files.items, .count = files.count};
}

const char *
reader_bytes(Arena *arena, const char *file, size_t *length, Problems *problems)
{
    Err err = {0};
    const char *const bytes = file_read(arena, file, YAML_BYTES_MAX, length, &err);

    if (bytes == NULL)
        problem_add(problems, "", 0, 0, "", "%s", err.text);
    return bytes;
}
