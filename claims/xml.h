/*
 * xml.h - trees of XML for this folder: built node by node so that no text can end its element, read back and checked
 * against an embedded schema. Nothing is read from the network or from a file; entities are not expanded from outside.
 * The one door to libxml2 in this folder.
 */
#ifndef CLAIMS_XML_H
#define CLAIMS_XML_H

#include "core/arena.h"
#include "core/err.h"
#include "core/instant.h"
#include "core/money.h"

typedef struct _xmlDoc XmlDoc;
typedef struct _xmlNode XmlNode;

// A new document whose root has the name and the default namespace; *doc belongs to the arena. Returns the root.
XmlNode *xml_create(Arena *arena, const char *root, const char *name_space, XmlDoc **doc);

// Declare a prefix of names below the root: children named "cbc:ID" are then in that namespace. Children without a prefix are
// in their parent's.
void xml_declare(XmlNode *root, const char *prefix, const char *name_space);

// Append an element with a text (cleaned by text_clean()); NULL and nothing done when the text is NULL or "".
XmlNode *xml_add(Arena *arena, XmlNode *parent, const char *name, const char *text);

// Append an element that will have children.
XmlNode *xml_add_group(XmlNode *parent, const char *name);

// Give an element an attribute (cleaned); nothing when the text is NULL or "".
void xml_attribute(Arena *arena, XmlNode *node, const char *name, const char *text);

// Facts as elements; nothing when they are not known. Amounts carry an attribute "currency".
void xml_add_instant(Arena *arena, XmlNode *parent, const char *name, Instant at);
void xml_add_day(Arena *arena, XmlNode *parent, const char *name, Day day);
void xml_add_amount(Arena *arena, XmlNode *parent, const char *name, Money money);
void xml_add_int(Arena *arena, XmlNode *parent, const char *name, int64_t number);

// The document as UTF-8 bytes with indentation, owned by the arena.
const char *xml_print(Arena *arena, XmlDoc *doc, size_t *length);

typedef enum XmlOrigin
{
    XML_OUTSIDE,  // somebody else's: libxml2's limits on size and depth hold
    XML_OWN,      // printed by us: no limit, and spaces between elements are nothing
} XmlOrigin;

// Read bytes as a document, owned by the arena. ERR_DATA with the line and libxml2's reason; also for a document from
// outside that defines a type of its own, because entities come with it.
bool
xml_read(Arena *arena, const char *bytes, size_t length, XmlOrigin origin, XmlDoc **doc, Err *err);

// A schema of ours: compiled for the first document that is checked against it, then kept for the life of the process. For one
// thread at a time.
typedef struct XmlSchema
{
    const char *bytes;
    struct _xmlSchema *compiled;
} XmlSchema;

// Check a document against a schema. ERR_DATA with the line and libxml2's reason.
bool xml_validate(XmlDoc *doc, XmlSchema *schema, Err *err);

// Whether a node is the element of a name in a namespace.
bool xml_is(XmlNode *node, const char *name_space, const char *name);

// Walking: the root, the first child element of a name (NULL for any), the next sibling element of that name.
XmlNode *xml_root(XmlDoc *doc);
XmlNode *xml_child(XmlNode *parent, const char *name);
XmlNode *xml_next(XmlNode *node, const char *name);
size_t xml_count(XmlNode *parent, const char *name);

// The text of a node, of a child, of an attribute, owned by the arena; "" when it is not there.
const char *xml_text(Arena *arena, XmlNode *node);
const char *xml_child_text(Arena *arena, XmlNode *parent, const char *name);
const char *xml_attribute_text(Arena *arena, XmlNode *node, const char *name);

#endif
