#include "core/slots.h"

#include "core/text.h"

void
slots_put(Slots *slots, const char *name, const char *text)
{
    const TemplateSlot slot = {.name = name, .text = text_clean(slots->arena, text ? text : "")};

    ARENA_PUSH(slots, slot);
}

void
slots_put_list(Slots *slots, const char *name, Scopes list)
{
    const TemplateSlot slot = {.name = name, .items = list.items, .item_count = list.count};

    ARENA_PUSH(slots, slot);
}

void
scopes_add(Scopes *scopes, Slots slots)
{
    const TemplateScope scope = {.slots = slots.items, .count = slots.count};

    ARENA_PUSH(scopes, scope);
}

void
slots_put_part(Slots *slots, const char *name, bool condition, Slots own)
{
    Scopes once = {.arena = slots->arena};

    if (condition)
        scopes_add(&once, own);
    slots_put_list(slots, name, once);
}
