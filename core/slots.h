/*
 * slots.h - names and texts for a template, under construction.
 */
#ifndef CORE_SLOTS_H
#define CORE_SLOTS_H

#include "core/template.h"

// Start with { .arena = arena }.
typedef struct Slots
{
    Arena *arena;
    TemplateSlot *items;
    size_t count, capacity;
} Slots;

typedef struct Scopes
{
    Arena *arena;
    TemplateScope *items;
    size_t count, capacity;
} Scopes;

// A text under a name. Texts from outside are cleaned on their way in; NULL is "".
void slots_put(Slots *slots, const char *name, const char *text);

// A part that is written once for each scope of a list.
void slots_put_list(Slots *slots, const char *name, Scopes list);

// A part that is written once when the condition holds, with slots of its own.
void slots_put_part(Slots *slots, const char *name, bool condition, Slots own);

// Append a scope to a list.
void scopes_add(Scopes *scopes, Slots slots);

#endif
