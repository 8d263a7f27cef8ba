/*
 * values.h - what a node of the settings file says of one setting.
 */
#ifndef CONFIG_VALUES_H
#define CONFIG_VALUES_H

#include "config/assign.h"
#include "config/yaml.h"

// Where a node stands, for messages.
Place value_place(Loader *loader, const Node *node);

// Give a field the value that a node holds, of whatever type the field is; complains when it cannot.
void value_read(Loader *loader, const Field *field, const Node *node);

// What is said of a name that means nothing, with the nearest one that does (NULL for none). Owned by the loader's arena.
const char *value_unrecognized(Loader *loader, const char *what, const char *nearest);

#endif
