// Any bytes as the layout of a settlement file: what was accepted can match a line, and tells its money.
#include "config/settlement_map.h"
#include "core/money.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static bool
has(const SettlementMap *map, int column)
{
    return *map->columns[column] != '\0';
}

static void
check(const SettlementMap *map)
{
    const SettlementMaps all = {.items = map, .count = 1};

    require(*map->id != '\0' && map->carriers.count > 0);
    require(settlement_map_of(&all, map->carriers.items[0]) == map);
    require(map->separator == ',' || map->separator == ';');
    require(has(map, SETTLEMENT_AMOUNT));
    require(has(map, SETTLEMENT_REFERENCE) || has(map, SETTLEMENT_TRACKING_NUMBER) ||
            has(map, SETTLEMENT_CREDIT_NOTE));
    require(has(map, SETTLEMENT_CURRENCY) || currency_digits(map->currency) >= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Arena *const arena = arena_create();
    Problems problems = {.arena = arena};
    SettlementMap map;
    const bool good = settlement_map_read(
        arena, "f", length == 0 ? "" : (const char *)bytes, length, &map, &problems);

    require(good == (problems.count == 0));
    if (good)
        check(&map);
    arena_destroy(arena);
    return 0;
}
