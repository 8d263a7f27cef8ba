/*
 * yaml.h - a YAML document as a plain tree. The one door to libyaml.
 *
 * Only the plain part of YAML: mappings with text keys, sequences and scalars. What can surprise or attack is a
 * problem: aliases, anchors, tags, duplicate keys, several documents, absurd sizes, bytes that are not UTF-8 and
 * control characters. Nothing is expanded, so memory is bounded by the size of the file.
 */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "config/problems.h"

#include <stdbool.h>

#define YAML_BYTES_MAX    ((size_t)1024 * 1024)
#define YAML_LEVELS_MAX   20
#define YAML_NODES_MAX    100000
#define YAML_SCALAR_MAX   ((size_t)64 * 1024)
#define YAML_KEY_MAX      200
#define YAML_PROBLEMS_MAX 100  // of one document; reading stops there

typedef enum NodeKind
{
    NODE_SCALAR = 1,
    NODE_SEQUENCE,
    NODE_MAPPING,
} NodeKind;

typedef struct Node Node;
struct Node
{
    NodeKind kind;
    size_t line, column;  // from 1; of the value
    const char
        *text;    // of a scalar: valid UTF-8 without control characters other than tab and newline
    bool quoted;  // a scalar written in quotes or as a block, so never a null
    bool
        refused;  // an alias, too long, or with control characters: a problem was added, text is ""
    const char *key;  // of a mapping's child, else NULL
    size_t key_line, key_column;
    size_t index;  // place among its siblings, from 0
    const Node *parent, *first, *next;
    size_t count;  // children
};

// Read one document. NULL when it cannot be read at all; problems that leave a tree to look at (a duplicate key,
// whose first value stands) are added too, so callers compare problems->count. A file without a document is an
// empty mapping. Owned by the arena.
const Node *
yaml_read(Arena *arena, const char *file, const char *bytes, size_t length, Problems *problems);

// The child of a mapping, NULL when it has none or node is no mapping.
const Node *node_child(const Node *node, const char *key);

// "rules[2].clause"; "" for the root.
const char *node_path(Arena *arena, const Node *node);

// A scalar that says nothing: written without quotes and empty, "~" or "null".
bool node_is_null(const Node *node);

#endif
