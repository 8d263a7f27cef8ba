#include "config/fields.h"

#include <string.h>

static const char SAMPLE_HEAD[] =
    "# Settings of Vigie: every one, with its default. Remove what you do not change.\n"
    "# A value may be given by the environment instead (VIGIE_DATABASE_URL for database.url) or "
    "by\n"
    "# --set database.url=...; both win over this file. ${NAME} inside a value stands for an "
    "environment\n"
    "# variable. No password belongs here: see PGPASSFILE, alerts.password_file and "
    "docs/alerts.md.\n";

// The length of "database" in "database.url"; 0 for a setting without a section.
static size_t
section_length(const char *path)
{
    const char *const point = strchr(path, '.');

    return point == NULL ? 0 : (size_t)(point - path);
}

static bool
opens_section(size_t index)
{
    const char *const path = config_field(index)->path;
    const size_t length = section_length(path);

    return length > 0 && (index == 0 || section_length(config_field(index - 1)->path) != length ||
                             strncmp(config_field(index - 1)->path, path, length) != 0);
}

static bool
closes_section(size_t index)
{
    return section_length(config_field(index)->path) > 0 &&
           (index + 1 == config_field_count() || opens_section(index + 1) ||
               section_length(config_field(index + 1)->path) == 0);
}

static const char *
name_in_section(const Field *field)
{
    const size_t length = section_length(field->path);

    return field->path + (length == 0 ? 0 : length + 1);
}

static bool
is_number(const Field *field)
{
    return field->type == FIELD_INT || field->type == FIELD_REAL;
}

