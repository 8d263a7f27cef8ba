/*
 * A template is read tag by tag, with the lists that are open kept as a path: "things/case". The program's own templates say
 * which names there are; what a user writes is held against them.
 */
#include "core/template.h"

#include "core/text.h"

#include <string.h>

// Walks over the tags of a template.
typedef struct Walk
{
    Arena *arena;
    const char *source, *at;
    const char *path;     // of the open lists: "", "things/"
    const char *problem;  // NULL as long as all is well
} Walk;

typedef enum TagKind
{
    TAG_HOLE,
    TAG_OPEN,
    TAG_CLOSE,
} TagKind;

typedef struct Tag
{
    TagKind kind;
    const char *start, *name;
} Tag;

// The next tag; false at the end, or after a problem.
static bool
next_tag(Walk *walk, Tag *tag)
{
    const char *const start = walk->problem ? NULL : strstr(walk->at, "{{");
    const char *const close = start ? strstr(start, "}}") : NULL;
    const char *name;

    if (!start)
        return false;
    tag->start = walk->at = start;
    if (!close || memchr(start, '\n', (size_t)(close - start))) {
        walk->problem = "a tag is not closed: }} is missing";
        return false;
    }
    tag->kind = start[2] == '#' ? TAG_OPEN : start[2] == '/' ? TAG_CLOSE : TAG_HOLE;
    name = start + (tag->kind == TAG_HOLE ? 2 : 3);
    tag->name = arena_copy_bytes(walk->arena, name, (size_t)(close - name));
    walk->at = close + 2;
    return true;
}

// "things/" of "things/case/".
static const char *
outer(Arena *arena, const char *path)
{
    size_t length = strlen(path);

    if (length > 0)
        length--;
    while (length > 0 && path[length - 1] != '/')
        length--;
    return arena_copy_bytes(arena, path, length);
}

static void
enter_or_leave(Walk *walk, const Tag *tag)
{
    if (tag->kind == TAG_OPEN)
        walk->path = arena_printf(walk->arena, "%s%s/", walk->path, tag->name);
    if (tag->kind == TAG_CLOSE)
        walk->path = outer(walk->arena, walk->path);
}

static bool
holds(const TemplateNames *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (text_equal(names->items[i], name))
            return true;
    return false;
}

// Lists carry a '/' behind their name, so that a list is not taken for a text.
static const char *
full_name(Arena *arena, const char *path, const Tag *tag)
{
    return arena_printf(arena, "%s%s%s", path, tag->name, tag->kind == TAG_OPEN ? "/" : "");
}

void
template_names(const char *source, TemplateNames *names)
{
    Walk walk = {.arena = names->arena, .source = source, .at = source, .path = ""};
    Tag tag;

    while (next_tag(&walk, &tag)) {
        const char *const name = full_name(walk.arena, walk.path, &tag);

        if (tag.kind != TAG_CLOSE && !holds(names, name))
            ARENA_PUSH(names, name);
        enter_or_leave(&walk, &tag);
    }
}

// Names of the lists around hold within.
static bool
is_known(const Walk *walk, const TemplateNames *names, const Tag *tag)
{
    const char *path = walk->path;

    while (!holds(names, full_name(walk->arena, path, tag))) {
        if (*path == '\0')
            return false;
        path = outer(walk->arena, path);
    }
    return true;
}

static const char *
unknown_name(const Walk *walk, const TemplateNames *names, const Tag *tag)
{
    const char *const wanted = full_name(walk->arena, "", tag);
    const char **const last = ARENA_ARRAY(walk->arena, const char *, names->count + 1);
    const char *nearest;

    for (size_t i = 0; i < names->count; i++) {
        const char *const before = outer(walk->arena, names->items[i]);

        last[i] = names->items[i] + strlen(before);
    }
    nearest = text_nearest(wanted, last, names->count);
    if (nearest && !text_equal(nearest, wanted) && !strchr(nearest, '/') == !strchr(wanted, '/'))
        return arena_printf(walk->arena, "\"%s\" is not known here; did you mean \"%s\"?",
            text_clean(walk->arena, tag->name), nearest);
    return arena_printf(
        walk->arena, "\"%s\" is not known here", text_clean(walk->arena, tag->name));
}

static void
judge(Walk *walk, const TemplateNames *names, const Tag *tag)
{
    const char *const open = walk->path + strlen(outer(walk->arena, walk->path));

    if (tag->kind != TAG_CLOSE) {
        if (!is_known(walk, names, tag))
            walk->problem = unknown_name(walk, names, tag);
    } else if (!text_equal(open, arena_printf(walk->arena, "%s/", tag->name))) {
        walk->problem = *walk->path == '\0'
                            ? arena_printf(walk->arena, "\"%s\" ends and never began",
                                  text_clean(walk->arena, tag->name))
                            : arena_printf(walk->arena, "\"%s\" ends before \"%.*s\"",
                                  text_clean(walk->arena, tag->name), (int)strlen(open) - 1, open);
    }
}

const char *
template_problem(const char *source, const TemplateNames *names, size_t *at)
{
    Walk walk = {.arena = names->arena, .source = source, .at = source, .path = ""};
    Tag tag = {.start = source};

    while (next_tag(&walk, &tag)) {
        judge(&walk, names, &tag);
        enter_or_leave(&walk, &tag);
    }
    if (!walk.problem && *walk.path != '\0')
        walk.problem = arena_printf(walk.arena, "\"%s\" does not end",
            arena_copy_bytes(walk.arena, walk.path, strlen(walk.path) - 1));
    *at = (size_t)(tag.start - source);
    return walk.problem;
}
