#include "reports/grid.h"

#include "core/hash.h"
#include "core/text.h"
#include "reports/json_values.h"
#include "reports/scripts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
grid_note(GridCell *cell, const char *text, const char *class_name, const char *link)
{
    if (!text_is_empty(text) && cell->note_count < GRID_NOTES)
        cell->notes[cell->note_count++] = (GridText){text, class_name, link};
}

static size_t
first_row(size_t number)
{
    return number == 0 ? 0 : GRID_FIRST + (number - 1) * GRID_FURTHER;
}

size_t
grid_pages(const Grid *grid)
{
    return grid->count <= GRID_FIRST ? 1
                                     : 2 + (grid->count - GRID_FIRST - 1) / (size_t)GRID_FURTHER;
}

const char *
grid_file(Arena *arena, const char *name, size_t number)
{
    return arena_printf(arena, "%s-%zu.html", name, number + 1);
}

const char *
grid_link(const Page *page, const char *name, size_t index, const char *id)
{
    const size_t number = index < GRID_FIRST ? 0 : 1 + (index - GRID_FIRST) / (size_t)GRID_FURTHER;

    return arena_printf(
        page->arena, "%s#%s", number == 0 ? page->home : grid_file(page->arena, name, number), id);
}

static GridRow
row_of(const Page *page, const Grid *grid, size_t index)
{
    GridRow row = {.id = "", .cells = ARENA_ARRAY(page->arena, GridCell, grid->column_count)};

    for (size_t i = 0; i < grid->column_count; i++)
        row.cells[i] = (GridCell){.main = {"", "", ""}, .key = (double)NAN};
    grid->fill(grid->data, page, index, &row);
    return row;
}

static void
piece_add(MarkupNode *cell, const GridText *piece)
{
    const bool linked = !text_is_empty(piece->link);
    MarkupNode *const node = markup_add(cell, linked ? "a" : "span", piece->text);

    if (!text_is_empty(piece->class_name))
        markup_set(node, "class", piece->class_name);
    if (!linked)
        return;
    markup_set(node, "href", piece->link);
    if (text_starts_with(piece->link, "https:"))
        markup_set(node, "rel", "noreferrer noopener");
}

static bool
is_plain(const GridText *piece)
{
    return text_is_empty(piece->class_name) && text_is_empty(piece->link);
}

// Without the label that other tables' cells bear for narrow screens: here the style has it once for all rows.
static MarkupNode *
cell_add(MarkupNode *row, const Grid *grid, size_t column, const char *text)
{
    MarkupNode *const cell = markup_add(row, column == grid->header ? "th" : "td", text);

    if (!text_is_empty(grid->columns[column].class_name))
        markup_set(cell, "class", grid->columns[column].class_name);
    if (column == grid->header)
        markup_set(cell, "scope", "row");
    return cell;
}

static void
row_put(MarkupStream *stream, const Grid *grid, const GridRow *row)
{
    MarkupNode *const node = markup_stream_element(stream, "tr");

    markup_set(node, "id", row->id);
    for (size_t i = 0; i < grid->column_count; i++) {
        const GridCell *const cell = &row->cells[i];
        const char *const text = is_plain(&cell->main) ? cell->main.text : NULL;
        MarkupNode *const place = cell_add(node, grid, i, text);

        if (!is_plain(&cell->main) && !text_is_empty(cell->main.text))
            piece_add(place, &cell->main);
        for (size_t k = 0; k < cell->note_count; k++)
            piece_add(place, &cell->notes[k]);
    }
    markup_stream_put(stream, node);
}

static json_t *
piece_json(Arena *arena, const GridText *piece)
{
    json_t *const json = json_array();

    json_array_append_new(json, json_text(arena, piece->text));
    json_array_append_new(json, json_text(arena, piece->class_name));
    json_array_append_new(json, json_text(arena, piece->link));
    return json;
}

