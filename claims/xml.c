#include "claims/xml.h"

#include "core/text.h"

#include <inttypes.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <string.h>

// XML_PARSE_NOENT is absent: entities stay unexpanded.
#define PARSE_FLAGS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

// Of what we printed the indentation means nothing, and makes half of the nodes.
#define PARSE_FLAGS_OWN (PARSE_FLAGS | XML_PARSE_HUGE | XML_PARSE_NOBLANKS | XML_PARSE_COMPACT)

#define COMPLAINT_MAX 500

static const xmlChar *
chars(const char *text)
{
    return (const xmlChar *)text;
}

static void
release_doc(void *doc)
{
    xmlFreeDoc(doc);
}

XmlNode *
xml_create(Arena *arena, const char *root, const char *name_space, XmlDoc **doc)
{
    xmlDoc *const made = xmlNewDoc(chars("1.0"));
    arena_defer(arena, release_doc, made);
    xmlNode *const node = xmlNewNode(NULL, chars(root));

    xmlDocSetRootElement(made, node);
    xmlSetNs(node, xmlNewNs(node, chars(name_space), NULL));
    *doc = made;
    return node;
}

void
xml_declare(XmlNode *root, const char *prefix, const char *name_space)
{
    xmlNewNs(root, chars(name_space), chars(prefix));
}

// The namespace of a child's name (NULL: its parent's), and the name without its prefix.
static xmlNs *
space_of(XmlNode *parent, const char **name)
{
    const char *const colon = strchr(*name, ':');

    if (!colon)
        return NULL;

    xmlChar *const prefix = xmlStrndup(chars(*name), (int)(colon - *name));
    xmlNs *const space = xmlSearchNs(parent->doc, parent, prefix);

    xmlFree(prefix);
    *name = colon + 1;
    return space;
}

// libxml2 cannot hold what XML cannot say (controls); text_clean() leaves none.
XmlNode *
xml_add(Arena *arena, XmlNode *parent, const char *name, const char *text)
{
    if (text_is_empty(text))
        return NULL;

    xmlNs *const space = space_of(parent, &name);

    return xmlNewTextChild(parent, space, chars(name), chars(text_clean(arena, text)));
}

XmlNode *
xml_add_group(XmlNode *parent, const char *name)
{
    xmlNs *const space = space_of(parent, &name);

    return xmlNewChild(parent, space, chars(name), NULL);
}

void
xml_attribute(Arena *arena, XmlNode *node, const char *name, const char *text)
{
    if (node && !text_is_empty(text))
        xmlNewProp(node, chars(name), chars(text_clean(arena, text)));
}

void
xml_add_instant(Arena *arena, XmlNode *parent, const char *name, Instant at)
{
    if (at != INSTANT_NONE)
        xml_add(arena, parent, name, instant_print(arena, at));
}

void
xml_add_day(Arena *arena, XmlNode *parent, const char *name, Day day)
{
    if (day != DAY_NONE)
        xml_add(arena, parent, name, day_print(arena, day));
}

void
xml_add_amount(Arena *arena, XmlNode *parent, const char *name, Money money)
{
    if (money_is_known(money))
        xml_attribute(arena, xml_add(arena, parent, name, money_amount(arena, money)), "currency",
            money.currency);
}

void
xml_add_int(Arena *arena, XmlNode *parent, const char *name, int64_t number)
{
    xml_add(arena, parent, name, arena_printf(arena, "%" PRId64, number));
}

const char *
xml_print(Arena *arena, XmlDoc *doc, size_t *length)
{
    xmlChar *bytes = NULL;
    int size = 0;

    xmlDocDumpFormatMemoryEnc(doc, &bytes, &size, "UTF-8", 1);

    const char *const copy =
        bytes ? arena_copy_bytes(arena, (const char *)bytes, (size_t)size) : "";

    xmlFree(bytes);
    *length = (size_t)size;
    return copy;
}

// libxml2's channels of errors end here; the first message says most.
typedef struct Complaint
{
    char text[COMPLAINT_MAX];
    int line;
} Complaint;

static void
complain(void *data, xmlErrorPtr error)
{
    Complaint *const complaint = data;

    if (complaint->text[0] != '\0' || !error->message)
        return;
    snprintf(complaint->text, sizeof complaint->text, "%s", error->message);
    complaint->text[strcspn(complaint->text, "\n")] = '\0';
    complaint->line = error->line;
}

static bool
is_too_long(size_t length, Err *err)
{
    return length > INT32_MAX && !err_set(err, ERR_DATA, "the document is too large");
}

