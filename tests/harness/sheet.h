/*
 * sheet.h - a small CSV file as a table of texts, for tests that go through one row by row.
 */
#ifndef TESTS_HARNESS_SHEET_H
#define TESTS_HARNESS_SHEET_H

#include "core/arena.h"

#include <stddef.h>

typedef struct Sheet
{
    Arena *arena;
    const char *path;
    size_t columns;
    const char **items;  // the cells, row after row, the header first
    size_t count, capacity;
} Sheet;

// Read the whole file; a row of another length than the header fails the test. NULL, after a word of why, when the file is
// not there: the caller skips.
Sheet *sheet_read(Arena *arena, const char *path);

// Rows below the header.
size_t sheet_rows(const Sheet *sheet);

// A cell of a row (from 0, the header not counted) by its column's name; an unknown name fails the test.
const char *sheet_cell(const Sheet *sheet, size_t row, const char *column);

#endif