// A plain text, or [text, class, link, notes].
static json_t *
cell_json(Arena *arena, const GridCell *cell)
{
    if (cell->note_count == 0 && is_plain(&cell->main))
        return json_text(arena, cell->main.text);

    json_t *const json = piece_json(arena, &cell->main);
    json_t *const notes = json_array();

    for (size_t i = 0; i < cell->note_count; i++)
        json_array_append_new(notes, piece_json(arena, &cell->notes[i]));
    json_array_append_new(json, notes);
    return json;
}

static json_t *
row_json(Arena *arena, const Grid *grid, const GridRow *row)
{
    json_t *const cells = json_array();
    json_t *const keys = json_array();
    json_t *const facets = json_array();

    for (size_t i = 0; i < grid->column_count; i++) {
        json_array_append_new(cells, cell_json(arena, &row->cells[i]));
        json_array_append_new(keys, json_of_real(row->cells[i].key));
    }
    for (size_t i = 0; i < GRID_FACETS && grid->facets[i]; i++)
        json_array_append_new(facets, json_text(arena, row->facets[i]));
    return json_pack("[s, o, o, o]", row->id, cells, keys, facets);
}

static void
write_text(MarkupStream *stream, const char *text)
{
    markup_stream_raw(stream, text, strlen(text));
}

// Within <script> nothing is escaped, so no "<" may stand there that could end it; in JSON it stands in texts only.
static bool
write_json(MarkupStream *stream, Arena *arena, json_t *json, Err *err)
{
    Text text = {.arena = arena};

    if (!json_add_to(&text, json, JSON_COMPACT | JSON_REAL_PRECISION(12)))
        return err_set(err, ERR_FAILED, "cannot print a table's row: not enough memory");
    for (const char *rest = text_get(&text); *rest != '\0';) {
        const size_t length = strcspn(rest, "<");

        markup_stream_raw(stream, rest, length);
        write_text(stream, rest[length] == '<' ? "\\u003c" : "");
        rest += length + (rest[length] == '<');
    }
    return true;
}

static json_t *
heads_json(Arena *arena, const Grid *grid)
{
    json_t *const columns = json_array();

    for (size_t i = 0; i < grid->column_count; i++) {
        json_t *const column = json_array();

        json_array_append_new(column, json_text(arena, grid->columns[i].heading));
        json_array_append_new(column, json_text(arena, grid->columns[i].class_name));
        json_array_append_new(columns, column);
    }
    return columns;
}

static json_t *
facets_json(Arena *arena, const Grid *grid)
{
    json_t *const facets = json_array();

    for (size_t i = 0; i < GRID_FACETS && grid->facets[i]; i++)
        json_array_append_new(facets, json_text(arena, grid->facets[i]));
    return facets;
}

static json_t *
words_json(const Page *page, const Grid *grid)
{
    const Phrases *const phrases = page->phrases;

    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "form", grid->form, "search",
        phrases->search, "all", phrases->all, "sort", phrases->sort_by, "ranked",
        phrases->as_ranked, "clear", phrases->clear, "more", phrases->show_more, "shown",
        phrases->shown);
}

// The rows of one page, or the island with all of them, which are made when the page is written.
typedef struct Filling
{
    const Page *page;
    Grid grid;
    size_t first, end;
} Filling;

static const Filling *
filling_of(const Page *page, const Grid *grid, size_t first, size_t end)
{
    Filling *const filling = ARENA_NEW(page->arena, Filling);

    *filling = (Filling){page, *grid, first, end < grid->count ? end : grid->count};
    return filling;
}

// Each on a line of its own, but for one that is alone, as libxml2 prints it.
static bool
fill_rows(MarkupStream *stream, const void *data, Err *err)
{
    const Filling *const filling = data;
    const char *const line_break = filling->end - filling->first > 1 ? "\n" : "";
    Page scratch = *filling->page;

    (void)err;
    scratch.arena = arena_create();
    write_text(stream, line_break);
    for (size_t i = filling->first; i < filling->end; i++) {
        const GridRow row = row_of(&scratch, &filling->grid, i);

        row_put(stream, &filling->grid, &row);
        write_text(stream, line_break);
        arena_reset(scratch.arena);
    }
    arena_destroy(scratch.arena);
    return true;
}