bool
xml_read(Arena *arena, const char *bytes, size_t length, XmlOrigin origin, XmlDoc **doc, Err *err)
{
    xmlParserCtxt *const parser = xmlNewParserCtxt();

    if (is_too_long(length, err)) {
        xmlFreeParserCtxt(parser);
        return false;
    }

    xmlDoc *const read = xmlCtxtReadMemory(
        parser, bytes, (int)length, NULL, NULL, origin == XML_OWN ? PARSE_FLAGS_OWN : PARSE_FLAGS);

    if (read)
        arena_defer(arena, release_doc, read);
    else
        err_set(err, ERR_DATA, "line %d: %.*s", parser->lastError.line,
            (int)strcspn(parser->lastError.message ? parser->lastError.message : "", "\n"),
            parser->lastError.message ? parser->lastError.message : "no XML");
    xmlFreeParserCtxt(parser);
    // xmlNodeGetContent() expands what the document itself defines, without libxml2's limits.
    if (read && origin == XML_OUTSIDE && xmlGetIntSubset(read))
        return err_set(err, ERR_DATA, "the document has a DOCTYPE, which is not accepted");
    if (read)
        *doc = read;
    return read != NULL;
}

static void
release_validator(void *validator)
{
    xmlSchemaFreeValidCtxt(validator);
}

static xmlSchema *
compile(const char *bytes, Complaint *complaint)
{
    xmlSchemaParserCtxt *const parser = xmlSchemaNewMemParserCtxt(bytes, (int)strlen(bytes));

    if (!parser)
        return NULL;
    xmlSchemaSetParserStructuredErrors(parser, complain, complaint);

    xmlSchema *const schema = xmlSchemaParse(parser);

    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

static bool
validate(Arena *arena, XmlDoc *doc, XmlSchema *schema, Err *err)
{
    Complaint complaint = {0};

    // To compile it takes longer than to check a dossier against it, and a night checks thousands.
    if (!schema->compiled)
        schema->compiled = compile(schema->bytes, &complaint);

    xmlSchemaValidCtxt *const validator =
        schema->compiled ? xmlSchemaNewValidCtxt(schema->compiled) : NULL;

    if (!validator)
        return err_set(err, ERR_FAILED, "cannot read the schema: %s", complaint.text);
    arena_defer(arena, release_validator, validator);
    xmlSchemaSetValidStructuredErrors(validator, complain, &complaint);
    if (xmlSchemaValidateDoc(validator, doc) == 0)
        return true;
    return err_set(err, ERR_DATA, "line %d: %s", complaint.line, complaint.text);
}

bool
xml_validate(XmlDoc *doc, XmlSchema *schema, Err *err)
{
    Arena *const work = arena_create();
    const bool valid = validate(work, doc, schema, err);

    arena_destroy(work);
    return valid;
}

bool
xml_is(XmlNode *node, const char *name_space, const char *name)
{
    return node && node->ns && xmlStrEqual(node->ns->href, chars(name_space)) &&
           xmlStrEqual(node->name, chars(name));
}

XmlNode *
xml_root(XmlDoc *doc)
{
    return xmlDocGetRootElement(doc);
}

// The node itself or the first one after it that is an element of the name.
static XmlNode *
element_from(XmlNode *node, const char *name)
{
    for (; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && (!name || xmlStrEqual(node->name, chars(name))))
            return node;
    return NULL;
}

XmlNode *
xml_child(XmlNode *parent, const char *name)
{
    return parent ? element_from(parent->children, name) : NULL;
}

XmlNode *
xml_next(XmlNode *node, const char *name)
{
    return node ? element_from(node->next, name) : NULL;
}

size_t
xml_count(XmlNode *parent, const char *name)
{
    size_t count = 0;

    for (XmlNode *node = xml_child(parent, name); node; node = xml_next(node, name))
        count++;
    return count;
}

static const char *
take(Arena *arena, xmlChar *text)
{
    const char *const copy = text ? arena_copy(arena, (const char *)text) : "";

    xmlFree(text);
    return copy;
}

const char *
xml_text(Arena *arena, XmlNode *node)
{
    return node ? take(arena, xmlNodeGetContent(node)) : "";
}

const char *
xml_child_text(Arena *arena, XmlNode *parent, const char *name)
{
    return xml_text(arena, xml_child(parent, name));
}

const char *
xml_attribute_text(Arena *arena, XmlNode *node, const char *name)
{
    return node ? take(arena, xmlGetProp(node, chars(name))) : "";
}
