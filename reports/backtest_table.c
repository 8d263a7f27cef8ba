/*
 * A backtest in a terminal: what was asked, how each method scored, what each list was worth, how early the warnings came.
 */
#include "reports/reports.h"

#include "core/text.h"
#include "core/width.h"
#include "core/words.h"

#include <math.h>
#include <string.h>

#define WIDTH_MIN 40
#define COLUMNS   8  // at most
#define GAP       2
#define NAME_MIN  24

// A table being written: its first column holds names, the others numbers. Columns leave from the right when there is
// no room.
typedef struct Table
{
    Arena *arena;
    size_t room;
    const char *(*items)[COLUMNS];
    size_t count, capacity;
} Table;

static void
add_row(Table *table, const char *const cells[COLUMNS])
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? 2 * table->capacity : 16;
        table->items = arena_grow_array(
            table->arena, table->items, sizeof *table->items, table->count, table->capacity);
    }
    for (size_t i = 0; i < COLUMNS; i++)
        table->items[table->count][i] = cells[i] == NULL ? "" : text_clean(table->arena, cells[i]);
    table->count++;
}

static size_t
column_width(const Table *table, size_t column)
{
    size_t width = 0;

    for (size_t row = 0; row < table->count; row++) {
        const size_t cell = width_of(table->items[row][column]);

        width = cell > width ? cell : width;
    }
    return width;
}

static void
print_cell(Text *out, const char *cell, size_t width, bool right)
{
    const size_t fits = width_fit(cell, width);
    const size_t cells = width_of(cell);
    const int pad = (int)(cells < width ? width - cells : 0);

    if (right)
        text_add_format(out, "%*s%.*s", pad, "", (int)fits, cell);
    else
        text_add_format(out, "%.*s%*s", (int)fits, cell, pad, "");
}

// The last numbers give way first, then the names.
static void
table_print(const Table *table, Text *out)
{
    size_t widths[COLUMNS], used = 0, columns = 0;

    for (; columns < COLUMNS; columns++) {
        widths[columns] = column_width(table, columns);
        if (widths[columns] == 0)
            break;
    }
    for (size_t i = 0; i < columns; i++)
        used += widths[i] + (i > 0 ? GAP : 0);
    for (; columns > 2 && used - widths[0] + NAME_MIN > table->room; columns--)
        used -= widths[columns - 1] + GAP;
    if (used > table->room)
        widths[0] -= used - table->room < widths[0] ? used - table->room : widths[0];
    for (size_t row = 0; row < table->count; row++) {
        const size_t begun = out->length;

        for (size_t i = 0; i < columns; i++) {
            if (i > 0)
                text_add_format(out, "%*s", GAP, "");
            print_cell(out, table->items[row][i], widths[i], i > 0);
        }
        while (out->length > begun && out->bytes[out->length - 1] == ' ')
            out->bytes[--out->length] = '\0';
        text_add(out, "\n");
    }
}

static const char *
real(Arena *arena, int digits, double value)
{
    return isnan(value) ? "-" : arena_printf(arena, "%.*f", digits, value);
}

// "0.806 (0.795-0.817)"
static const char *
number(Arena *arena, int digits, BacktestNumber number)
{
    if (isnan(number.low))
        return real(arena, digits, number.value);
    return arena_printf(
        arena, "%.*f (%.*f-%.*f)", digits, number.value, digits, number.low, digits, number.high);
}

static const char *
share(Arena *arena, double value)
{
    return words_share(arena, LANGUAGE_ENGLISH, value);
}

static const char *
count(Arena *arena, int64_t number)
{
    return words_count(arena, LANGUAGE_ENGLISH, number);
}

static void
print_methods(Text *out, const BacktestAnswer *answer, bool unweighted, size_t columns)
{
    Table table = {.arena = out->arena, .room = columns};

    add_row(&table, (const char *[COLUMNS]){unweighted ? "METHOD (EACH ROW ONCE)" : "METHOD", "AUC",
                        "LOG LOSS", "AP", "ECE", "SKILL", "FIRST 100", "SLOPE"});
    for (size_t i = 0; i < answer->method_count; i++) {
        const BacktestMethod *const method = &answer->methods[i];
        const BacktestScores *const scores = unweighted ? &method->unweighted : &method->scores;

        add_row(&table,
            (const char *[COLUMNS]){method->label, number(out->arena, 3, scores->auc),
                number(out->arena, 4, scores->log_loss),
                real(out->arena, 3, scores->average_precision.value),
                real(out->arena, 4, scores->ece.value), real(out->arena, 3, scores->brier_skill),
                share(out->arena, method->precision_at_100), real(out->arena, 2, scores->slope)});
    }
    table_print(&table, out);
}