static bool
write_heads(MarkupStream *stream, const Page *page, const Grid *grid, Err *err)
{
    write_text(stream, arena_printf(page->arena, "{\"header\":%zu,\"columns\":", grid->header));
    if (!write_json(stream, page->arena, heads_json(page->arena, grid), err))
        return false;
    write_text(stream, ",\"facets\":");
    if (!write_json(stream, page->arena, facets_json(page->arena, grid), err))
        return false;
    write_text(stream, ",\"words\":");
    return write_json(stream, page->arena, words_json(page, grid), err);
}

static bool
fill_island(MarkupStream *stream, const void *data, Err *err)
{
    const Filling *const filling = data;
    const Grid *const grid = &filling->grid;
    Page scratch = *filling->page;

    scratch.arena = arena_create();

    bool good = write_heads(stream, &scratch, grid, err);

    write_text(stream, ",\"rows\":[");
    for (size_t i = filling->first; good && i < filling->end; i++) {
        const GridRow row = row_of(&scratch, grid, i);

        write_text(stream, i == 0 ? "\n" : ",\n");
        good = write_json(stream, scratch.arena, row_json(scratch.arena, grid, &row), err);
        arena_reset(scratch.arena);
    }
    write_text(stream, "\n]}");
    arena_destroy(scratch.arena);
    return good;
}

static void
further_add(const Page *page, MarkupNode *section, const Grid *grid, const char *table_id)
{
    const size_t pages = grid_pages(grid);

    if (pages == 1)
        return;

    MarkupNode *const links = markup_add_class(section, "p", "further", NULL);

    markup_set(links, "data-further", table_id);
    markup_add(links, "span", page->phrases->further);
    for (size_t i = 1; i < pages; i++) {
        const size_t last = first_row(i + 1) < grid->count ? first_row(i + 1) : grid->count;
        MarkupNode *const link = markup_add(links, "a",
            arena_printf(page->arena, "%s\u2013%s",
                words_count(page->arena, page->language, (int64_t)first_row(i) + 1),
                words_count(page->arena, page->language, (int64_t)last)));

        markup_set(link, "href", grid_file(page->arena, grid->name, i));
    }
}

void
grid_add(const Page *page, MarkupNode *section, const Grid *grid, size_t number)
{
    const char *const id = arena_printf(page->arena, "%s-table", grid->name);
    MarkupNode *const body =
        page_table(section, grid->caption, grid->columns, grid->column_count, true);

    markup_set(markup_parent(body), "id", id);
    markup_fill_later(
        body, fill_rows, filling_of(page, grid, first_row(number), first_row(number + 1)));
    if (number > 0)
        return;
    further_add(page, section, grid, id);

    MarkupNode *const island = markup_add(section, "script", NULL);

    markup_set(island, "type", "application/json");
    markup_set(island, "data-grid", id);
    markup_fill_later(island, fill_island, filling_of(page, grid, 0, grid->count));
}

const char *
grid_style(Arena *arena, const Grid *grid)
{
    Text style = {.arena = arena};

    for (size_t i = 0; i < grid->column_count; i++)
        text_add_format(&style, "#%s-table tr>:nth-child(%zu){--label:\"%s\"}", grid->name, i + 1,
            grid->columns[i].heading);
    return text_get(&style);
}

const char *
grid_script(void)
{
    return SCRIPT_GRID;
}

const char *
grid_script_fingerprint(Arena *arena)
{
    return arena_printf(
        arena, "sha256-%s", text_sha256_base64(arena, SCRIPT_GRID, strlen(SCRIPT_GRID)));
}
