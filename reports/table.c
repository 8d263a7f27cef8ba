/*
 * A table as wide as the terminal. Columns are as wide as what they hold; when that is too much,
 * first the columns that can be missed go, then the reason is cut, then the widest column, again
 * and again.
 */
#include "core/text.h"
#include "core/width.h"
#include "core/words.h"
#include "reports/reports.h"

#include <inttypes.h>

#define WIDTH_MIN    40
#define GAP          2
#define EVIDENCE_MIN 24  // less of a reason says nothing

enum
{
    RANK,
    NUMBER,
    KIND,
    TRACKING,
    CARRIER,
    LANE,
    OPENED,
    SILENT,
    LATE,
    LOST,
    COST,
    WHY,
    COLUMN_COUNT
};

static const struct
{
    const char *heading;
    bool right;
    int leaves;  // the columns with the least number leave first; 0 stays
    size_t cap;  // cells; 0 for none. One odd row must not take the room of all
} columns_known[COLUMN_COUNT] = {
    [RANK] = {"#", true, 7},
    [NUMBER] = {"CASE", true, 0},
    [KIND] = {"KIND", false, 0},
    [TRACKING] = {"TRACKING NUMBER", false, 0, 34},
    [CARRIER] = {"CARRIER", false, 3, 18},
    [LANE] = {"LANE", false, 2, 20},
    [OPENED] = {"OPENED", false, 1},
    [SILENT] = {"SILENT", true, 6},
    [LATE] = {"P(LATE)", true, 4},
    [LOST] = {"P(LOST)", true, 5},
    [COST] = {"COST", true, 0},
    [WHY] = {"WHY", false, 8},
};

typedef struct Grid
{
    Arena *arena;
    const char *(*rows)[COLUMN_COUNT];  // the headings first
    size_t row_count;
    size_t widths[COLUMN_COUNT];  // 0 for a column that left
} Grid;

static void
row_fill(Grid *grid, size_t row, const CaseRecord *record, const Zone *zone, Money cost)
{
    Arena *const arena = grid->arena;
    const char **const cells = grid->rows[row];
    const char *texts[COLUMN_COUNT] = {
        [RANK] = arena_printf(arena, "%zu", row),
        [NUMBER] = arena_printf(arena, "%" PRId64, record->number),
        [KIND] = words_case_kind(LANGUAGE_ENGLISH, record->kind),
        [TRACKING] = record->tracking_number,
        [CARRIER] = record->carrier,
        [LANE] = arena_printf(arena, "%s>%s", record->origin, record->destination),
        [OPENED] = day_print(arena, zone_day(zone, record->opened_as_of)),
        [SILENT] = words_hours(arena, LANGUAGE_ENGLISH, record->silence_hours),
        [LATE] = words_share(arena, LANGUAGE_ENGLISH, record->p_late),
        [LOST] = words_share(arena, LANGUAGE_ENGLISH, record->p_lost),
        [COST] = words_money(arena, LANGUAGE_ENGLISH, cost),
        [WHY] = record->evidence,
    };

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        cells[i] = text_clean(arena, texts[i]);
}

static Grid
grid_create(
    Arena *arena, const CaseRecord *cases, size_t count, const Zone *zone, const char *currency)
{
    Grid grid = {
        .arena = arena,
        .rows = arena_alloc_array(arena, sizeof *grid.rows, count + 1),
        .row_count = count + 1,
    };

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        grid.rows[0][i] = columns_known[i].heading;
    for (size_t row = 1; row <= count; row++)
        row_fill(&grid, row, &cases[row - 1], zone,
            money_of(cases[row - 1].expected_cost_minor, currency));
    for (size_t row = 0; row < grid.row_count; row++)
        for (size_t i = 0; i < COLUMN_COUNT; i++) {
            const size_t cells = width_of(grid.rows[row][i]);
            const size_t cap = columns_known[i].cap;
            const size_t width = cap > 0 && cells > cap ? cap : cells;

            if (width > grid.widths[i])
                grid.widths[i] = width;
        }
    return grid;
}

static size_t
grid_width(const Grid *grid)
{
    size_t width = 0;

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        width += grid->widths[i] > 0 ? grid->widths[i] + GAP : 0;
    return width - GAP;
}

static size_t
next_to_leave(const Grid *grid)
{
    size_t next = COLUMN_COUNT;

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (grid->widths[i] > 0 && columns_known[i].leaves > 0 &&
            (next == COLUMN_COUNT || columns_known[i].leaves < columns_known[next].leaves))
            next = i;
    return next;
}

// A wide column may have left after narrower ones that fit now; the last to leave come back first.
static void
grid_restore(Grid *grid, const size_t *widths, size_t columns)
{
    for (int leaves = COLUMN_COUNT; leaves > 0; leaves--)
        for (size_t i = 0; i < COLUMN_COUNT; i++)
            if (columns_known[i].leaves == leaves && grid->widths[i] == 0 &&
                grid_width(grid) + GAP + widths[i] <= columns)
                grid->widths[i] = widths[i];
}

static size_t
widest(const Grid *grid)
{
    size_t found = 0;

    for (size_t i = 1; i < COLUMN_COUNT; i++)
        if (grid->widths[i] > grid->widths[found])
            found = i;
    return found;
}

static void
grid_fit(Grid *grid, size_t columns)
{
    // The reason is last and takes what the others leave, as long as it says something.
    const size_t whole = grid->widths[WHY];

    if (grid->widths[WHY] > EVIDENCE_MIN)
        grid->widths[WHY] = EVIDENCE_MIN;

    const Grid wanted = *grid;

    while (grid_width(grid) > columns && next_to_leave(grid) < COLUMN_COUNT)
        grid->widths[next_to_leave(grid)] = 0;
    grid_restore(grid, wanted.widths, columns);
    while (grid_width(grid) > columns)
        grid->widths[widest(grid)]--;

    const size_t spare = columns - grid_width(grid);

    if (grid->widths[WHY] > 0)
        grid->widths[WHY] = grid->widths[WHY] + spare < whole ? grid->widths[WHY] + spare : whole;
}

static void
cell_add(Text *out, const char *text, size_t width, bool right, bool last)
{
    const size_t cells = width_of(text);
    const size_t padding = cells < width ? width - cells : 0;

    if (right)
        text_add_format(out, "%*s", (int)padding, "");
    if (cells <= width)
        text_add(out, text);
    else {
        text_add_bytes(out, text, width_fit(text, width - 1));
        text_add(out, "\u2026");
    }
    if (!right && !last)
        text_add_format(out, "%*s", (int)padding, "");
    if (!last)
        text_add_format(out, "%*s", GAP, "");
}

static size_t
last_column(const Grid *grid)
{
    size_t last = 0;

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (grid->widths[i] > 0)
            last = i;
    return last;
}

const char *
report_table(Arena *arena, const CaseRecord *cases, size_t count, const Zone *zone,
    const char *currency, size_t columns)
{
    Arena *const work = arena_create();
    Grid grid = grid_create(work, cases, count, zone, currency);
    Text out = {.arena = arena};

    grid_fit(&grid, columns < WIDTH_MIN ? WIDTH_MIN : columns);
    for (size_t row = 0; row < grid.row_count; row++) {
        for (size_t i = 0; i < COLUMN_COUNT; i++)
            if (grid.widths[i] > 0)
                cell_add(&out, grid.rows[row][i], grid.widths[i], columns_known[i].right,
                    i == last_column(&grid));
        text_add(&out, "\n");
    }
    arena_destroy(work);
    return text_get(&out);
}
