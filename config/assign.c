#include "config/assign.h"

#include "core/file.h"

#include <string.h>

void
loader_complain(Loader *loader, const Place *place, const char *problem)
{
    problem_add(
        loader->problems, place->file, place->line, place->column, place->name, "%s", problem);
}

static void
complain_about_range(Loader *loader, const Field *field, const Place *place, const char *text)
{
    loader_complain(loader, place,
        arena_printf(loader->arena, "%s is outside %.10g to %.10g", text, field->min, field->max));
}

static bool
assign_int(Loader *loader, const Field *field, const Place *place, const char *text)
{
    int64_t value = 0;

    if (!text_parse_int(text, &value)) {
        loader_complain(
            loader, place, arena_printf(loader->arena, "\"%s\" is no whole number", text));
        return false;
    }
    if ((double)value < field->min || (double)value > field->max) {
        complain_about_range(loader, field, place, text);
        return false;
    }
    *(int64_t *)(void *)(loader->settings + field->offset) = value;
    return true;
}

static bool
assign_real(Loader *loader, const Field *field, const Place *place, const char *text)
{
    double value = 0;

    if (!text_parse_real(text, &value)) {
        loader_complain(loader, place, arena_printf(loader->arena, "\"%s\" is no number", text));
        return false;
    }
    if (value < field->min || value > field->max) {
        complain_about_range(loader, field, place, text);
        return false;
    }
    *(double *)(void *)(loader->settings + field->offset) = value;
    return true;
}

static bool
is_choice(Loader *loader, const Field *field, const Place *place, const char *text)
{
    Text known = {.arena = loader->arena};

    for (size_t i = 0; field->choices[i] != NULL; i++) {
        if (strcmp(field->choices[i], text) == 0)
            return true;
        text_add_format(&known, "%s\"%s\"", i == 0 ? "" : " or ", field->choices[i]);
    }
    loader_complain(
        loader, place, arena_printf(loader->arena, "\"%s\" is not %s", text, text_get(&known)));
    return false;
}

bool
loader_check(Loader *loader, const Field *field, const Place *place, const char *text)
{
    const char *const problem = field->check == NULL ? NULL : field->check(loader->arena, text);

    if (problem != NULL)
        loader_complain(loader, place, problem);
    return problem == NULL;
}

static const char *
resolve(Loader *loader, const Field *field, const char *text)
{
    const bool is_path = field->type == FIELD_PATH || field->type == FIELD_PATHS;

    if (!is_path || *text == '\0')
        return arena_copy(loader->arena, text);
    return file_beside(loader->arena, loader->base, text_starts_with(text, "./") ? text + 2 : text);
}

static void
put_in_force(Loader *loader, const Field *field, const Place *place, const char *value)
{
    const size_t index = loader->record == NULL ? config_field_index(field)
                                                : (size_t)(field - loader->record->fields);

    loader->values[index] = value;
    loader->places[index] = *place;
}

void
assign_scalar(Loader *loader, const Field *field, const Place *place, const char *text)
{
    bool good = false;

    if (field->type == FIELD_INT)
        good = assign_int(loader, field, place, text);
    else if (field->type == FIELD_REAL)
        good = assign_real(loader, field, place, text);
    else if (field->type == FIELD_CHOICE)
        good = is_choice(loader, field, place, text);
    else
        good = loader_check(loader, field, place, text);
    if (!good)
        return;

    const char *const value = resolve(loader, field, text);

    if (field->type != FIELD_INT && field->type != FIELD_REAL)
        *(const char **)(void *)(loader->settings + field->offset) = value;
    put_in_force(loader, field, place, value);
}

void
assign_list(Loader *loader, const Field *field, const Place *place, const Items *given)
{
    Items items = {.arena = loader->arena};
    Text shown = {.arena = loader->arena};

    for (size_t i = 0; i < given->count; i++) {
        ARENA_PUSH(&items, resolve(loader, field, given->items[i]));
        text_add_format(&shown, "%s%s", i == 0 ? "" : ", ", items.items[i]);
    }
    *(TextList *)(void *)(loader->settings + field->offset) =
        (TextList){.items = items.items, .count = items.count};
    put_in_force(loader, field, place, text_get(&shown));
}

void
assign_records(Loader *loader, const Field *field, const Place *place, const RecordList *records,
    const char *shown)
{
    *(RecordList *)(void *)(loader->settings + field->offset) = *records;
    put_in_force(loader, field, place, shown);
}

void
assign_text(Loader *loader, const Field *field, const Place *place, const char *text)
{
    Items items = {.arena = loader->arena};

    if (!text_is_utf8(text, strlen(text))) {
        loader_complain(loader, place, "is not valid UTF-8");
        return;
    }
    if (field->type == FIELD_RECORDS) {
        if (*text != '\0')
            loader_complain(loader, place, "can be given by the settings file alone");
        else
            assign_records(loader, field, place, &(RecordList){0}, "");
        return;
    }
    if (!field_is_list(field)) {
        assign_scalar(loader, field, place, text);
        return;
    }
    for (const char *at = text; *at != '\0';) {
        const char *const start = at + strspn(at, " ,");
        const size_t length = strcspn(start, ",");
        const char *const item = arena_copy_bytes(loader->arena, start, length);

        if (length > 0 && loader_check(loader, field, place, item))
            ARENA_PUSH(&items, item);
        at = start + length;
    }
    assign_list(loader, field, place, &items);
}
