/*
 * markup.h - an HTML page as a tree. Texts and attributes are escaped when the tree is printed, so
 * no text can become markup; they are cleaned of controls on their way in. The one door to libxml2
 * in this folder is markup.c.
 */
#ifndef REPORTS_MARKUP_H
#define REPORTS_MARKUP_H

#include "core/arena.h"
#include "core/err.h"

#include <stdio.h>

typedef struct MarkupNode MarkupNode;

// The root element of a new page, <html lang="...">. The tree belongs to the arena.
MarkupNode *markup_create(Arena *arena, const char *language);

// The root element of a drawing of its own, <svg xmlns="...">, printed as XML.
MarkupNode *markup_create_svg(Arena *arena);

// Append an element, with a text in it unless that is NULL. Returns the element.
MarkupNode *markup_add(MarkupNode *parent, const char *name, const char *text);

// The same with a class.
MarkupNode *
markup_add_class(MarkupNode *parent, const char *name, const char *class_name, const char *text);

// Append an element whose text is printed as it is: <script> alone, where HTML escapes nothing. The text is ours, or
// holds no "<".
MarkupNode *markup_add_raw(MarkupNode *parent, const char *name, const char *text);

// What an element is to hold is made when its page is written, element by element or raw, so that it is never in memory whole:
// the rows of a long table, the text of a <script>. data outlives the writing. Such a page is for markup_write() alone.
typedef struct MarkupStream MarkupStream;
typedef bool MarkupFill(MarkupStream *stream, const void *data, Err *err);
void markup_fill_later(MarkupNode *node, MarkupFill *fill, const void *data);

// For those who fill: a new element, which may be added to; its writing, with which it is gone; and bytes that are written as they
// are (see markup_add_raw).
MarkupNode *markup_stream_element(MarkupStream *stream, const char *name);
void markup_stream_put(MarkupStream *stream, MarkupNode *element);
void markup_stream_raw(MarkupStream *stream, const char *bytes, size_t length);

// The element that an element stands in.
MarkupNode *markup_parent(MarkupNode *node);

// Give an element an attribute that it does not have yet.
void markup_set(MarkupNode *node, const char *attribute, const char *value);

// Append a line break, for those who compare files line by line: only where white space means nothing.
void markup_break(MarkupNode *parent);

// The page in UTF-8, beginning with <!DOCTYPE html> (a drawing: <?xml version). Owned by the arena. ERR_FAILED when it is
// beyond 2 GiB.
bool
markup_print(Arena *arena, const MarkupNode *root, const char **bytes, size_t *length, Err *err);

// The page as markup_print() has it, written to a file. ERR_FAILED, or what a filler said.
bool markup_write(FILE *file, const MarkupNode *root, Err *err);

#endif
