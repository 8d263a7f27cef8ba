#include "config/assign.h"
#include "config/reader.h"
#include "config/records.h"
#include "config/values.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/money.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define NAME_MAX_GUESSED 64  // longer keys are no typing errors, and costly to compare

static const Field *
find_field(const char *path)
{
    for (size_t i = 0; i < config_field_count(); i++)
        if (strcmp(config_field(i)->path, path) == 0)
            return config_field(i);
    return NULL;
}

static bool
is_section(const char *path)
{
    const char *const start = path;

    for (size_t i = 0; i < config_field_count(); i++)
        if (text_starts_with(config_field(i)->path, start) &&
            config_field(i)->path[strlen(start)] == '.')
            return true;
    return false;
}

// The nearest path or section, so that "databse:" is understood as well as "database.ur:".
static const char *
nearest_name(Loader *loader, const char *path)
{
    Items names = {.arena = loader->arena};

    for (size_t i = 0; i < config_field_count(); i++) {
        const char *const name = config_field(i)->path;
        const char *const point = strchr(name, '.');

        ARENA_PUSH(&names, name);
        if (point != NULL)
            ARENA_PUSH(&names, arena_copy_bytes(loader->arena, name, (size_t)(point - name)));
    }
    return strlen(path) > NAME_MAX_GUESSED ? NULL : text_nearest(path, names.items, names.count);
}

static void
read_mapping(Loader *loader, const Node *mapping)
{
    for (const Node *child = mapping->first; child != NULL; child = child->next) {
        const char *const path = node_path(loader->arena, child);
        const Field *const field = find_field(path);
        Place place = value_place(loader, child);

        if (field != NULL) {
            value_read(loader, field, child);
        } else if (!is_section(path)) {
            place.line = child->key_line;
            place.column = child->key_column;
            loader_complain(loader, &place,
                value_unrecognized(loader, "unrecognized setting", nearest_name(loader, path)));
        } else if (child->kind != NODE_MAPPING) {
            loader_complain(loader, &place, "expected \"name: value\" lines");
        } else {
            read_mapping(loader, child);
        }
    }
}

static void
read_settings_file(Loader *loader, const char *path)
{
    size_t length = 0;
    const char *const bytes = reader_bytes(loader->arena, path, &length, loader->problems);

    if (bytes == NULL)
        return;

    const Node *const root =
        yaml_read(loader->arena, loader->file, bytes, length, loader->problems);

    if (root == NULL)
        return;

    const Place top = value_place(loader, root);

    if (root->kind == NODE_MAPPING)
        read_mapping(loader, root);
    else if (!node_is_null(root))
        loader_complain(loader, &top, "expected \"name: value\" lines");
}

// Names the program itself or its tests use; VIGIE_CHANNEL_... are secrets of channels, as VIGIE_LINEAGE_SECRET is.
static bool
is_not_a_setting(const char *name)
{
    static const char *const OTHERS[] = {"VIGIE_CONFIG", "VIGIE_PROGRAM", "VIGIE_SHARED_BUFFERS"};

    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++)
        if (strcmp(name, OTHERS[i]) == 0)
            return true;
    return text_starts_with(name, "VIGIE_TEST_") || text_starts_with(name, "VIGIE_CHANNEL_") ||
           text_equal(name, "VIGIE_LINEAGE_SECRET");
}

static const Field *
find_environment(Loader *loader, const char *name, const char **nearest)
{
    Items names = {.arena = loader->arena};

    for (size_t i = 0; i < config_field_count(); i++) {
        ARENA_PUSH(&names, field_environment(loader->arena, config_field(i)));
        if (strcmp(names.items[i], name) == 0)
            return config_field(i);
    }
    *nearest =
        strlen(name) > NAME_MAX_GUESSED ? NULL : text_nearest(name, names.items, names.count);
    return NULL;
}

static void
read_environment(Loader *loader)
{
    for (char *const *entry = loader->environment; entry != NULL && *entry != NULL; entry++) {
        const size_t length = strcspn(*entry, "=");

        if (!text_starts_with(*entry, "VIGIE_") || (*entry)[length] != '=')
            continue;

        const char *const name = arena_copy_bytes(loader->arena, *entry, length);
        const char *nearest = NULL;
        const Field *const field =
            is_not_a_setting(name) ? NULL : find_environment(loader, name, &nearest);
        const Place place = {.file = "environment",
            .origin = arena_printf(loader->arena, "environment %s", name),
            .name = name};

        if (field != NULL)
            assign_text(loader, field, &place, *entry + length + 1);
        else if (!is_not_a_setting(name))
            loader_complain(loader, &place, value_unrecognized(loader, "sets no setting", nearest));
    }
}

