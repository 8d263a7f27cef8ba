/*
 * json_schema.h - does a document fit its JSON Schema? A small check that always runs, and Python's jsonschema where it is
 * installed.
 */
#ifndef TESTS_HARNESS_JSON_SCHEMA_H
#define TESTS_HARNESS_JSON_SCHEMA_H

#include <stdbool.h>

// By properties, required ones, types, constants, enumerations and anyOf; says what does not fit.
bool json_schema_fits(const char *schema_path, const char *text);

// By python3-jsonschema: 0 fits, 1 does not, 77 not installed.
int json_schema_python(const char *schema_path, const char *text);

#endif
