/*
 * template.h - texts with holes, of alerts and of papers. A hole is {{name}}; {{#name}}...{{/name}}
 * is written once for each item of a list, so that an empty list leaves it out. There is no other
 * logic in a template.
 */
#ifndef CORE_TEMPLATE_H
#define CORE_TEMPLATE_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct TemplateScope TemplateScope;

// What a name stands for: a text, or the items of a list.
typedef struct TemplateSlot
{
    const char *name, *text;
    const TemplateScope *items;
    size_t item_count;
} TemplateSlot;

// The names that hold at one place of a template; what is not among slots is sought in outer.
struct TemplateScope
{
    const TemplateSlot *slots;
    size_t count;
    const TemplateScope *outer;  // set while an item is written; NULL before
};

typedef enum TemplateForm
{
    TEMPLATE_FORM_PLAIN,
    TEMPLATE_FORM_HTML,  // texts in holes are escaped
} TemplateForm;

// Fill a template. A tag of a list that has a line to itself leaves no line behind. A name that
// holds nowhere stays in sight as it is written. Owned by the arena.
const char *
template_fill(Arena *arena, const char *source, const TemplateScope *scope, TemplateForm form);

#endif