static void
read_override(Loader *loader, const SettingOverride *override)
{
    const Field *const field = find_field(override->path);
    const Place place = {.file = "option", .origin = "option", .name = override->path};

    if (field != NULL)
        assign_text(loader, field, &place, override->value);
    else
        loader_complain(loader, &place,
            value_unrecognized(
                loader, "unrecognized setting", nearest_name(loader, override->path)));
}

static void
set_defaults(Loader *loader)
{
    for (size_t i = 0; i < config_field_count(); i++) {
        const Place place = {.file = "default", .origin = "default", .name = config_field(i)->path};

        assign_text(loader, config_field(i), &place, config_field(i)->initial);
    }
}

// Amounts can be read only when the currency is known, that is at the end.
static void
check_amounts(Loader *loader)
{
    const Settings *const settings = (const Settings *)(const void *)loader->settings;

    for (size_t i = 0; i < config_field_count(); i++) {
        Err err = {0};
        Money money = MONEY_NONE;

        if (config_field(i)->type != FIELD_MONEY)
            continue;
        if (!money_parse(loader->values[i], settings->currency, &money, &err))
            loader_complain(loader, &loader->places[i], arena_copy(loader->arena, err.text));
        else if (money.minor < 0)
            loader_complain(loader, &loader->places[i],
                arena_printf(loader->arena, "%s is less than 0", loader->values[i]));
    }
}

static bool
set_base(Loader *loader, const char *path, Err *err)
{
    char folder[4096];

    if (getcwd(folder, sizeof folder) == NULL)
        return err_set(
            err, ERR_CONFIG, "could not find out the current folder: %s", strerror(errno));

    const char *const here = file_join(loader->arena, folder, ".");

    loader->file = path == NULL ? "" : file_beside(loader->arena, here, path);
    loader->base = path == NULL ? here : loader->file;
    return true;
}

static void
finish(const Loader *loader, SettingsLoaded *out)
{
    SettingOrigin *const origins = ARENA_ARRAY(loader->arena, SettingOrigin, config_field_count());
    Text all = {.arena = loader->arena};

    for (size_t i = 0; i < config_field_count(); i++) {
        origins[i] = (SettingOrigin){.path = config_field(i)->path,
            .value = loader->values[i],
            .origin = loader->places[i].origin};
        text_add_format(&all, "%s=%s\n", origins[i].path, origins[i].value);
    }
    *out = (SettingsLoaded){.settings = (const Settings *)(const void *)loader->settings,
        .origins = origins,
        .origin_count = config_field_count(),
        .sha256 = text_sha256(loader->arena, all.bytes, all.length)};
}

bool
settings_load(Arena *arena, const char *path, const SettingOverride *overrides,
    size_t override_count, char *const *environment, SettingsLoaded *out, Problems *problems,
    Err *err)
{
    Settings *const settings = ARENA_NEW(arena, Settings);
    Loader loader = {.arena = arena,
        .problems = problems,
        .environment = environment,
        .settings = (char *)settings,
        .values = ARENA_ARRAY(arena, const char *, config_field_count()),
        .places = ARENA_ARRAY(arena, Place, config_field_count())};
    RecordsLoaded records = {.arena = arena};
    const size_t before = problems->count;

    loader.records = &records;
    if (!set_base(&loader, path, err))
        return false;
    settings->file = loader.file;
    set_defaults(&loader);
    if (path != NULL)
        read_settings_file(&loader, path);
    read_environment(&loader);
    for (size_t i = 0; i < override_count; i++)
        read_override(&loader, &overrides[i]);
    check_amounts(&loader);
    records_check_alerts(&loader);

    const size_t found = problems->count - before;

    if (found > 0)
        return err_set(
            err, ERR_CONFIG, "%zu problem%s in the settings", found, found == 1 ? "" : "s");
    finish(&loader, out);
    return true;
}
