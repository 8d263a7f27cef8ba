#include "config/settlement_map.h"

#include "config/reader.h"
#include "core/money.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

const char *const SETTLEMENT_COLUMN_NAMES[SETTLEMENT_COLUMNS] = {
    [SETTLEMENT_REFERENCE] = "claim_reference",
    [SETTLEMENT_TRACKING_NUMBER] = "tracking_number",
    [SETTLEMENT_AMOUNT] = "amount",
    [SETTLEMENT_CURRENCY] = "currency",
    [SETTLEMENT_CREDIT_NOTE] = "credit_note",
    [SETTLEMENT_DATE] = "date",
    [SETTLEMENT_REASON] = "reason",
};

const SettlementMap SETTLEMENT_MAP_GENERIC = {
    .id = "generic",
    .file = "",
    .separator = ',',
    .currency = "",
    .columns = {"claim_reference", "tracking_number", "amount", "currency", "credit_note", "date",
        "reason"},
};

// A line must say which claim it means, and what it pays.
static void
check_columns(Reader *reader, const Node *node, const SettlementMap *map)
{
    if (*map->columns[SETTLEMENT_REFERENCE] == '\0' &&
        *map->columns[SETTLEMENT_TRACKING_NUMBER] == '\0' &&
        *map->columns[SETTLEMENT_CREDIT_NOTE] == '\0')
        reader_problem(reader, node,
            "needs one of claim_reference, tracking_number and credit_note, or no line can be "
            "matched");
    if (*map->columns[SETTLEMENT_CURRENCY] == '\0' && *map->currency == '\0')
        reader_problem(reader, node, "needs a column for the currency, or \"currency\" beside it");
}

static void
read_columns(Reader *reader, const Node *root, SettlementMap *map)
{
    const Node *const node = node_child(root, "columns");

    for (size_t i = 0; i < SETTLEMENT_COLUMNS; i++)
        map->columns[i] = "";
    if (node == NULL) {
        reader_problem(reader, root, "needs \"columns\"");
        return;
    }
    if (!reader_keys(reader, node, SETTLEMENT_COLUMN_NAMES, SETTLEMENT_COLUMNS))
        return;
    for (size_t i = 0; i < SETTLEMENT_COLUMNS; i++)
        map->columns[i] = reader_text(
            reader, node, SETTLEMENT_COLUMN_NAMES[i], i == SETTLEMENT_AMOUNT ? REQUIRED : OPTIONAL);
    check_columns(reader, node, map);
}

static const char *
read_currency(Reader *reader, const Node *root)
{
    const char *const currency = reader_text(reader, root, "currency", OPTIONAL);

    if (*currency != '\0' && currency_digits(currency) < 0)
        reader_problem(
            reader, node_child(root, "currency"), "unrecognized currency \"%s\"", currency);
    return currency;
}

// The index of a choice; the first when the key is missing.
static int
choose(Reader *reader, const Node *root, const char *key, const char *const *choices, size_t count)
{
    const int chosen = reader_choice(reader, root, key, OPTIONAL, choices, count);

    return chosen < 0 ? 0 : chosen;
}

static SettlementMap
read_map(Reader *reader, const Node *root)
{
    static const char *const KEYS[] = {
        "id", "carriers", "separator", "encoding", "decimal", "date", "currency", "columns"};
    static const char *const SEPARATORS[] = {",", ";"};
    static const char *const DECIMALS[] = {"either", "point", "comma"};
    static const char *const DATES[] = {"iso", "day_first", "month_first"};
    SettlementMap map = {.id = "", .file = reader->file, .currency = ""};

    if (!reader_keys(reader, root, KEYS, COUNT_OF(KEYS)))
        return map;
    map.id = reader_id(reader, root);
    map.carriers = reader_texts(reader, root, "carriers", REQUIRED);
    map.separator =
        *SEPARATORS[choose(reader, root, "separator", SEPARATORS, COUNT_OF(SEPARATORS))];
    map.encoding = (Encoding)choose(reader, root, "encoding", ENCODING_NAMES, ENCODING_COUNT);
    map.decimal = (DecimalStyle)choose(reader, root, "decimal", DECIMALS, COUNT_OF(DECIMALS));
    map.date = (DateStyle)choose(reader, root, "date", DATES, COUNT_OF(DATES));
    map.currency = read_currency(reader, root);
    read_columns(reader, root, &map);
    return map;
}

static bool
names_carrier(const SettlementMap *map, const char *slug)
{
    for (size_t i = 0; i < map->carriers.count; i++)
        if (strcmp(map->carriers.items[i], slug) == 0)
            return true;
    return false;
}

static void
refuse_overlap(
    const SettlementMap *maps, size_t count, const SettlementMap *map, Problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(maps[i].id, map->id) == 0)
            problem_add(problems, map->file, 0, 0, "id", "\"%s\" is the id of \"%s\" already",
                map->id, maps[i].file);
        for (size_t k = 0; k < map->carriers.count; k++)
            if (names_carrier(&maps[i], map->carriers.items[k]))
                problem_add(problems, map->file, 0, 0, "carriers",
                    "carrier \"%s\" has the layout of \"%s\" already", map->carriers.items[k],
                    maps[i].file);
    }
}

bool
settlement_map_read(Arena *arena, const char *file, const char *bytes, size_t length,
    SettlementMap *out, Problems *problems)
{
    Reader reader = {.arena = arena, .problems = problems, .file = file};
    const size_t before = problems->count;
    const Node *const root = yaml_read(arena, file, bytes, length, problems);
    const SettlementMap map = root != NULL ? read_map(&reader, root) : (SettlementMap){0};

    if (problems->count > before)
        return false;
    *out = map;
    return true;
}

static bool
load_one(Arena *arena, const char *file, SettlementMap *out, Problems *problems)
{
    size_t length = 0;
    const char *const bytes = reader_bytes(arena, file, &length, problems);

    return bytes != NULL && settlement_map_read(arena, file, bytes, length, out, problems);
}

bool
settlement_maps_load(
    Arena *arena, TextList places, SettlementMaps *out, Problems *problems, Err *err)
{
    const size_t before = problems->count;
    const TextList files = reader_files(arena, places, problems);
    SettlementMap *const maps = ARENA_ARRAY(arena, SettlementMap, files.count);
    size_t count = 0;

    for (size_t i = 0; i < files.count; i++)
        if (load_one(arena, files.items[i], &maps[count], problems)) {
            refuse_overlap(maps, count, &maps[count], problems);
            count++;
        }

    const size_t found = problems->count - before;

    if (found > 0)
        return err_set(err, ERR_CONFIG, "%zu problem%s in the layouts of settlements", found,
            found == 1 ? "" : "s");
    *out = (SettlementMaps){.items = maps, .count = count};
    return true;
}

const SettlementMap *
settlement_map_of(const SettlementMaps *maps, const char *carrier_slug)
{
    for (size_t i = 0; i < maps->count; i++)
        if (names_carrier(&maps->items[i], carrier_slug))
            return &maps->items[i];
    return &SETTLEMENT_MAP_GENERIC;
}
