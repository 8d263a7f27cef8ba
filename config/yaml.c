#include "config/yaml.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

// Events instead of libyaml's own document tree: that one resolves aliases, and knows no limits.
typedef struct Builder
{
    Arena *arena;
    Problems *problems;
    const char *file;
    const char *bytes;
    size_t length;
    size_t nodes, documents, problems_before;
    size_t depth;
    Node *open[YAML_LEVELS_MAX];       // the path from the root to the collection being filled
    Node *last[YAML_LEVELS_MAX];       // its last child so far
    const char *key[YAML_LEVELS_MAX];  // of a mapping: the key that waits for its value
    yaml_mark_t key_mark[YAML_LEVELS_MAX];
    Node *root;
    bool stop;
} Builder;

static void
complain_at(Builder *builder, yaml_mark_t mark, const char *path, const char *problem)
{
    problem_add(
        builder->problems, builder->file, mark.line + 1, mark.column + 1, path, "%s", problem);
    if (builder->problems->count - builder->problems_before >= YAML_PROBLEMS_MAX)
        builder->stop = true;
}

static const char *
path_here(const Builder *builder)
{
    if (builder->depth == 0)
        return "";

    const size_t level = builder->depth - 1;
    const Node *const parent = builder->open[level];
    const Node here = {.parent = parent, .key = builder->key[level], .index = parent->count};

    return parent->kind == NODE_MAPPING && here.key == NULL ? node_path(builder->arena, parent)
                                                            : node_path(builder->arena, &here);
}

static void
complain(Builder *builder, yaml_mark_t mark, const char *problem)
{
    complain_at(builder, mark, path_here(builder), problem);
}

// A place that cannot be gone on from.
static void
give_up(Builder *builder, yaml_mark_t mark, const char *problem)
{
    complain(builder, mark, problem);
    builder->stop = true;
}

static bool
expects_key(const Builder *builder)
{
    return builder->depth > 0 && builder->open[builder->depth - 1]->kind == NODE_MAPPING &&
           builder->key[builder->depth - 1] == NULL;
}

static void
take_key(Builder *builder, const yaml_event_t *event)
{
    const size_t level = builder->depth - 1;
    const char *const key = (const char *)event->data.scalar.value;
    const size_t length = event->data.scalar.length;

    builder->key_mark[level] = event->start_mark;
    if (length == 0 || length > YAML_KEY_MAX || memchr(key, '\0', length) != NULL ||
        text_clean(builder->arena, key) != key) {
        complain(builder, event->start_mark, "a key must be a text of 1 to 200 bytes on one line");
        builder->key[level] = "";
        return;
    }
    builder->key[level] = arena_copy_bytes(builder->arena, key, length);
}

static Node *
add_node(Builder *builder, NodeKind kind, const yaml_event_t *event)
{
    Node *const node = ARENA_NEW(builder->arena, Node);

    *node = (Node){.kind = kind,
        .line = event->start_mark.line + 1,
        .column = event->start_mark.column + 1,
        .text = ""};
    if (builder->depth == 0) {
        builder->root = node;
        return node;
    }

    const size_t level = builder->depth - 1;
    Node *const parent = builder->open[level];

    node->parent = parent;
    node->index = parent->count++;
    node->key = builder->key[level];
    node->key_line = builder->key_mark[level].line + 1;
    node->key_column = builder->key_mark[level].column + 1;
    builder->key[level] = NULL;
    if (builder->last[level] == NULL)
        parent->first = node;
    else
        builder->last[level]->next = node;
    builder->last[level] = node;
    return node;
}

static bool
has_control_character(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)bytes[i] < 0x20 && bytes[i] != '\t' && bytes[i] != '\n') ||
            bytes[i] == 0x7f)
            return true;
    return false;
}

static void
take_scalar(Builder *builder, const yaml_event_t *event)
{
    const char *const text = (const char *)event->data.scalar.value;
    const size_t length = event->data.scalar.length;

    if (event->data.scalar.anchor != NULL)
        complain(builder, event->start_mark, "anchors are not supported");
    if (event->data.scalar.tag != NULL)
        complain(builder, event->start_mark, "tags are not supported");
    if (expects_key(builder)) {
        take_key(builder, event);
        return;
    }
    const bool is_long = length > YAML_SCALAR_MAX;
    const bool is_refused = is_long || has_control_character(text, length);

    if (is_refused)
        complain(builder, event->start_mark,
            is_long ? "a value is longer than 64 KiB" : "a value holds a control character");

    Node *const node = add_node(builder, NODE_SCALAR, event);

    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->refused = is_refused;
    if (!is_refused)
        node->text = arena_copy_bytes(builder->arena, text, length);
}

static void
open_collection(Builder *builder, NodeKind kind, const yaml_event_t *event, bool anchor, bool tag)
{
    if (anchor)
        complain(builder, event->start_mark, "anchors are not supported");
    if (tag)
        complain(builder, event->start_mark, "tags are not supported");
    if (expects_key(builder)) {
        give_up(builder, event->start_mark, "a key must be a text");
        return;
    }
    if (builder->depth == YAML_LEVELS_MAX) {
        give_up(builder, event->start_mark, "more than 20 levels");
        return;
    }

    Node *const node = add_node(builder, kind, event);
    const size_t level = builder->depth++;

    builder->open[level] = node;
    builder->last[level] = NULL;
    builder->key[level] = NULL;
}

