/*
 * Tables: columns are shares of the width, rows as high as their highest cell. A row is never divided;
 * a table that goes over a page's end begins there again with its header.
 */
#include "claims/papers/page.h"

#include "claims/papers/page_parts.h"

#include <math.h>

#define CELL_LINES   6
#define CELL_MARGIN  3.0
#define COLUMNS_MAX  16
#define HEADER_LINES 2

typedef struct Table
{
    Page *page;
    const PageColumn *columns;
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
    return table->columns[i].share * PAGE_INNER;
}

static void
cell_add(const Table *table, Cells *cells, size_t i, const char *text, PageStyle style, int lines)
{
    PangoLayout *const layout = page_layout(
        table->page, style, text ? text : "", column_width(table, i) - 2 * CELL_MARGIN, lines);

    if (table->columns[i].right)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    cells->layouts[i] = layout;
    cells->height = fmax(cells->height, page_layout_height(layout) + 2 * CELL_MARGIN);
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
row_cells(const Table *table, const PageRow *row)
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
    Page *const page = table->page;
    double x = PAGE_LEFT;

    page_open(page, "TR");
    for (size_t i = 0; i < table->column_count; i++) {
        page_open(page, tag);
        page_put_text(page, cells->layouts[i], x + CELL_MARGIN, page->y + CELL_MARGIN);
        page_close(page);
        x += column_width(table, i);
    }
    page_close(page);
    page->y += cells->height;
}

static void
header_put(const Table *table)
{
    Page *const page = table->page;
    const Cells cells = header_cells(table);

    page_put(page, (PageMark){.kind = MARK_SHADE,
                       .x = PAGE_LEFT,
                       .y = page->y,
                       .width = PAGE_INNER,
                       .height = cells.height});
    cells_put(table, &cells, "TH");
    page_put_line(page, PAGE_LEFT, page->y, PAGE_INNER, 0, .8);
}

void
page_table(
    Page *page, const PageColumn *columns, size_t column_count, const PageRow *rows, size_t count)
{
    const Table table = {page, columns, column_count < COLUMNS_MAX ? column_count : COLUMNS_MAX};

    page_need(page, 7, 60);
    page_open(page, "Table");
    header_put(&table);
    for (size_t i = 0; i < count; i++) {
        const Cells cells = row_cells(&table, &rows[i]);

        if (page->y + cells.height > PAGE_BOTTOM) {
            page_turn(page);
            header_put(&table);
        }
        cells_put(&table, &cells, "TD");
        page_put_line(page, PAGE_LEFT, page->y, PAGE_INNER, 0, rows[i].strong ? .8 : .3);
    }
    page_close(page);
    page->y += 3;
}