static void
print_lists(Text *out, const BacktestAnswer *answer, size_t columns)
{
    Table table = {.arena = out->arena, .room = columns};

    add_row(&table, (const char *[COLUMNS]){"LIST", "LISTED", "TRUE", "FOUND", "AP",
                        "FALSE: STATED", "HAPPENED", "VIGIE'S"});
    for (size_t i = 0; i < answer->list_count; i++) {
        const BacktestList *const list = &answer->lists[i];

        add_row(&table, (const char *[COLUMNS]){list->label, count(out->arena, list->listed),
                            share(out->arena, list->precision), share(out->arena, list->recall),
                            real(out->arena, 3, list->average_precision),
                            list->is_rule ? "" : share(out->arena, list->false_stated),
                            list->is_rule ? "" : share(out->arena, list->false_happened.value),
                            list->is_rule ? share(out->arena, list->vigie_precision) : ""});
    }
    table_print(&table, out);
}

// A sentence in lines of at most so many columns.
static void
print_sentence(Text *out, size_t columns, const char *sentence)
{
    size_t taken = 0;

    while (*sentence != '\0') {
        const size_t length = strcspn(sentence, " ");
        const char *const word = arena_copy_bytes(out->arena, sentence, length);
        const size_t width = width_of(word);

        if (taken > 0 && taken + 1 + width > columns) {
            text_add(out, "\n");
            taken = 0;
        }
        text_add_format(out, "%s%s", taken > 0 ? " " : "", word);
        taken += width + (taken > 0);
        sentence += length + (sentence[length] == ' ');
    }
    text_add(out, "\n");
}

static void
print_answer(Text *out, const BacktestReport *report, const BacktestAnswer *answer, size_t columns)
{
    Arena *const arena = out->arena;
    const BacktestScores *const scores = &answer->methods[0].scores;

    text_add(out, "\n");
    print_sentence(out, columns, arena_printf(arena, "P(%s): %s", answer->name, answer->truth));
    print_sentence(out, columns, arena_printf(arena, "of %s", answer->population));
    print_sentence(out, columns,
        arena_printf(arena, "%s parcel-nights of %s parcels; %s came true, %s was stated",
            count(arena, scores->count), count(arena, answer->parcels),
            share(arena, scores->base_rate), share(arena, scores->stated)));
    if (answer->not_matured + answer->abstained > 0)
        print_sentence(out, columns,
            arena_printf(arena, "not scored: %s whose outcome is not known yet, %s abstained",
                count(arena, answer->not_matured), count(arena, answer->abstained)));
    text_add(out, "\n");
    print_methods(out, answer, false, columns);
    if (report->is_weighted) {
        text_add(out, "\n");
        print_methods(out, answer, true, columns);
    }
    text_add(out, "\n");
    print_lists(out, answer, columns);
}

static void
print_rest(Text *out, const BacktestReport *report, size_t columns)
{
    Arena *const arena = out->arena;
    const BacktestLead *const lead = &report->lead;
    Text warned = {.arena = arena};
    Text silence = {.arena = arena};

    text_add_format(&warned, "Warned before the promise: %s of %s parcels that came late",
        count(arena, lead->warned), count(arena, lead->late));
    if (lead->warned > 0)
        text_add_format(&warned, ", half of them at least %s ahead",
            words_hours(arena, LANGUAGE_ENGLISH, lead->median));
    text_add(&silence, "Silence of parcels that were not lost was beyond p of .1, .01, .001");
    for (size_t i = 0; i < BACKTEST_SILENCES; i++)
        text_add_format(
            &silence, "%s %s", i > 0 ? "," : "", real(arena, 1, report->silence[i].ratio));
    text_add(&silence, " times as often as stated");
    text_add(out, "\n");
    print_sentence(out, columns, text_get(&warned));
    print_sentence(out, columns, text_get(&silence));
}

const char *
report_backtest_table(Arena *arena, const BacktestReport *report, size_t columns)
{
    Text out = {.arena = arena};
    const size_t room = columns < WIDTH_MIN ? WIDTH_MIN : columns;
    const Instant known_by = report->outcomes_known_by;

    print_sentence(&out, room,
        arena_printf(arena, "%zu night%s from %s to %s, every %d day%s; outcomes known by %s",
            report->night_count, report->night_count == 1 ? "" : "s",
            day_print(arena, report->from), day_print(arena, report->to), report->every_days,
            report->every_days == 1 ? "" : "s",
            known_by == INSTANT_NONE ? "-" : instant_print(arena, known_by)));
    print_sentence(&out, room,
        arena_printf(arena, "%s parcel-nights of %s parcels were judged",
            count(arena, report->row_count), count(arena, (int64_t)report->parcel_count)));
    for (int q = 0; q < BACKTEST_QUESTIONS; q++)
        print_answer(&out, report, &report->answers[q], room);
    print_rest(&out, report, room);
    return text_get(&out);
}