static void
take_alias(Builder *builder, const yaml_event_t *event)
{
    complain(builder, event->start_mark, "aliases are not supported");
    if (expects_key(builder)) {
        builder->key[builder->depth - 1] = "";
        builder->key_mark[builder->depth - 1] = event->start_mark;
    } else {
        add_node(builder, NODE_SCALAR, event)->refused = true;
    }
}

static int
compare_keys(const void *a, const void *b)
{
    const Node *const *const left = a;
    const Node *const *const right = b;
    const int order = strcmp((*left)->key, (*right)->key);

    return order != 0 ? order : (*left)->index < (*right)->index ? -1 : 1;
}

// Sorting finds duplicates in n log n, whatever the file does to make a hash map slow.
static void
close_mapping(Builder *builder, const Node *mapping)
{
    const Node **const children = ARENA_ARRAY(builder->arena, const Node *, mapping->count);
    size_t count = 0;

    for (const Node *child = mapping->first; child != NULL; child = child->next)
        if (*child->key != '\0')  // else it was complained about
            children[count++] = child;
    if (count > 1)
        qsort(children, count, sizeof *children, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (strcmp(children[i - 1]->key, children[i]->key) == 0)
            complain_at(builder,
                (yaml_mark_t){
                    .line = children[i]->key_line - 1, .column = children[i]->key_column - 1},
                node_path(builder->arena, children[i]), "duplicate key");
}

static void
close_collection(Builder *builder)
{
    const Node *const closed = builder->open[--builder->depth];

    if (closed->kind == NODE_MAPPING)
        close_mapping(builder, closed);
}

static bool
counts_as_node(yaml_event_type_t type)
{
    return type == YAML_ALIAS_EVENT || type == YAML_SCALAR_EVENT ||
           type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT;
}

static void
take_event(Builder *builder, const yaml_event_t *event)
{
    if (counts_as_node(event->type) && ++builder->nodes > YAML_NODES_MAX) {
        give_up(builder, event->start_mark, "more than 100000 values");
        return;
    }
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++builder->documents > 1)
            give_up(builder, event->start_mark, "more than one document");
        break;
    case YAML_ALIAS_EVENT:
        take_alias(builder, event);
        break;
    case YAML_SCALAR_EVENT:
        take_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(builder, NODE_SEQUENCE, event, event->data.sequence_start.anchor != NULL,
            event->data.sequence_start.tag != NULL);
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(builder, NODE_MAPPING, event, event->data.mapping_start.anchor != NULL,
            event->data.mapping_start.tag != NULL);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_collection(builder);
        break;
    default:
        break;
    }
}

// libyaml's reader knows the byte only, the other parts the line.
static yaml_mark_t
mark_of_byte(const Builder *builder, size_t offset)
{
    yaml_mark_t mark = {0};

    for (size_t i = 0; i < offset && i < builder->length; i++) {
        const bool line_break = builder->bytes[i] == '\n';

        mark.line += line_break;
        mark.column = line_break ? 0 : mark.column + 1;
    }
    return mark;
}

static void
complain_about_syntax(Builder *builder, const yaml_parser_t *parser)
{
    const bool reader = parser->error == YAML_READER_ERROR;
    const yaml_mark_t mark =
        reader ? mark_of_byte(builder, parser->problem_offset) : parser->problem_mark;
    const char *const problem = parser->problem == NULL ? "not YAML" : parser->problem;

    complain_at(builder, mark, "",
        parser->context == NULL ? problem
                                : arena_printf(builder->arena, "%s, %s", parser->context, problem));
    builder->stop = true;
}

static void
parse(Builder *builder, yaml_parser_t *parser)
{
    bool ended = false;

    while (!builder->stop && !ended) {
        yaml_event_t event;

        if (!yaml_parser_parse(parser, &event)) {
            complain_about_syntax(builder, parser);
            return;
        }
        take_event(builder, &event);
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
}

const Node *
yaml_read(Arena *arena, const char *file, const char *bytes, size_t length, Problems *problems)
{
    Builder builder = {.arena = arena,
        .problems = problems,
        .file = file,
        .bytes = bytes,
        .length = length,
        .problems_before = problems->count};

    if (length > YAML_BYTES_MAX) {
        problem_add(problems, file, 0, 0, "", "the file is larger than 1 MiB");
        return NULL;
    }

    yaml_parser_t parser;

    if (!yaml_parser_initialize(&parser)) {
        problem_add(problems, file, 0, 0, "", "could not start the YAML parser: out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, length);
    parse(&builder, &parser);
    yaml_parser_delete(&parser);
    if (builder.stop)
        return NULL;
    if (builder.root == NULL) {
        builder.root = ARENA_NEW(arena, Node);
        *builder.root = (Node){.kind = NODE_MAPPING, .line = 1, .column = 1, .text = ""};
    }
    return builder.root;
}

const Node *
node_child(const Node *node, const char *key)
{
    if (node == NULL || node->kind != NODE_MAPPING)
        return NULL;
    for (const Node *child = node->first; child != NULL; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

const char *
node_path(Arena *arena, const Node *node)
{
    if (node->parent == NULL)
        return "";

    const char *const above = node_path(arena, node->parent);

    if (node->key == NULL)
        return arena_printf(arena, "%s[%zu]", above, node->index);
    return *above == '\0' ? node->key : arena_printf(arena, "%s.%s", above, node->key);
}

bool
node_is_null(const Node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted &&
           (*node->text == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}
