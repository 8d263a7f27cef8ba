// Any bytes as a carrier's file: what was accepted can be found again.
#include "config/catalogue_internal.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    Catalogue *const catalogue = catalogue_create(arena);

    catalogue_add(catalogue, "f", length == 0 ? "" : (const char *)bytes, length, &problems);
    if (problems.count == 0 && catalogue_count(catalogue) != 1)
        abort();
    if (problems.count == 0) {
        const CarrierEntry *const entry = catalogue_carrier(catalogue, 0);

        if (catalogue_find(catalogue, entry->id) != 0 ||
            catalogue_find(catalogue, entry->name) != 0)
            abort();
        catalogue_code(catalogue, 0, entry->name, entry->id);
    }
    arena_destroy(arena);
    return 0;
}
