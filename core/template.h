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
    TEMPLATE_FORM_HTML,   // texts in holes are escaped
    TEMPLATE_FORM_SLACK,  // they show as text in Slack's markup: no mention, link, emphasis or emoji
} TemplateForm;

// A text as it goes into a hole. Owned by the arena.
const char *template_escape(Arena *arena, const char *text, TemplateForm form);

// The names that templates use, each with the lists around it: "things/case/number".
typedef struct TemplateNames
{
    Arena *arena;
    const char **items;
    size_t count, capacity;
} TemplateNames;

// Add the names of a template that is right.
void template_names(const char *source, TemplateNames *names);

// What is wrong with a template that may use only these names, each within the lists that it stands in there or deeper; NULL
// when nothing is. *at is the offset of the byte where it is. Owned by names->arena.
const char *template_problem(const char *source, const TemplateNames *names, size_t *at);

// Fill a template. A tag of a list that has a line to itself leaves no line behind. A name that
// holds nowhere stays in sight as it is written. Owned by the arena.
const char *
template_fill(Arena *arena, const char *source, const TemplateScope *scope, TemplateForm form);

#endif
