#include "core/template.h"

#include "core/text.h"

#include <string.h>

typedef struct Filler
{
    Text out;
    TemplateForm form;
} Filler;

typedef struct Span
{
    const char *start, *end;
} Span;

static const TemplateSlot *
slot_find(const TemplateScope *scope, Span name)
{
    const size_t length = (size_t)(name.end - name.start);

    for (; scope; scope = scope->outer)
        for (size_t i = 0; i < scope->count; i++)
            if (strlen(scope->slots[i].name) == length &&
                memcmp(scope->slots[i].name, name.start, length) == 0)
                return &scope->slots[i];
    return NULL;
}

static void
span_add(Filler *filler, const char *start, const char *end)
{
    text_add_bytes(&filler->out, start, (size_t)(end - start));
}

// What a byte becomes in HTML; NULL for itself.
static const char *
html_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

// In Slack's markup three characters are written as entities, which takes links and mentions (<!channel>) their power. There
// is no escape for emphasis and emoji: a zero-width space keeps their marks apart from the words.
static const char *
slack_of(const char *at)
{
    switch (*at) {
    case '&':
    case '<':
    case '>':
        return html_of(*at);
    case '*':
        return "\xE2\x80\x8B*\xE2\x80\x8B";
    case '_':
        return "\xE2\x80\x8B_\xE2\x80\x8B";
    case '~':
        return "\xE2\x80\x8B~\xE2\x80\x8B";
    case '`':
        return "\xE2\x80\x8B`\xE2\x80\x8B";
    case ':':
        return at[1] == '\0' || at[1] == ' ' ? NULL : ":\xE2\x80\x8B";
    default:
        return NULL;
    }
}

static void
escaped_add(Text *out, const char *text, TemplateForm form)
{
    for (const char *c = text; *c != '\0'; c++) {
        const char *const other = form == TEMPLATE_FORM_HTML    ? html_of(*c)
                                  : form == TEMPLATE_FORM_SLACK ? slack_of(c)
                                                                : NULL;

        if (other)
            text_add(out, other);
        else
            text_add_bytes(out, c, 1);
    }
}

const char *
template_escape(Arena *arena, const char *text, TemplateForm form)
{
    Text out = {.arena = arena};

    escaped_add(&out, text, form);
    return text_get(&out);
}

static const char *
find(Span within, const char *wanted)
{
    const size_t length = strlen(wanted);

    for (const char *c = within.start; c + length <= within.end; c++)
        if (memcmp(c, wanted, length) == 0)
            return c;
    return NULL;
}

// Where the closing tag of a list begins, NULL when there is none.
static const char *
list_end(Arena *arena, Span name, Span rest)
{
    return find(rest, arena_printf(arena, "{{/%.*s}}", (int)(name.end - name.start), name.start));
}

// The first byte after a tag that ends at `after`: beyond the line break, when the tag has the line
// to itself.
static const char *
after_tag(const char *origin, const char *tag, const char *after)
{
    return (tag == origin || tag[-1] == '\n') && *after == '\n' ? after + 1 : after;
}

static void fill(Filler *filler, const char *origin, Span span, const TemplateScope *scope);

static void
list_fill(Filler *filler, const char *origin, Span body, const TemplateSlot *slot,
    const TemplateScope *scope)
{
    for (size_t i = 0; slot && i < slot->item_count; i++) {
        TemplateScope inner = slot->items[i];

        inner.outer = scope;
        fill(filler, origin, body, &inner);
    }
}

static void
hole_fill(Filler *filler, Span hole, const TemplateSlot *slot)
{
    if (!slot || !slot->text)
        span_add(filler, hole.start, hole.end);
    else
        escaped_add(&filler->out, slot->text, filler->form);
}

static void
fill(Filler *filler, const char *origin, Span span, const TemplateScope *scope)
{
    const char *at = span.start;

    while (at < span.end) {
        const char *const tag = find((Span){at, span.end}, "{{");
        const char *const close = tag ? find((Span){tag, span.end}, "}}") : NULL;

        if (!close) {
            span_add(filler, at, span.end);
            return;
        }
        span_add(filler, at, tag);
        at = close + 2;

        const bool is_list = tag[2] == '#';
        const Span name = {tag + (is_list ? 3 : 2), close};
        const TemplateSlot *const slot = slot_find(scope, name);
        const char *const end =
            is_list ? list_end(filler->out.arena, name, (Span){at, span.end}) : NULL;

        if (!end) {
            hole_fill(filler, (Span){tag, at}, slot);
            continue;
        }
        list_fill(filler, origin, (Span){after_tag(origin, tag, at), end}, slot, scope);
        at = after_tag(origin, end, end + (name.end - name.start) + 5);
    }
}

const char *
template_fill(Arena *arena, const char *source, const TemplateScope *scope, TemplateForm form)
{
    Filler filler = {.out = {.arena = arena}, .form = form};

    fill(&filler, source, (Span){source, source + strlen(source)}, scope);
    return text_get(&filler.out);
}