static bool
needs_quotes(const Field *field)
{
    const char *const value = field->initial;

    return *value == '\0' ||
           value[strspn(value,
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-")] != '\0';
}

static void
add_range(Text *out, const Field *field)
{
    if (is_number(field))
        text_add_format(out, " (%.10g to %.10g)", field->min, field->max);
    for (size_t i = 0; field->type == FIELD_CHOICE && field->choices[i] != NULL; i++)
        text_add_format(out, "%s%s", i == 0 ? " (" : ", ", field->choices[i]);
    if (field->type == FIELD_CHOICE)
        text_add(out, ")");
}

// The keys of a record, as comments: nothing of them is in force.
static void
add_sample_record(Text *out, const RecordKind *kind)
{
    text_add(out, "  # a list of items with these keys:\n");
    for (size_t i = 0; i < kind->count; i++) {
        const Field *const field = &kind->fields[i];

        text_add_format(out, "  #   %s %s: ", i == 0 ? "-" : " ", field->path);
        if (field_is_list(field))
            text_add_format(out, "[%s]", field->initial);
        else
            text_add_format(out, needs_quotes(field) ? "\"%s\"" : "%s", field->initial);
        text_add_format(out, "  # %s", field->help);
        add_range(out, field);
        text_add(out, "\n");
    }
}

static void
add_sample_value(Text *out, const Field *field)
{
    if (field_is_list(field) || field->type == FIELD_RECORDS)
        text_add(out, "[]");
    else
        text_add_format(out, needs_quotes(field) ? "\"%s\"" : "%s", field->initial);
}

void
settings_print_sample(Text *out)
{
    text_add(out, SAMPLE_HEAD);
    for (size_t i = 0; i < config_field_count(); i++) {
        const Field *const field = config_field(i);
        const size_t section = section_length(field->path);
        const char *const indent = section > 0 ? "  " : "";

        if (opens_section(i) || section == 0)
            text_add(out, "\n");
        if (opens_section(i))
            text_add_format(out, "%.*s:\n", (int)section, field->path);
        text_add_format(out, "%s# %s", indent, field->help);
        add_range(out, field);
        text_add(out, "\n");
        if (field->type == FIELD_RECORDS)
            add_sample_record(out, field->record);
        text_add_format(out, "%s%s: ", indent, name_in_section(field));
        add_sample_value(out, field);
        text_add(out, "\n");
    }
}

static void add_schema_type(Text *out, const Field *field);

static void
add_schema_record(Text *out, const RecordKind *kind)
{
    text_add_format(out,
        "\"type\": \"array\", \"default\": [], \"items\": {\"type\": \"object\", "
        "\"additionalProperties\": false, \"required\": [\"%s\"], \"properties\": {",
        kind->fields[0].path);
    for (size_t i = 0; i < kind->count; i++) {
        text_add_format(out, "%s\n          \"%s\": {\"description\": \"%s\", ", i > 0 ? "," : "",
            kind->fields[i].path, kind->fields[i].help);
        add_schema_type(out, &kind->fields[i]);
        text_add(out, "}");
    }
    text_add(out, "}}");
}

static void
add_schema_texts(Text *out, const Field *field)
{
    const char *at = field->initial;

    text_add(out, "\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"default\": [");
    while (*at != '\0') {
        const size_t length = strcspn(at, ",");

        text_add_format(out, "%s\"%.*s\"", at > field->initial ? ", " : "", (int)length, at);
        at += length + strspn(at + length, ", ");
    }
    text_add(out, "]");
}

// Texts of the table need no escapes: they hold neither quotes nor backslashes (the tests parse the result).
static void
add_schema_type(Text *out, const Field *field)
{
    switch (field->type) {
    case FIELD_INT:
    case FIELD_REAL:
        text_add_format(out,
            "\"type\": \"%s\", \"minimum\": %.10g, \"maximum\": %.10g, \"default\": %s",
            field->type == FIELD_INT ? "integer" : "number", field->min, field->max,
            field->initial);
        break;
    case FIELD_TEXTS:
    case FIELD_PATHS:
        add_schema_texts(out, field);
        break;
    case FIELD_RECORDS:
        add_schema_record(out, field->record);
        break;
    case FIELD_MONEY:
        text_add_format(
            out, "\"type\": [\"number\", \"string\"], \"default\": \"%s\"", field->initial);
        break;
    default:
        text_add_format(out, "\"type\": \"string\", \"default\": \"%s\"", field->initial);
        break;
    }
    for (size_t i = 0; field->type == FIELD_CHOICE && field->choices[i] != NULL; i++)
        text_add_format(out, "%s\"%s\"", i == 0 ? ", \"enum\": [" : ", ", field->choices[i]);
    if (field->type == FIELD_CHOICE)
        text_add(out, "]");
}

void
settings_print_schema(Text *out)
{
    text_add(out, "{\n"
                  "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                  "  \"title\": \"Settings of Vigie\",\n"
                  "  \"type\": \"object\",\n"
                  "  \"additionalProperties\": false,\n"
                  "  \"properties\": {\n");
    for (size_t i = 0; i < config_field_count(); i++) {
        const Field *const field = config_field(i);
        const size_t section = section_length(field->path);
        const bool last = i + 1 == config_field_count();

        if (opens_section(i))
            text_add_format(out,
                "    \"%.*s\": {\n      \"type\": \"object\",\n      \"additionalProperties\": "
                "false,\n"
                "      \"properties\": {\n",
                (int)section, field->path);
        text_add_format(out, "%s\"%s\": {\"description\": \"%s\", ",
            section > 0 ? "        " : "    ", name_in_section(field), field->help);
        add_schema_type(out, field);
        text_add(out, last || closes_section(i) ? "}\n" : "},\n");
        if (closes_section(i))
            text_add(out, last ? "      }\n    }\n" : "      }\n    },\n");
    }
    text_add(out, "  }\n}\n");
}

// A URI's parameters could carry what we do not know to be a secret.
static void
add_value(Text *out, const Field *field, const char *value)
{
    const char *const query = field->secret ? strchr(value, '?') : NULL;

    if (query == NULL)
        text_add_format(out, "\"%s\"", value);
    else
        text_add_format(out, "\"%.*s?...\"", (int)(query - value), value);
}

void
settings_print_effective(Text *out, const SettingsLoaded *loaded)
{
    for (size_t i = 0; i < loaded->origin_count; i++) {
        const Field *const field = config_field(i);
        const SettingOrigin *const origin = &loaded->origins[i];

        text_add_format(out, "%s = ", origin->path);
        if (is_number(field))
            text_add(out, origin->value);
        else
            add_value(out, field, origin->value);
        text_add_format(out, "   # %s\n", origin->origin);
    }
}
