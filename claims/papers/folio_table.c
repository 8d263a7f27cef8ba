/*
 * Tables: columns are shares of the width, rows as high as their highest cell. A row is never divided;
 * a table that goes over a page's end begins there again with its header.
 */
#include "claims/papers/folio.h"

#include "claims/papers/folio_parts.h"

#include <math.h>

#define CELL_LINES   6
#define CELL_MARGIN  3.0
#define COLUMNS_MAX  16
#define HEADER_LINES 2

typedef struct Table
{
    Folio *folio;
    const FolioColumn *columns;
    size_t column_count;
} Table;

typedef struct Cells
{
    PangoLayout *layouts[COLUMNS_MAX];
    double height;
} Cells;

static double
column_width(const Table *table, size_t i)
{
    return table->columns[i].share * FOLIO_INNER;
}

static void
cell_add(const Table *table, Cells *cells, size_t i, const char *text, FolioStyle style, int lines)
{
    PangoLayout *const layout = folio_layout(
        table->folio, style, text ? text : "", column_width(table, i) - 2 * CELL_MARGIN, lines);

    if (table->columns[i].right)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    cells->layouts[i] = layout;
    cells->height = fmax(cells->height, folio_layout_height(layout) + 2 * CELL_MARGIN);
}

static Cells
header_cells(const Table *table)
{
    Cells cells = {.height = 0};

    for (size_t i = 0; i < table->column_count; i++)
        cell_add(table, &cells, i, table->columns[i].name, STYLE_CELL_STRONG, HEADER_LINES);
    return cells;
}

static Cells
row_cells(const Table *table, const FolioRow *row)
{
    Cells cells = {.height = 0};

    for (size_t i = 0; i < table->column_count; i++)
        cell_add(table, &cells, i, row->cells[i], row->strong ? STYLE_CELL_STRONG : STYLE_CELL,
            CELL_LINES);
    return cells;
}

static void
cells_put(const Table *table, const Cells *cells, const char *tag)
{
    Folio *const folio = table->folio;
    double x = FOLIO_LEFT;

    folio_open(folio, "TR");
    for (size_t i = 0; i < table->column_count; i++) {
        folio_open(folio, tag);
        folio_put_text(folio, cells->layouts[i], x + CELL_MARGIN, folio->y + CELL_MARGIN);
        folio_close(folio);
        x += column_width(table, i);
    }
    folio_close(folio);
    folio->y += cells->height;
}

static void
header_put(const Table *table)
{
    Folio *const folio = table->folio;
    const Cells cells = header_cells(table);

    folio_put(folio, (FolioMark){.kind = MARK_SHADE,
                         .x = FOLIO_LEFT,
                         .y = folio->y,
                         .width = FOLIO_INNER,
                         .height = cells.height});
    cells_put(table, &cells, "TH");
    folio_put_line(folio, FOLIO_LEFT, folio->y, FOLIO_INNER, 0, .8);
}

void
folio_table(Folio *folio, const FolioColumn *columns, size_t column_count, const FolioRow *rows,
    size_t count)
{
    const Table table = {folio, columns, column_count < COLUMNS_MAX ? column_count : COLUMNS_MAX};

    folio_need(folio, 7, 60);
    folio_open(folio, "Table");
    header_put(&table);
    for (size_t i = 0; i < count; i++) {
        const Cells cells = row_cells(&table, &rows[i]);

        if (folio->y + cells.height > FOLIO_BOTTOM) {
            folio_turn(folio);
            header_put(&table);
        }
        cells_put(&table, &cells, "TD");
        folio_put_line(folio, FOLIO_LEFT, folio->y, FOLIO_INNER, 0, rows[i].strong ? .8 : .3);
    }
    folio_close(folio);
    folio->y += 3;
}
