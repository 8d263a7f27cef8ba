/*
 * grid.h - long tables: the first rows stand in the page, the others in further pages for those who run no script; with one
 * all rows are sorted, filtered and searched from an island of JSON (reports/scripts/grid.js). Both are made from the same rows.
 */
#ifndef REPORTS_GRID_H
#define REPORTS_GRID_H

#include "reports/page.h"

#define GRID_FIRST   100   // rows of the first page
#define GRID_FURTHER 1000  // rows of each further one
#define GRID_NOTES   4
#define GRID_FACETS  4

// A piece of a cell; what it has not is "".
typedef struct GridText
{
    const char *text, *class_name, *link;
} GridText;

typedef struct GridCell
{
    GridText main;
    GridText notes[GRID_NOTES];  // under it
    size_t note_count;
    double key;  // what it is sorted by; NAN: by its text, or it has none
} GridCell;

typedef struct GridRow
{
    const char *id;                   // unique in the page
    GridCell *cells;                  // one for each column; empty when it is to be filled
    const char *facets[GRID_FACETS];  // what it can be chosen by; NULL or "" for none
} GridRow;

typedef struct Grid
{
    const char *name;     // "cases": of its files and of what the address holds
    const char *caption;  // may hold no outside text
    const char *form;     // what its filters are for, for those who hear the page
    const Column *columns;
    size_t column_count;
    size_t header;                    // the column whose cell names its row
    const char *facets[GRID_FACETS];  // their labels; NULL after the last
    size_t count;                     // rows
    void (*fill)(const void *data, const Page *page, size_t index, GridRow *row);
    const void *data;
} Grid;

// Append a note to a cell, unless its text is empty or the cell has GRID_NOTES of them.
void grid_note(GridCell *cell, const char *text, const char *class_name, const char *link);

// How many pages its rows take, at least 1.
size_t grid_pages(const Grid *grid);

// Append the rows of a page (0 is the first) as a table, and on the first page the links to the further ones and the island. Rows
// are made when the page is written (markup_write); until then the page and what the grid refers to stay.
void grid_add(const Page *page, MarkupNode *section, const Grid *grid, size_t number);

// What a page with its rows needs in its style: the labels of the cells on narrow screens, where rows are cards.
const char *grid_style(Arena *arena, const Grid *grid);

// The file of a further page of a table: "cases-2.html" for number 1.
const char *grid_file(Arena *arena, const char *name, size_t number);

// A link to a row of a table: to its id in the page in which row `index` stands for those who run no script. The script finds it in
// the page that it runs in (reports/scripts/grid.js).
const char *grid_link(const Page *page, const char *name, size_t index, const char *id);

// The script, and its fingerprint for the policy of the page: "sha256-...".
const char *grid_script(void);
const char *grid_script_fingerprint(Arena *arena);

#endif
