#include "reports/markup.h"

#include "core/text.h"

#include <libxml/HTMLtree.h>

static const xmlChar *
chars(const char *text)
{
    return (const xmlChar *)text;
}

static xmlNode *
inside(MarkupNode *node)
{
    return (xmlNode *)(void *)node;
}

static MarkupNode *
outside(xmlNode *node)
{
    return (MarkupNode *)(void *)node;
}

// The arena of a page is kept with its document.
static const char *
clean(const xmlNode *node, const char *text)
{
    return text_clean(node->doc->_private, text);
}

static void
release_doc(void *doc)
{
    xmlFreeDoc(doc);
}

MarkupNode *
markup_create(Arena *arena, const char *language)
{
    xmlDoc *const doc = htmlNewDocNoDtD(NULL, NULL);
    arena_defer(arena, release_doc, doc);

    doc->_private = arena;
    xmlCreateIntSubset(doc, chars("html"), NULL, NULL);

    xmlNode *const root = xmlNewDocNode(doc, NULL, chars("html"), NULL);

    xmlDocSetRootElement(doc, root);
    xmlNewProp(root, chars("lang"), chars(language));
    return outside(root);
}

MarkupNode *
markup_create_svg(Arena *arena)
{
    xmlDoc *const doc = xmlNewDoc(chars("1.0"));
    arena_defer(arena, release_doc, doc);

    doc->_private = arena;

    xmlNode *const root = xmlNewDocNode(doc, NULL, chars("svg"), NULL);

    xmlDocSetRootElement(doc, root);
    xmlNewProp(root, chars("xmlns"), chars("http://www.w3.org/2000/svg"));
    return outside(root);
}

MarkupNode *
markup_add(MarkupNode *parent, const char *name, const char *text)
{
    xmlNode *const node = xmlNewChild(inside(parent), NULL, chars(name), NULL);

    if (!text_is_empty(text))
        xmlAddChild(node, xmlNewDocText(node->doc, chars(clean(node, text))));
    return outside(node);
}

MarkupNode *
markup_add_raw(MarkupNode *parent, const char *name, const char *text)
{
    xmlNode *const node = xmlNewChild(inside(parent), NULL, chars(name), NULL);

    xmlAddChild(node, xmlNewDocText(node->doc, chars(text)));
    return outside(node);
}

MarkupNode *
markup_parent(MarkupNode *node)
{
    return outside(inside(node)->parent);
}

MarkupNode *
markup_add_class(MarkupNode *parent, const char *name, const char *class_name, const char *text)
{
    MarkupNode *const node = markup_add(parent, name, text);

    markup_set(node, "class", class_name);
    return node;
}

void
markup_set(MarkupNode *node, const char *attribute, const char *value)
{
    xmlNewProp(inside(node), chars(attribute), chars(clean(inside(node), value)));
}

static void
xml_print(xmlOutputBuffer *buffer, xmlDoc *doc)
{
    xmlOutputBufferWriteString(buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xmlNodeDumpOutput(buffer, doc, xmlDocGetRootElement(doc), 0, 0, "UTF-8");
    xmlOutputBufferWriteString(buffer, "\n");
}

void
markup_break(MarkupNode *parent)
{
    xmlAddChild(inside(parent), xmlNewDocText(inside(parent)->doc, chars("\n")));
}

static void
release_buffer(void *buffer)
{
    xmlOutputBufferClose(buffer);
}

bool
markup_print(Arena *arena, const MarkupNode *root, const char **bytes, size_t *length, Err *err)
{
    const xmlNode *const node = (const void *)root;
    xmlOutputBuffer *const buffer = xmlAllocOutputBuffer(NULL);
    arena_defer(arena, release_buffer, buffer);

    // Line breaks only where HTML ignores them, so that two nights can be compared line by line.
    if (node->doc->type == XML_HTML_DOCUMENT_NODE)
        htmlDocContentDumpFormatOutput(buffer, node->doc, "UTF-8", 1);
    else
        xml_print(buffer, node->doc);

    if (buffer->error != 0)
        return err_set(err, ERR_FAILED, "cannot print the page: it is too large");
    *length = xmlOutputBufferGetSize(buffer);
    *bytes = (const char *)xmlOutputBufferGetContent(buffer);
    return true;
}
