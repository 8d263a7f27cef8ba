/*
 * The schemes of a carrier's file: what codes mean, and which are left out. A row without subcode is kept under two
 * keys, for scans without a subcode and for any, so that a user's row without subcode replaces ours whichever it was.
 */
#include "config/catalogue_internal.h"

#include <string.h>

// A scheme while it is read.
typedef struct SchemeReader
{
    CarrierReader *carrier;
    CodeRow about;        // what its rows have in common
    const char *subcode;  // of rows without one
    CodeRow *rows;
    size_t count;
} SchemeReader;

// Let a key lead to a row, and no longer to the one it led to.
static void
answer(Catalogue *catalogue, const CodeKey *key, CodeRow *row, size_t index)
{
    const int64_t before = map_get(catalogue->codes, key->bytes, key->length, -1);

    if (before >= 0)
        catalogue->rows.items[before]->answers--;
    row->answers++;
    map_put(catalogue->codes, key->bytes, key->length, (int64_t)index);
}

// Whether this file gives the key for the first time; a problem when not.
static bool
is_first(CarrierReader *carrier, const Node *node, const CodeKey *key, const CodeRow *row)
{
    bool is_new = false;

    if (key->length == 0) {
        reader_problem(&carrier->reader, node, "code and subcode are too long");
        return false;
    }
    map_intern(carrier->seen, key->bytes, key->length, 1, &is_new);
    if (!is_new)
        reader_problem(&carrier->reader, node, "code \"%s\" with subcode \"%s\" has a row already",
            row->code, row->subcode);
    return is_new;
}

static void
put_row(SchemeReader *scheme, const Node *node, CodeRow row)
{
    Catalogue *const catalogue = scheme->carrier->catalogue;
    const bool plain = strcmp(row.subcode, "none") == 0;
    const CodeKey exact =
        catalogue_key(scheme->carrier->carrier, row.code, plain ? "" : row.subcode);

    row.line = node->line;
    if (*row.code == '\0' || !is_first(scheme->carrier, node, &exact, &row))
        return;

    CodeRow *const kept = &scheme->rows[scheme->count++];
    const size_t index = catalogue->rows.count;

    *kept = row;
    ARENA_PUSH(&catalogue->rows, kept);
    answer(catalogue, &exact, kept, index);
    if (*row.subcode == '\0') {
        const CodeKey any = catalogue_key(scheme->carrier->carrier, row.code, NULL);

        answer(catalogue, &any, kept, index);
    }
}

static Milestone
read_milestone(Reader *reader, const Node *node)
{
    const char *const word = reader_text(reader, node, "milestone", REQUIRED);
    Milestone milestone = MILESTONE_UNMAPPED;

    if (*word != '\0' && !milestone_parse(word, &milestone))
        reader_problem(reader, node_child(node, "milestone"), "\"%s\" is no milestone", word);
    return milestone;
}

// What rows and codes left out have in common.
static CodeRow
read_key(const SchemeReader *scheme, const Node *node)
{
    Reader *const reader = &scheme->carrier->reader;
    CodeRow row = scheme->about;

    row.code = reader_text(reader, node, "code", REQUIRED);
    row.subcode = reader_text(reader, node, "subcode", OPTIONAL);
    if (*row.subcode == '\0')
        row.subcode = scheme->subcode;
    return row;
}

// Where the code moves a claim; only news of claims does.
static ClaimState
read_claim(Reader *reader, const Node *node, Milestone milestone)
{
    const char *const word = reader_text(reader, node, "claim", OPTIONAL);
    ClaimState state = 0;

    if (*word == '\0')
        return 0;
    if (milestone != MILESTONE_CLAIM_NEWS)
        reader_problem(reader, node_child(node, "claim"),
            "only rows of milestone claim_news say what becomes of a claim");
    else if (!claim_state_parse(word, &state) || !claim_move_allowed(CLAIM_SUBMITTED, state))
        reader_problem(reader, node_child(node, "claim"),
            "\"%s\" is nothing that a carrier makes of a submitted claim", word);
    return state;
}

