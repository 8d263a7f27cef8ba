#include "reports/markup.h"

#include "core/text.h"

#include <libxml/HTMLtree.h>
#include <string.h>

// What stands in a tree for what is made later. No text can be taken for it, for a text's "<" is escaped.
#define LATER      "later"
#define LATER_MARK "<!--" LATER "-->"

// An element that is filled when its page is written.
typedef struct Later
{
    MarkupFill *fill;
    const void *data;
} Later;

// What a document's tree does not hold.
typedef struct Sheet
{
    Arena *texts;
    struct
    {
        Arena *arena;
        Later *items;
        size_t count, capacity;
    } later;  // in the order of the page
} Sheet;

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

static Sheet *
sheet_of(const xmlNode *node)
{
    return node->doc->_private;
}

static const char *
clean(const xmlNode *node, const char *text)
{
    return text_clean(sheet_of(node)->texts, text);
}

static void
release_doc(void *doc)
{
    xmlFreeDoc(doc);
}

// texts: what texts that had to be cleaned live in.
static void
own(Arena *arena, xmlDoc *doc, Arena *texts)
{
    Sheet *const sheet = ARENA_NEW(arena, Sheet);

    arena_defer(arena, release_doc, doc);
    *sheet = (Sheet){.texts = texts, .later.arena = arena};
    doc->_private = sheet;
}

MarkupNode *
markup_create(Arena *arena, const char *language)
{
    xmlDoc *const doc = htmlNewDocNoDtD(NULL, NULL);

    own(arena, doc, arena);
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

    own(arena, doc, arena);

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

void
markup_fill_later(MarkupNode *node, MarkupFill *fill, const void *data)
{
    Sheet *const sheet = sheet_of(inside(node));

    xmlAddChild(inside(node), xmlNewDocComment(inside(node)->doc, chars(LATER)));
    ARENA_PUSH(&sheet->later, ((Later){fill, data}));
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

struct MarkupStream
{
    Arena *scratch;  // of one element
    xmlDoc *doc;     // of elements that stand in no page
    xmlOutputBuffer *out;
};

static MarkupStream
stream_on(FILE *file, Arena *arena)
{
    const MarkupStream stream = {.scratch = arena_create(),
        .doc = htmlNewDocNoDtD(NULL, NULL),
        .out = xmlOutputBufferCreateFile(file, NULL)};

    own(arena, stream.doc, stream.scratch);
    return stream;
}

static bool
stream_end(MarkupStream *stream, Err *err)
{
    const bool written = xmlOutputBufferFlush(stream->out) >= 0 && stream->out->error == 0;

    xmlOutputBufferClose(stream->out);
    arena_destroy(stream->scratch);
    return written || err_set(err, ERR_FAILED, "cannot write the page");
}

MarkupNode *
markup_stream_element(MarkupStream *stream, const char *name)
{
    return outside(xmlNewDocNode(stream->doc, NULL, chars(name), NULL));
}

void
markup_stream_put(MarkupStream *stream, MarkupNode *element)
{
    htmlNodeDumpFormatOutput(stream->out, stream->doc, inside(element), "UTF-8", 1);
    xmlFreeNode(inside(element));
    arena_reset(stream->scratch);
}

void
markup_stream_raw(MarkupStream *stream, const char *bytes, size_t length)
{
    xmlOutputBufferWrite(stream->out, (int)length, bytes);
}

bool
markup_write(FILE *file, const MarkupNode *root, Err *err)
{
    const Sheet *const sheet = sheet_of((const void *)root);
    Arena *const work = arena_create();
    MarkupStream stream = stream_on(file, work);
    const char *frame = "";
    size_t length;
    bool good = markup_print(work, root, &frame, &length, err);

    for (size_t i = 0; good && i < sheet->later.count; i++) {
        const char *const mark = strstr(frame, LATER_MARK);

        markup_stream_raw(&stream, frame, (size_t)(mark - frame));
        good = sheet->later.items[i].fill(&stream, sheet->later.items[i].data, err);
        frame = mark + strlen(LATER_MARK);
    }
    markup_stream_raw(&stream, frame, strlen(frame));
    good = stream_end(&stream, good ? err : &(Err){0}) && good;
    arena_destroy(work);
    return good;
}
