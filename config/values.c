#include "config/values.h"

#include "config/records.h"

#include <ctype.h>
#include <string.h>

const char *
value_unrecognized(Loader *loader, const char *what, const char *nearest)
{
    return nearest == NULL ? what
                           : arena_printf(loader->arena, "%s; did you mean \"%s\"?", what, nearest);
}

static const char *
environment_value(const Loader *loader, const char *name, size_t length)
{
    for (char *const *entry = loader->environment; entry != NULL && *entry != NULL; entry++)
        if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
            return *entry + length + 1;
    return NULL;
}

static size_t
variable_name_length(const char *text)
{
    size_t length = 0;

    while (isalnum((unsigned char)text[length]) || text[length] == '_')
        length++;
    return length;
}

// ${NAME} becomes the environment's value, $${ a plain ${. NULL after a problem. The values themselves are never
// repeated in a message: they may be secrets.
static const char *
expand(Loader *loader, const Place *place, const char *text)
{
    Text out = {.arena = loader->arena};

    while (*text != '\0') {
        const char *const next = strstr(text, "${");

        if (next == NULL) {
            text_add(&out, text);
            break;
        }
        if (next > text && next[-1] == '$') {
            text_add_bytes(&out, text, (size_t)(next - text) - 1);
            text_add(&out, "${");
            text = next + 2;
            continue;
        }

        const char *const name = next + 2;
        const size_t length = variable_name_length(name);
        const char *const value = environment_value(loader, name, length);

        if (length == 0 || name[length] != '}') {
            loader_complain(
                loader, place, "expected ${NAME}; write $${ for the characters themselves");
            return NULL;
        }
        if (value == NULL) {
            loader_complain(loader, place,
                arena_printf(
                    loader->arena, "environment variable \"%.*s\" is not set", (int)length, name));
            return NULL;
        }
        text_add_bytes(&out, text, (size_t)(next - text));
        text_add(&out, value);
        text = name + length + 1;
    }
    return text_get(&out);
}

Place
value_place(Loader *loader, const Node *node)
{
    return (Place){.file = loader->file,
        .line = node->line,
        .column = node->column,
        .origin = arena_printf(loader->arena, "%s:%zu", loader->file, node->line),
        .name = node_path(loader->arena, node)};
}

static const char *
text_of_node(Loader *loader, const Node *node, const Place *place)
{
    if (node->kind != NODE_SCALAR) {
        loader_complain(loader, place, "expected one value");
        return NULL;
    }
    if (node->refused)
        return NULL;
    if (node_is_null(node)) {
        loader_complain(loader, place, "has no value; write \"\" for an empty text");
        return NULL;
    }

    const char *const text = expand(loader, place, node->text);

    if (text != NULL && !text_is_utf8(text, strlen(text))) {
        loader_complain(loader, place, "is not valid UTF-8 once its variables are filled in");
        return NULL;
    }
    return text;
}

static void
read_list(Loader *loader, const Field *field, const Node *node)
{
    const Place whole = value_place(loader, node);
    Items items = {.arena = loader->arena};

    if (node->kind != NODE_SEQUENCE) {
        loader_complain(loader, &whole, "expected a list, like [a, b]");
        return;
    }
    for (const Node *item = node->first; item != NULL; item = item->next) {
        const Place place = value_place(loader, item);
        const char *const text = text_of_node(loader, item, &place);

        if (text != NULL && loader_check(loader, field, &place, text))
            ARENA_PUSH(&items, text);
    }
    assign_list(loader, field, &whole, &items);
}

void
value_read(Loader *loader, const Field *field, const Node *node)
{
    if (field->type == FIELD_RECORDS) {
        records_read(loader, field, node);
        return;
    }
    if (field_is_list(field)) {
        read_list(loader, field, node);
        return;
    }

    const Place place = value_place(loader, node);
    const char *const text = text_of_node(loader, node, &place);

    if (text != NULL)
        assign_scalar(loader, field, &place, text);
}
