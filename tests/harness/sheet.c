#include "tests/harness/sheet.h"

#include "core/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool
take(void *data, const CsvRecord *record, Err *err)
{
    Sheet *const sheet = data;

    if (sheet->columns == 0)
        sheet->columns = record->count;
    if (record->problem != NULL || record->count != sheet->columns)
        return err_set(err, ERR_DATA, "line %lld: %s", (long long)record->line,
            record->problem != NULL ? record->problem : "not as long as the header");
    for (size_t i = 0; i < record->count; i++)
        ARENA_PUSH(sheet, (const char *)arena_copy(sheet->arena, record->fields[i]));
    return true;
}

Sheet *
sheet_read(Arena *arena, const char *path)
{
    Sheet *const sheet = ARENA_NEW(arena, Sheet);
    FILE *const file = fopen(path, "r");
    Err err = {0};

    *sheet = (Sheet){.arena = arena, .path = path};
    if (file == NULL) {
        print_message("skipped: there is no %s\n", path);
        return NULL;
    }
    if (!csv_read(file, ',', take, sheet, &err))
        fail_msg("%s: %s", path, err.text);
    fclose(file);
    return sheet;
}

size_t
sheet_rows(const Sheet *sheet)
{
    return sheet->columns == 0 ? 0 : sheet->count / sheet->columns - 1;
}

const char *
sheet_cell(const Sheet *sheet, size_t row, const char *column)
{
    for (size_t i = 0; i < sheet->columns; i++)
        if (strcmp(sheet->items[i], column) == 0)
            return sheet->items[(row + 1) * sheet->columns + i];
    fail_msg("%s has no column \"%s\"", sheet->path, column);
    return "";
}
