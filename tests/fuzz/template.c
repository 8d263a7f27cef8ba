// Any bytes as a template of messages or papers: it is filled, and in HTML no value gets in as it is.
#include "core/template.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define VALUE "<b onload=x>&\"'"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const TemplateSlot parcel[] = {
        {.name = "tracking", .text = VALUE}, {.name = "why", .text = ""}};
    static const TemplateScope parcels[] = {
        {.slots = parcel, .count = 2}, {.slots = parcel, .count = 2}};
    static const TemplateSlot slots[] = {{.name = "name", .text = VALUE},
        {.name = "cases", .items = parcels, .item_count = 2},
        {.name = "none", .items = parcels, .item_count = 0}};
    static const TemplateScope scope = {.slots = slots, .count = 3};

    if (length < 1)
        return 0;

    Arena *const arena = arena_create();
    const char *const source = arena_copy_bytes(arena, (const char *)bytes + 1, length - 1);
    const bool html = bytes[0] % 2 == 1;
    const char *const filled =
        template_fill(arena, source, &scope, html ? TEMPLATE_FORM_HTML : TEMPLATE_FORM_PLAIN);

    if (html && strstr(source, "<b") == NULL)
        require(strstr(filled, "<b") == NULL);
    if (strchr(source, '{') == NULL)
        require(strcmp(source, filled) == 0);
    arena_destroy(arena);
    return 0;
}
