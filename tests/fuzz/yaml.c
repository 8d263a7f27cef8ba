// Any bytes as a YAML document: no crash, no runaway memory, and a tree that keeps its promises.
#include "config/yaml.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void
check(Arena *arena, const Node *node, int level)
{
    size_t count = 0;

    if (level > YAML_LEVELS_MAX || node->line == 0 || node->column == 0)
        abort();
    if (node->kind == NODE_SCALAR &&
        (node->first != NULL || !text_is_utf8(node->text, strlen(node->text))))
        abort();
    for (const Node *child = node->first; child != NULL; child = child->next) {
        if (child->parent != node || child->index != count ||
            (child->key == NULL) == (node->kind == NODE_MAPPING))
            abort();
        count++;
        check(arena, child, level + 1);
    }
    if (count != node->count)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    const Node *const root =
        yaml_read(arena, "f", length == 0 ? "" : (const char *)bytes, length, &problems);

    if (root == NULL && problems.count == 0)
        abort();
    if (root != NULL)
        check(arena, root, 0);
    arena_destroy(arena);
    return 0;
}