static void
read_row(SchemeReader *scheme, const Node *node)
{
    static const char *const KEYS[] = {"code", "subcode", "milestone", "physical", "dead", "claim",
        "label_en", "label_fr", "judged", "source"};
    Reader *const reader = &scheme->carrier->reader;

    if (!reader_keys(reader, node, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return;

    CodeRow row = read_key(scheme, node);

    row.milestone = read_milestone(reader, node);
    row.physical = reader_bool(reader, node, "physical", milestone_is_physical(row.milestone));
    row.dead = reader_bool(reader, node, "dead", false);
    if (row.dead && row.physical)
        reader_problem(reader, node_child(node, "dead"),
            "a parcel that was handled has no dead number: the row is physical");
    row.claim = read_claim(reader, node, row.milestone);
    row.label_en = reader_text(reader, node, "label_en", REQUIRED);
    row.label_fr = reader_text(reader, node, "label_fr", OPTIONAL);
    row.judged = reader_text(reader, node, "judged", OPTIONAL);

    const char *const source = reader_text(reader, node, "source", OPTIONAL);

    row.source = *source == '\0' ? row.source : source;
    put_row(scheme, node, row);
}

static void
read_left_out(SchemeReader *scheme, const Node *node)
{
    static const char *const KEYS[] = {"code", "subcode", "why"};
    Reader *const reader = &scheme->carrier->reader;

    if (!reader_keys(reader, node, KEYS, sizeof KEYS / sizeof KEYS[0]))
        return;

    CodeRow row = read_key(scheme, node);

    row.why = reader_text(reader, node, "why", REQUIRED);
    put_row(scheme, node, row);
}

static void
read_items(SchemeReader *scheme, const Node *list, void (*read)(SchemeReader *, const Node *))
{
    for (const Node *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        read(scheme, item);
}

static CodeScheme
read_scheme(CarrierReader *carrier, const Node *node)
{
    Reader *const reader = &carrier->reader;
    const Node *const left_out = reader_sequence(reader, node, "left_out", OPTIONAL);
    const Node *const rows =
        reader_sequence(reader, node, "rows", left_out == NULL ? REQUIRED : OPTIONAL);
    const size_t most = (rows == NULL ? 0 : rows->count) + (left_out == NULL ? 0 : left_out->count);
    SchemeReader scheme = {.carrier = carrier,
        .about = {.code = "",
            .subcode = "",
            .label_en = "",
            .label_fr = "",
            .why = "",
            .judged = "",
            .source = reader_text(reader, node, "source", REQUIRED),
            .carrier = carrier->carrier,
            .scheme = reader_text(reader, node, "name", REQUIRED),
            .file = reader->file},
        .subcode = reader_text(reader, node, "subcode", OPTIONAL),
        .rows = ARENA_ARRAY(reader->arena, CodeRow, most)};

    read_items(&scheme, rows, read_row);

    const size_t mapped = scheme.count;

    read_items(&scheme, left_out, read_left_out);
    return (CodeScheme){.name = scheme.about.scheme,
        .source = scheme.about.source,
        .file = reader->file,
        .rows = scheme.rows,
        .row_count = mapped,
        .left_out_count = scheme.count - mapped};
}

static size_t
count_codes(const CarrierEntry *entry)
{
    size_t count = 0;

    for (size_t i = 0; i < entry->scheme_count; i++)
        for (size_t k = 0; k < entry->schemes[i].row_count; k++)
            count += entry->schemes[i].rows[k].answers > 0;
    return count;
}

void
catalogue_read_schemes(CarrierReader *carrier, const Node *root)
{
    static const char *const KEYS[] = {"name", "source", "subcode", "rows", "left_out"};
    CarrierEntry *const entry = &carrier->catalogue->items[carrier->carrier];
    const Node *const list = reader_sequence(&carrier->reader, root, "schemes", OPTIONAL);

    if (list == NULL)
        return;

    CodeScheme *const schemes = arena_grow_array(carrier->reader.arena, entry->schemes,
        sizeof *schemes, entry->scheme_count, entry->scheme_count + list->count);

    for (const Node *item = list->first; item != NULL; item = item->next)
        if (reader_keys(&carrier->reader, item, KEYS, sizeof KEYS / sizeof KEYS[0]))
            schemes[entry->scheme_count++] = read_scheme(carrier, item);
    entry->schemes = schemes;
    entry->code_count = count_codes(entry);
}
